"""The machine coders as spaCy components: `nlp.add_pipe("parallax_quotes")`.

Each writes its findings into `doc.spans["parallax_entities"]`, `…_quotes` or `…_boilerplate`:
overlapping spans labelled with the code, one for every fragment. `span._.parallax` is the
`Finding` a span belongs to, and `doc._.parallax` all findings of all components. Importing this
file registers the components; spaCy itself finds them by entry point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from annotator.highlight.boilerplate import find_boilerplate
from annotator.highlight.entities import find_entities
from annotator.highlight.quotes import find_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.finding import Finding

STORE = "parallax"
BLOCKS = "parallax_blocks"
LABELS = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
          "NORP": "NORP"}  # fmt: skip


def _of_span(span: Span) -> Finding | None:
    component, _, number = span.id_.partition(":")
    found: list[Finding] = span.doc.user_data.get(STORE, {}).get(component, [])
    return found[int(number)] if number else None


def _of_doc(doc: Doc) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = doc.user_data.get(STORE, {})
    return found


if not Span.has_extension("parallax"):
    Span.set_extension("parallax", getter=_of_span)
    Doc.set_extension("parallax", getter=_of_doc)


def _write(doc: Doc, component: str, found: Sequence[Finding]) -> Doc:
    doc.user_data.setdefault(STORE, {})[component] = list(found)
    spans = []
    for number, finding in enumerate(found):
        for fragment in finding.fragments:
            span = doc.char_span(
                fragment.start, fragment.end, finding.code, alignment_mode="expand",
                span_id=f"{component}:{number}",
            )  # fmt: skip
            if span is not None:
                spans.append(span)
    doc.spans[f"parallax_{component}"] = spans
    return doc


class _Coder:
    """A component without trained parts; the arguments are spaCy's, of any type it passes."""

    def to_disk(self, path: Any, *, exclude: Sequence[str] = ()) -> None:
        """Write nothing: the word lists ship with the program."""

    def from_disk(self, path: Any, *, exclude: Sequence[str] = ()) -> _Coder:  # noqa: ARG002
        """Read nothing."""
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:  # noqa: ARG002
        """Return nothing."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> _Coder:  # noqa: ARG002
        """Read nothing."""
        return self


class EntityCoder(_Coder):
    """Suggests people, organisations and places; builds on `doc.ents` if a pipe has set them."""

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc.spans["parallax_entities"]`."""
        seeds = None
        if doc.has_annotation("ENT_IOB"):
            seeds = [
                (e.start_char, e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS
            ]
        return _write(doc, "entities", find_entities(doc.text, seeds, doc.lang_))


class QuoteCoder(_Coder):
    """Suggests quotes with their speakers and cues."""

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc.spans["parallax_quotes"]`."""
        return _write(doc, "quotes", find_quotes(doc.text))


class BoilerplateCoder(_Coder):
    """Suggests page furniture by kind; uses `doc.user_data["parallax_blocks"]` if given."""

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc.spans["parallax_boilerplate"]`."""
        blocks = doc.user_data.get(BLOCKS, ())
        return _write(doc, "boilerplate", find_boilerplate(doc.text, blocks))


@Language.factory("parallax_entities", assigns=["doc.spans"])
def make_entity_coder(nlp: Language, name: str) -> EntityCoder:  # noqa: ARG001  # spaCy's signature
    """Return the component that suggests entities."""
    return EntityCoder()


@Language.factory("parallax_quotes", assigns=["doc.spans"])
def make_quote_coder(nlp: Language, name: str) -> QuoteCoder:  # noqa: ARG001  # spaCy's signature
    """Return the component that suggests quotes."""
    return QuoteCoder()


@Language.factory("parallax_boilerplate", assigns=["doc.spans"])
def make_boilerplate_coder(nlp: Language, name: str) -> BoilerplateCoder:  # noqa: ARG001
    """Return the component that suggests page furniture."""
    return BoilerplateCoder()
