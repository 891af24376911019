"""Quotes with their speakers: direct, indirect and mixed speech, and mere terms between marks.

Puts together what the other files find: stretches between marks, attributions of the masked
text, what a parser corrects in them if there is one, and names. Page furniture is passed over.
Claims nothing about truth: every finding carries a score that depends on the pattern that found it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.highlight.attribution import Attribution, attributions
from annotator.highlight.clauses import is_worth_parsing, mended
from annotator.highlight.finding import Finding
from annotator.highlight.headings import in_headings
from annotator.highlight.inheritance import Utterance, utterances
from annotator.highlight.marks import stretches
from annotator.highlight.masking import Masked, Q, mask, overlaps_any
from annotator.highlight.names import name_table
from annotator.highlight.speakers import Speakers
from annotator.highlight.terms import is_term_by_itself
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.marks import Stretch
    from annotator.highlight.trees import Parse

COMPONENT = "quotes"
VERSION = "1.1"
# Confidence by pattern, from measuring on news with known speakers.
SCORES = {
    "right": 0.97, "left": 0.9, "tail": 0.75, "according": 0.88, "colon": 0.6, "signature": 0.85,
    "weak": 0.7, "parsed": 0.6, "heading": 0.55, "announced": 0.85,
    "same paragraph": 0.72, "next paragraph": 0.46,
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


def find_quotes(
    text: str, parse: Parse | None = None, furniture: Sequence[Span] = ()
) -> list[Finding]:
    """Return quotes, their sources and cues; links are positions in the list.

    Args:
        text: The canonical text.
        parse: Makes trees of sentences; None to work by rules alone.
        furniture: Stretches in which nothing is looked for, such as lists of headlines.
    """
    outer = [_without_label(text, s) for s in stretches(text) if s.level == 0]
    outer = [s for s in outer if not STAGE_DIRECTION.match(text[s.start : s.end])]
    outer = [s for s in outer if not overlaps_any(Span(s.start, s.end), furniture)]
    terms = [s for s in outer if is_term_by_itself(text, s)]
    spoken = [s for s in outer if s not in terms]
    masked = mask(
        text, [Span(s.start, s.end) for s in spoken], [Span(s.start, s.end) for s in terms]
    )
    said = _attributed(text, masked, parse)
    said = [a for a in said if not overlaps_any(masked.sentences[a.sentence], furniture)]
    found = utterances(text, masked, spoken, said)
    speakers = Speakers(text, masked, name_table(text))
    return _Builder(text, speakers).build(found, terms)


def _attributed(text: str, masked: Masked, parse: Parse | None) -> list[Attribution]:
    """Return the attributions of sentences and headings, corrected by trees if there are any."""
    found = attributions(masked)
    if parse is not None:
        worth = {a.sentence for a in found}
        numbers = [
            number
            for number, sentence in enumerate(masked.sentences)
            if number in worth or is_worth_parsing(sentence.of(masked.text))
        ]
        places = [masked.sentences[number] for number in numbers]
        trees = parse([(s.start, s.of(text)) for s in places])
        found = mended(masked, found, dict(zip(numbers, trees, strict=True)))
    headed = in_headings(masked)
    heads = {a.sentence for a in headed}
    kept = [a for a in found if a.sentence not in heads or _has_quote(masked, a)]
    quoting = {a.sentence for a in kept}
    return sorted(
        [*kept, *(a for a in headed if a.sentence not in quoting)],
        key=lambda a: (a.sentence, a.cue.start),
    )


def _has_quote(masked: Masked, one: Attribution) -> bool:
    return any(Q in span.of(masked.text) for span in one.content)


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
