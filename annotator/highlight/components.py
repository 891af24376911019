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
from annotator.highlight.masking import overlaps_any
from annotator.highlight.quotes import find_quotes
from annotator.highlight.trees import SentenceParser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.finding import Finding
    from annotator.model.span import Span as Stretch

STORE = "parallax"
BLOCKS = "parallax_blocks"
FURNITURE = "parallax_furniture"
SURE = 0.8  # score of furniture known by its words or by the importer
SENTENCE_END = frozenset(".!?")
LIST = 3  # lines
# Kinds of furniture that speak of other articles or of nothing: no names and quotes from there.
PASSED_OVER = frozenset({"navigation", "related-links", "comment-form", "promo", "aggregator-card",
                         "social", "copyright", "advertisement", "paywall", "residue",
                         "author-bio"})  # fmt: skip
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


def _furniture(doc: Doc) -> list[Finding]:
    """Return the furniture of a text, found once for all components."""
    if FURNITURE not in doc.user_data:
        blocks = doc.user_data.get(BLOCKS, ())
        doc.user_data[FURNITURE] = find_boilerplate(doc.text, blocks)
    found: list[Finding] = doc.user_data[FURNITURE]
    return found


def _passed_over(doc: Doc) -> list[Stretch]:
    """Return furniture that surely is none of the article's own words.

    What only looks like furniture counts in company: a heading or a caption stands alone, links
    stand in lists and are no sentences.
    """
    text = doc.text
    return [
        one.fragments[0]
        for run in _runs(text, _furniture(doc))
        for one in run
        if one.code in PASSED_OVER and (one.score >= SURE or _is_listed(text, one, run))
    ]


def _runs(text: str, found: Sequence[Finding]) -> list[list[Finding]]:
    """Return furniture in stretches with nothing but blanks between."""
    runs: list[list[Finding]] = []
    for one in found:
        last = runs[-1][-1].fragments[0].end if runs else 0
        if runs and not text[last : one.fragments[0].start].strip():
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _is_listed(text: str, one: Finding, run: Sequence[Finding]) -> bool:
    return len(run) >= LIST and text[one.fragments[0].end - 1] not in SENTENCE_END


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
        found = find_entities(doc.text, seeds, doc.lang_)
        hidden = _passed_over(doc)
        seen = [f for f in found if not overlaps_any(f.fragments[0], hidden)]
        return _write(doc, "entities", seen)


class QuoteCoder(_Coder):
    """Suggests quotes with their speakers and cues; asks the pipeline's parser if it suits.

    Args:
        nlp: The pipeline it stands in. Its parser is run here, on the sentences that need it,
            so it need not run on whole texts.
    """

    def __init__(self, nlp: Language) -> None:
        self.parse = SentenceParser(nlp) if SentenceParser.suits(nlp) else None

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc.spans["parallax_quotes"]`."""
        return _write(doc, "quotes", find_quotes(doc.text, self.parse, _passed_over(doc)))


class BoilerplateCoder(_Coder):
    """Suggests page furniture by kind; uses `doc.user_data["parallax_blocks"]` if given."""

    def __call__(self, doc: Doc) -> Doc:
        """Write `doc.spans["parallax_boilerplate"]`."""
        return _write(doc, "boilerplate", _furniture(doc))


@Language.factory("parallax_entities", assigns=["doc.spans"])
def make_entity_coder(nlp: Language, name: str) -> EntityCoder:  # noqa: ARG001  # spaCy's signature
    """Return the component that suggests entities."""
    return EntityCoder()


@Language.factory("parallax_quotes", assigns=["doc.spans"])
def make_quote_coder(nlp: Language, name: str) -> QuoteCoder:  # noqa: ARG001  # spaCy's signature
    """Return the component that suggests quotes."""
    return QuoteCoder(nlp)


@Language.factory("parallax_boilerplate", assigns=["doc.spans"])
def make_boilerplate_coder(nlp: Language, name: str) -> BoilerplateCoder:  # noqa: ARG001
    """Return the component that suggests page furniture."""
    return BoilerplateCoder()
