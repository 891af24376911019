"""Cues: words and signs that say that somebody said something, found in masked sentences.

A cue is a verb group ("had repeatedly claimed"), "according to", a colon or a dash before a
signature. Whether it has a subject and what was said is `attribution`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.highlight.lexicon import abroad_forms, cue_words, word_set

if TYPE_CHECKING:
    from annotator.model.span import Span

LETTER = r"[^\W\d_\ue000]"
WORD = re.compile(rf"{LETTER}+(?:[’'-]{LETTER}*)*")
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$")
PROGRESSIVE = re.compile(r"\b(?:he|she|it|they|we|I|you|who)[’'](?:s|re|m)\s+$", re.I)
HAVE_ABROAD = re.compile(r"(?<!\w)(a|ont|avait|ha|han|hanno|hat|haben|heeft|har)\s$")
NOUN_FOLLOWED = re.compile(
    r"\s+(?:as|of|by|from|against|in|is|are|was|were|have|has|had|will|would|could|can|and|or|made|"
    r"on)\b"
)
SINGULAR_SUBJECT = re.compile(
    r"(?:(?:\b(?:[Hh]e|[Ss]he|[Ii]t|who|which)|[A-ZÀ-Þ][\w.]*[^s\s])|"
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]his|[Oo]ne|[Aa]nother|\w+[’']s)\s+"
    r"(?:[\w’'-]+\s+)?[a-z-]*[^s\s])\s+(?:\w+ly\s+)?$"
)
LAST_WORD = re.compile(rf"({LETTER}+(?:[’'-]{LETTER}*)*)\s+$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence.

    Args:
        start: First code point of the verb group, auxiliaries and adverbs included.
        end: One after its last code point.
        verb: Offset of the verb itself.
        lemma: Its dictionary form, "according to", ":" or "—".
        valence: neutral, affirming or doubting.
        is_strong: Whether it introduces a clause without help.
        form: The word as written.
    """

    start: int
    end: int
    verb: int
    lemma: str
    valence: str
    is_strong: bool
    form: str
    is_passive_group: bool = False

    @property
    def is_passive(self) -> bool:
        """Whether somebody is told or asked rather than tells or asks."""
        return self.is_passive_group and not self.form.endswith("ing")

    @property
    def is_ing(self) -> bool:
        """Whether the verb is a participle that borrows its subject."""
        return self.form.endswith("ing") and not self.is_passive_group


def cues_in(text: str, sentence: Span) -> list[Cue]:
    """Return the cues of a masked sentence from left to right."""
    known = cue_words()
    result = []
    for match in WORD.finditer(text, sentence.start, sentence.end):
        word = match.group().lower()
        if word == "according" and text.startswith(" to ", match.end()):
            result.append(
                Cue(match.start(), match.end() + 3, match.start(), "according to", "neutral",
                    True, word)
            )  # fmt: skip
            continue
        entry = known.get(word)
        if entry is None or (match.group()[0].isupper() and match.start() > sentence.start):
            continue
        start = _widen(text, sentence.start, match.start())
        if word in abroad_forms() and (have := HAVE_ABROAD.search(text, sentence.start, start)):
            start = have.start(1)
        if _is_noun(text, sentence.start, start, match):
            continue
        result.append(
            Cue(start, match.end(), match.start(), entry.lemma, entry.valence, entry.is_strong,
                word, _is_passive(text, sentence.start, start, match.start()))
        )  # fmt: skip
    return result


def _is_passive(text: str, begin: int, start: int, verb: int) -> bool:
    """Say whether a form of "be" stands before the verb, contracted or not."""
    return bool(
        PASSIVE.search(text, start, verb) or PROGRESSIVE.search(text, max(begin, verb - 12), verb)
    )


def _widen(text: str, begin: int, start: int) -> int:
    """Return where the verb group begins, taking in auxiliaries, negations and adverbs."""
    helpers = word_set("cues", "stops", "auxiliaries")
    adverbs = word_set("cues", "stops", "adverbs")
    position = start
    while True:
        before = LAST_WORD.search(text, max(begin, position - 24), position)
        if before is None:
            return position
        word = before[1].lower().replace("’", "'")
        if word not in helpers and word not in adverbs and not word.endswith("ly"):
            return position
        if word in {"family", "ally", "july", "rally", "only", "on"}:
            return position
        position = before.start(1)


def _is_noun(text: str, begin: int, start: int, match: re.Match[str]) -> bool:
    """Say whether the form is a noun or adjective here: "the report", "a claim"."""
    word = match.group().lower()
    before = LAST_WORD.search(text, max(begin, start - 24), start)
    previous = before[1].lower() if before else ""
    if start == match.start() and word in word_set("cues", "stops", "plural_nouns"):
        return not _has_singular_subject(text, begin, match)
    if start == match.start() and word in word_set("cues", "stops", "noun_forms"):
        if previous.endswith(("'s", "’s")):
            return True
        return not (previous.endswith("s") or previous in word_set("cues", "stops", "plural"))
    return _is_modified(text, start, match, previous)


def _is_modified(text: str, start: int, match: re.Match[str], previous: str) -> bool:
    """Say whether what stands before a form makes it a noun or adjective."""
    word = match.group().lower()
    is_verb_again = word.endswith("ing") and (
        previous in word_set("cues", "stops", "before_participle")
        or PROGRESSIVE.search(text, max(0, start - 12), start) is not None
    )
    if is_verb_again or previous == "to" or text.startswith("to ", start):
        return False
    if previous == "worth":
        return True
    if previous in {"that", "this", "no", "own", "other", "some", "these", "those"}:
        return not word.endswith(("ed", "says", "aid"))
    if previous.endswith(("'s", "’s")):
        return not word.endswith("ed")
    return previous in word_set("cues", "stops", "before_noun")


def _has_singular_subject(text: str, begin: int, match: re.Match[str]) -> bool:
    """Say whether "claims", "reports" and the like follow a subject of their own."""
    if NOUN_FOLLOWED.match(text, match.end()):
        return False
    return SINGULAR_SUBJECT.search(text, max(begin, match.start() - 60), match.start()) is not None


def colon_cue(text: str, position: int) -> Cue:
    """Return the colon at a position as a cue."""
    return Cue(position, position + 1, position, ":", "neutral", True, text[position])
