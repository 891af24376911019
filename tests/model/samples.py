"""One article, a small codebook and three coders, from which tests of the model tell stories."""

from __future__ import annotations

from annotator.model.annotation import Annotation, Coder, fragments_in
from annotator.model.article import TextVersion, digest
from annotator.model.codebook import Attribute, Code, Codebook, Layer, Value
from annotator.model.span import Span

TEXT = (
    "“We will stay,” the nurse said, “until the end.” The mayor called it a crisis. "
    "Read more: Ferry crews walk out."
)
ANNA = Coder("anna", "Anna")
BEN = Coder("ben", "Ben")
ROBOT = Coder("robot", "quotes 1.0", "machine")
JUDGE = Coder("judge", "Final", "adjudicator")
CODERS = {c.id: c for c in (ANNA, BEN, ROBOT, JUDGE)}

CONFLICT = Code("frame", "conflict", "Conflict")
CRISIS = Code("frame", "crisis", "Crisis", parent="conflict")
DIRECT = Code("quote", "direct", "Direct quote")
SOURCE = Code("attribution", "source", "Source")
RELATED = Code("boilerplate", "related-links", "Related links")
BACKGROUND = Code("boilerplate", "background", "Background", counts_as_content=True)
CODEBOOK = Codebook(
    layers=(
        Layer("frame", "Frames"),
        Layer("quote", "Quotes"),
        Layer("attribution", "Attribution"),
        Layer("boilerplate", "Boilerplate"),
    ),
    codes=(CONFLICT, CRISIS, DIRECT, SOURCE, RELATED, BACKGROUND),
    attributes=(
        Attribute("frame", "tone", "Tone", values=(Value(1, "pos", "Up"), Value(2, "neg", "Down"))),
    ),
)


def version(text=TEXT, number=1):
    return TextVersion(f"v{number}", "a1", number, text, digest(text))


def span(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


def annotation(name, coder, code, *words, text=TEXT, number=1, **more):
    """An annotation of some words of a text."""
    spans = [span(w, text) for w in words]
    fragments = fragments_in(version(text, number), spans)
    return Annotation(name, "a1", coder.id, code.id, fragments, **more)
