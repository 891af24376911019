"""The highlighter: texts in, findings out, one pass each, nothing kept of spaCy's documents.

The program's own components on the small English pipeline shipped in resources/models, on an
installed pipeline, or on a blank one (other languages, and `model="rules"`). Of a pipeline only
what the layers need is loaded and run; its named entities are candidates, its parser corrects
attributions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.errors import BadInput
from annotator.highlight import boilerplate, entities, quotes
from annotator.highlight.trees import SentenceParser
from annotator.settings import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from annotator.highlight.finding import Finding
    from annotator.model.article import Block

LAYERS = ("entities", "quotes", "boilerplate")
VERSIONS = {
    "entities": entities.VERSION, "quotes": quotes.VERSION, "boilerplate": boilerplate.VERSION,
}  # fmt: skip
SHIPPED = {"en": "en_news_small"}
RULES = frozenset({"rules", "none"})  # names that choose no pipeline at all
# Parts of the shipped pipeline that no layer needs, by what else is asked for.
NAMES_PARTS = ("ner",)
SYNTAX_PARTS = ("tok2vec", "tagger", "parser")
UNUSED_PARTS = ("morphologizer",)
BATCH = 4
LONGEST = 200_000  # characters a statistical pipeline is given at once
NO_LIMIT = 2_000_000_000


class Highlighter:
    """Suggests entities, quotes and boilerplate.

    Args:
        layers: Which, of `LAYERS`.
        language: BCP 47 tag of the texts; decides the tokenizer.
        model: Name or path of a spaCy pipeline; "rules" for none; None for the shipped one if
            there is one for the language.

    Raises:
        BadInput: if a layer, language or pipeline is unknown.
    """

    def __init__(
        self, layers: Sequence[str] = LAYERS, language: str = "en", model: str | None = None
    ) -> None:
        unknown = [layer for layer in layers if layer not in LAYERS]
        if unknown or not layers:
            raise BadInput(
                f"There is no layer “{', '.join(unknown)}” to highlight.",
                hint=f"Choose among {', '.join(LAYERS)}.",
            )
        self.layers = tuple(layer for layer in LAYERS if layer in layers)
        self.language = language
        self.model = model
        self.nlp, meta = self._pipeline()
        import annotator.highlight.components  # noqa: F401, PLC0415  # registers the factories; loads spaCy

        # What runs on whole texts; a parser runs on the sentences that need it.
        parsing = SentenceParser.suits(self.nlp)
        self.parts = [p for p in self.nlp.pipe_names if not (parsing and p in SYNTAX_PARTS)]
        if "entities" not in self.layers:
            self.parts = []
        for layer in self.layers:
            self.nlp.add_pipe(f"parallax_{layer}")
        self.nlp.max_length = NO_LIMIT
        uses = {"entities": bool(self.parts), "quotes": parsing}
        self.versions = {
            layer: VERSIONS[layer] + (f"+{meta}" if uses.get(layer) else "")
            for layer in self.layers
        }

    def _pipeline(self) -> tuple[Language, str]:
        """Return the pipeline to build on, and its name with version."""
        if self.model in RULES or self.layers == ("boilerplate",):
            return _blank(self.language), ""
        if self.model is not None:
            nlp = _loaded(self.model)
            return nlp, _label(nlp)
        shipped = _shipped(self.language)
        if shipped is None:
            return _blank(self.language), ""
        unused = [*UNUSED_PARTS]
        unused += NAMES_PARTS if "entities" not in self.layers else ()
        unused += SYNTAX_PARTS if "quotes" not in self.layers else ()
        nlp = _loaded(shipped, unused)
        return nlp, _label(nlp)

    def find(self, texts: Iterable[str | tuple[str, Sequence[Block]]]) -> Iterator[list[Finding]]:
        """Yield the findings of every text, in order; links are positions in its list."""
        batch: list[tuple[str, Sequence[Block]]] = []
        for item in texts:
            batch.append((item, ()) if isinstance(item, str) else (item[0], item[1]))
            if len(batch) == BATCH:
                yield from self._read(batch)
                batch = []
        if batch:
            yield from self._read(batch)

    def _read(self, batch: list[tuple[str, Sequence[Block]]]) -> list[list[Finding]]:
        with self.nlp.memory_zone():
            return [_collected(self._doc(text, blocks)) for text, blocks in batch]

    def _doc(self, text: str, blocks: Sequence[Block]) -> Doc:
        """Run a text through the statistical parts, in pieces if it is long, then our own."""
        doc = self._joined(text) if self.parts else self.nlp.make_doc(text)
        doc.user_data["parallax_blocks"] = tuple(blocks)
        for layer in self.layers:
            doc = self.nlp.get_pipe(f"parallax_{layer}")(doc)
        return doc

    def _joined(self, text: str) -> Doc:
        from spacy.tokens import Doc  # noqa: PLC0415  # loading spaCy takes seconds

        docs = [self._read_piece(piece) for piece in pieces(text, LONGEST)]
        return docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)

    def _read_piece(self, text: str) -> Doc:
        doc = self.nlp.make_doc(text)
        for part in self.parts:
            doc = self.nlp.get_pipe(part)(doc)
        return doc


def pieces(text: str, longest: int) -> list[str]:
    r"""Cut a text at line ends into pieces not much longer than `longest`; joined they are whole.

    >>> pieces("ab\ncd\nef", 4)
    ['ab\ncd\n', 'ef']
    """
    result, start = [], 0
    while len(text) - start > longest:
        end = text.find("\n", start + longest)
        if end < 0:
            break
        result.append(text[start : end + 1])
        start = end + 1
    return [*result, text[start:]]


def _collected(doc: Doc) -> list[Finding]:
    """Return the findings of all components as one list, links shifted accordingly."""
    from dataclasses import replace  # noqa: PLC0415  # used here alone

    result: list[Finding] = []
    for layer in LAYERS:
        shift = len(result)
        for f in doc._.parallax.get(layer, []):
            source = None if f.source is None else f.source + shift
            cue = None if f.cue is None else f.cue + shift
            result.append(replace(f, source=source, cue=cue) if shift else f)
    return result


def _blank(language: str) -> Language:
    import spacy  # noqa: PLC0415  # loading spaCy takes seconds

    code = language.replace("_", "-").split("-")[0].lower() or "xx"
    try:
        return spacy.blank(code)
    except ImportError:
        return spacy.blank("xx")


def _shipped(language: str) -> str | None:
    name = SHIPPED.get(language.replace("_", "-").split("-")[0].lower())
    if name is None:
        return None
    try:
        path: Path = resource("models", name)
    except BadInput:
        return None
    return str(path)


def _label(nlp: Language) -> str:
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _loaded(model: str, unused: Sequence[str] = ()) -> Language:
    import spacy  # noqa: PLC0415  # loading spaCy takes seconds
    from spacy.util import get_installed_models  # noqa: PLC0415

    try:
        return spacy.load(model, exclude=list(unused))
    except OSError as error:
        installed = ", ".join(sorted(get_installed_models())) or "none"
        raise BadInput(
            f"There is no spaCy pipeline “{model}”.",
            hint=f"Install it (python -m spacy download {model}, or pip install its package) or "
            f"leave --model out for the built-in one. Installed: {installed}.",
        ) from error
    except (ValueError, ImportError) as error:
        raise BadInput(
            f"The spaCy pipeline “{model}” cannot be loaded: {error}",
            hint="Install a version of it that fits the installed spaCy.",
        ) from error


def to_line(article_id: str, findings: Sequence[Finding], text: str) -> dict[str, Any]:
    """Return one line of `annotator highlight --jsonl`, ready for JSON."""
    annotations = [
        {
            "id": f"a{number}",
            "layer": f.layer,
            "code": f.code,
            "fragments": [[s.start, s.end] for s in f.fragments],
            "exact": [s.of(text) for s in f.fragments],
            "score": f.score,
            "attributes": dict(f.attributes),
        }
        for number, f in enumerate(findings)
    ]
    links = [
        {"kind": kind, "from": f"a{number}", "to": f"a{to}"}
        for number, f in enumerate(findings)
        for kind, to in (("source", f.source), ("cue", f.cue))
        if to is not None
    ]
    return {"id": article_id, "annotations": annotations, "links": links}
