"""Quotes with their speakers: direct, indirect and mixed speech, and mere terms between marks.

Puts together what the other files find: stretches between marks, attributions of the masked
text, and names. Claims nothing about truth: every finding carries a score that depends on the
pattern that found it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.highlight.attribution import attributions
from annotator.highlight.finding import Finding
from annotator.highlight.inheritance import Utterance, utterances
from annotator.highlight.marks import stretches
from annotator.highlight.masking import mask
from annotator.highlight.names import name_table
from annotator.highlight.speakers import Speakers
from annotator.highlight.terms import is_term_by_itself
from annotator.model.span import Span

if TYPE_CHECKING:
    from annotator.highlight.marks import Stretch

COMPONENT = "quotes"
VERSION = "1.0"
# Confidence by pattern, from measuring on news with known speakers.
SCORES = {
    "right": 0.97, "left": 0.9, "tail": 0.75, "according": 0.88, "colon": 0.6, "signature": 0.85,
    "weak": 0.7, "parsed": 0.6, "announced": 0.85, "same paragraph": 0.72, "next paragraph": 0.46,
    "nobody": 0.4, "same sentence": 0.5, "sentence before": 0.5, "term": 0.6, "indirect": 0.6,
}  # fmt: skip


# In transcripts every turn begins with the speaker's name in capitals, inside the marks.
LABEL = re.compile(r"[\"“”'‘]?\s*(?:[A-Z][A-Z.’'-]+ ?){1,4}(?:\([^)]*\))?:\s+")
STAGE_DIRECTION = re.compile(r"\W*[(\[][A-Z .,-]+[)\]]\W*$")


def _without_label(text: str, stretch: Stretch) -> Stretch:
    match = LABEL.match(text, stretch.start, stretch.end)
    if match is None or match.end() >= stretch.end - 1:
        return stretch
    return replace(stretch, start=match.end())


def find_quotes(text: str) -> list[Finding]:
    """Return quotes, their sources and cues; links are positions in the list."""
    marked = stretches(text)
    outer = [_without_label(text, s) for s in marked if s.level == 0]
    outer = [s for s in outer if not STAGE_DIRECTION.match(text[s.start : s.end])]
    terms = [s for s in outer if is_term_by_itself(text, s)]
    spoken = [s for s in outer if s not in terms]
    masked = mask(
        text, [Span(s.start, s.end) for s in spoken], [Span(s.start, s.end) for s in terms]
    )
    found = utterances(text, masked, spoken, attributions(masked))
    speakers = Speakers(text, masked, name_table(text))
    return _Builder(text, speakers).build(found, terms)


@dataclass(slots=True)
class _Builder:
    """Turns utterances into findings, sharing source and cue spans."""

    text: str
    speakers: Speakers

    def build(self, found: list[Utterance], terms: list[Stretch]) -> list[Finding]:
        """Return quotes first, each followed by the source and cue it introduced."""
        result: list[Finding] = []
        places: dict[tuple[str, int, int], int] = {}
        for said in found:
            at = len(result)
            result.append(self._quote(said))
            source = self._place(result, places, "source", said.source, said)
            cue = self._place(result, places, "cue", said.cue_span, said)
            quote = result[at]
            result[at] = Finding(quote.layer, quote.code, quote.fragments, quote.score, COMPONENT,
                                 quote.attributes, source, cue)  # fmt: skip
        for term in terms:
            span = Span(term.start, term.end)
            result.append(Finding("quote", "term", (span,), SCORES["term"], COMPONENT,
                                  {"quoted": [[span.start, span.end]]}))  # fmt: skip
        return result

    def _quote(self, said: Utterance) -> Finding:
        attributes: dict[str, Any] = {"quoted": [[s.start, s.end] for s in said.quoted]}
        name = self.speakers.name_of(said)
        if name:
            attributes["speaker"] = name
        if said.flaw:
            attributes["flaw"] = said.flaw
        attributes["pattern"] = said.pattern
        score = SCORES[said.pattern] - (0.15 if said.flaw else 0.0)
        if said.code == "indirect":
            score = min(score, SCORES["indirect"])
        return Finding("quote", said.code, said.fragments, round(score, 2), COMPONENT, attributes)

    def _place(
        self,
        result: list[Finding],
        places: dict[tuple[str, int, int], int],
        code: str,
        span: Span | None,
        said: Utterance,
    ) -> int | None:
        if span is None:
            return None
        key = (code, span.start, span.end)
        if key not in places:
            places[key] = len(result)
            attributes: dict[str, Any] = {}
            if code == "cue" and said.cue is not None:
                attributes["valence"] = said.cue.valence
            elif name := self.speakers.name_of(said):
                attributes["name"] = name
            result.append(
                Finding("attribution", code, (span,), SCORES[said.pattern], COMPONENT, attributes)
            )
        return places[key]
