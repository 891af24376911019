"""Attributions: who said what by which cue, sentence by sentence, on masked text.

Every cue with a subject claims a stretch of content: what follows it, what stands before it, or
both ("A, she said, B"). Quotation marks play no part but for where they stand; which quotations
fall into the content, and what becomes of those that no cue claims, is `quotes`' business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.highlight.content import ENDED, POINTED, cleaned, content_end, content_start
from annotator.highlight.cues import Cue, colon_cue, cues_in
from annotator.highlight.lexicon import abroad_forms, word_set
from annotator.highlight.masking import Q
from annotator.highlight.subjects import (
    CALENDAR,
    DETERMINER,
    NAME_END,
    NAME_ONLY,
    PREPOSITION,
    first_subject,
    left_subject,
    right_subject,
    trimmed,
)
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.highlight.masking import Masked

NOUNS = (
    "claim|statement|assertion|suggestion|contention|argument|accusation|allegation|declaration|"
    "comment|remark|promise|pledge|vow|warning|prediction|assessment|belief|view|opinion|insistence|"
    "admission|announcement|assurance|charge|complaint|conclusion|finding|call|demand|proposal"
)
QUOTE_BEFORE = re.compile(rf"(?:{Q}[.,?]?|[,?!])[\s,—–-]*$")
QUOTE_RIGHT_BEFORE = re.compile(rf"{Q}[.,?]?[\s,—–-]*$")
QUOTING = re.compile(rf"[^,;:{Q}]{{0,30}}[,:]\s*{Q}")
FINITE = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|should|could|must|did|can)\b")
RESUMED = re.compile(rf"\s*[,:—–-]+\s*(?:but\s+|and\s+)?(?={Q})")
RESUMED_LATER = re.compile(rf"[^,;{Q}]{{0,90}},\s*(?={Q})")
NOUN_CUE = re.compile(
    r"(?P<who>[\w.’'-]+(?:\s+[\w.’'-]+){0,3}?[’']s?|\b[Hh]is|\b[Hh]er|\b[Tt]heir)\s+"
    r"(?:[a-z]+\s+){0,2}?(?P<cue>" + NOUNS + r")s?(?:\s[a-z]+day)?\s+(?=that\b)"
)
RESUMED_CLAUSE = re.compile(
    r"\s*,\s+(?!\w+ing\b|who\b|which\b|according\b|as\b|when\b|while\b|after\b|but\b|and\b)(?=\w)"
)
DASH_SIGNATURE = re.compile(
    rf"{Q}[.,?]?\s*(?:[―—–]|--?)\s*(?P<who>[A-ZÀ-Þ][\w’'.-]+(?:\s+[\w’'.-]+){{0,5}})\.?\s*$", re.M
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying.

    Args:
        cue: By which words.
        source: Who, if the text has it here.
        content: Ascending, disjoint stretches; empty when what follows is in the next paragraph.
        pattern: Name of the rule, which decides the score.
        sentence: Number of the sentence.
    """

    cue: Cue
    source: Span | None
    content: tuple[Span, ...]
    pattern: str
    sentence: int


def attributions(masked: Masked) -> list[Attribution]:
    """Return the attributions of a text in order."""
    result: list[Attribution] = []
    for number, sentence in enumerate(masked.sentences):
        result += _Sentence(masked.text, sentence, number).read()
    return result


class _Sentence:
    """Reads one masked sentence."""

    def __init__(self, text: str, span: Span, number: int) -> None:
        self.text = text
        self.span = span
        self.number = number
        self.found: list[Attribution] = []
        self.has_quote = Q in text[span.start : span.end]

    def read(self) -> list[Attribution]:
        """Return the attributions from left to right, contents not overlapping."""
        cues = [c for c in cues_in(self.text, self.span) if self._is_worth(c)]
        for index, cue in enumerate(cues):
            self._try(cue, cues[index + 1 :])
        self._noun_cue()
        self._signature()
        self._colon()
        return self.found

    def _is_worth(self, cue: Cue) -> bool:
        return (
            cue.is_strong
            or self.has_quote
            or cue.lemma == "call"
            or cue.lemma in word_set("cues", "frames", "with_object")
        )

    def _taken(self, position: int) -> bool:
        return any(s.start <= position < s.end for a in self.found for s in a.content)

    def _try(self, cue: Cue, following: Sequence[Cue]) -> None:
        if cue.lemma == "according to":
            self._according(cue)
            return
        if cue.is_passive or self._inverted(cue):
            return
        if self._taken(cue.verb) and not (self._is_trailing(cue) or self._is_quoting(cue)):
            return
        source = self._subject(cue)
        if source is not None:
            self._place(cue, source, following)

    def _place(self, cue: Cue, source: Span, following: Sequence[Cue]) -> None:
        """Claim content ahead of the cue or behind it."""
        after = self.text[cue.end : self.span.end]
        before_end = source.start if source.start >= self.span.start else cue.start
        before_end = min(before_end, cue.start)
        follows_quote = bool(QUOTE_RIGHT_BEFORE.search(self.text, self.span.start, before_end))
        is_behind = follows_quote or (
            cue.is_strong and bool(QUOTE_BEFORE.search(self.text, self.span.start, before_end))
        )
        start = content_start(self.text, cue, after, follows_quote=follows_quote)
        if start is None and is_behind:
            self._behind(cue, source, before_end)
        elif start is not None:
            self._ahead(cue, source, start, following, is_behind)
        elif after.rstrip().endswith(":"):
            self._add(cue, source, (), "announced")

    def _is_trailing(self, cue: Cue) -> bool:
        """Say whether ", X said" ends what an earlier cue claimed."""
        rest = self.text[cue.end : self.span.end]
        return bool(ENDED.match(rest)) or rest.startswith((",", " in a ", " on "))

    def _is_quoting(self, cue: Cue) -> bool:
        """Say whether a quotation follows a cue soon: the nearest cue has it."""
        return QUOTING.match(self.text, cue.end, self.span.end) is not None

    def _inverted(self, cue: Cue) -> bool:
        """Handle `"…," said X` and `…, said X`."""
        is_bare = cue.start == cue.verb or cue.form in abroad_forms()
        is_plain = cue.is_strong and not cue.is_ing and is_bare
        if not is_plain or not QUOTE_BEFORE.search(self.text, self.span.start, cue.start):
            return False
        before = self.text[max(self.span.start, cue.start - 6) : cue.start]
        source = right_subject(self.text, cue.end, self.span.end)
        if source is None or (Q not in before and "," not in before[-2:]):
            return False
        first = source.of(self.text).split()[0].lower()
        if first in word_set("cues", "stops", "not_subject") or CALENDAR.match(first):
            return False
        if Q not in before and not self._ends_with(source) and self._is_apposed(cue):
            return False
        self._behind(cue, source, cue.start, source.end)
        return True

    def _ends_with(self, source: Span) -> bool:
        """Say whether a subject behind its verb is all that follows: "…, said a neighbour."."""
        phrase = source.of(self.text)
        rest = self.text[source.end : self.span.end]
        return (
            (ENDED.match(rest) is not None or rest.startswith(","))
            and len(phrase.split()) <= 7
            and FINITE.search(phrase) is None
            and (phrase[0].isupper() or DETERMINER.match(phrase) is not None)
        )

    def _is_apposed(self, cue: Cue) -> bool:
        """Say whether the comma before a cue ends "X, who leads the group,"."""
        begin = self.text[self.span.start : cue.start].rstrip(" ,")
        return "," in begin and left_subject(self.text, self.span.start, cue.start) is not None

    def _subject(self, cue: Cue) -> Span | None:
        if cue.is_ing:
            return self._own_name(cue) or self._borrowed()
        source = left_subject(self.text, self.span.start, cue.start)
        if source is None:
            return self._borrowed()
        words = source.of(self.text).lower().split()
        if words[-1] in {"and", "but", "or"} or words == ["then"]:
            return self._coordinated(source) or self._borrowed()
        if words[-1] in {"who", "which"}:
            return Span(source.end - len(words[-1]), source.end)
        if words[-1] in word_set("cues", "stops", "not_subject") or Q in source.of(self.text):
            return None
        return source

    def _coordinated(self, piece: Span) -> Span | None:
        """Return the subject of "X laughed and" in "…, X laughed and said"."""
        found = first_subject(self.text, piece.start, piece.end)
        if found is None or found.end >= piece.end - 4:
            return None
        return found

    def _own_name(self, cue: Cue) -> Span | None:
        """Return X of "with X saying" and "a video of X calling"."""
        before = self.text[self.span.start : cue.start].rstrip()
        name = NAME_END.search(before)
        if name is None or CALENDAR.search(name[1].split()[-1]) or name.start(1) == 0:
            return None
        return Span(self.span.start + name.start(1), self.span.start + name.end(1))

    def _borrowed(self) -> Span | None:
        """Return the subject of the cue before, else of the sentence."""
        for known in reversed(self.found):
            if known.source and known.source.of(self.text) not in {"who", "which"}:
                return known.source
        return first_subject(self.text, self.span.start, self.span.end)

    def _ahead(
        self, cue: Cue, source: Span, start: int, following: Sequence[Cue], is_behind: bool
    ) -> None:
        end = content_end(self.text, self.span, cue, start, following)
        span = self._clean(start, end)
        parts = [span] if span else []
        pattern = "weak" if not cue.is_strong else "left"
        parenthetical = self.text[cue.end : cue.end + 1] in {","}
        if is_behind and parenthetical and self.found == []:
            first = self._clean(self.span.start, source.start)
            if first and Q in first.of(self.text):
                parts.insert(0, first)
        if len(parts) == 1 or (parts and parts[0].end <= parts[-1].start):
            self._add(cue, source, tuple(parts), pattern)

    def _behind(self, cue: Cue, source: Span, end: int, resume: int | None = None) -> None:
        """Claim what stands before ", X said", and after it when the sentence goes on."""
        begin = self.span.start
        closes = not self.text[max(cue.end, resume or 0) : self.span.end].strip(" .?!")
        for known in self.found:
            is_over = known.content and known.content[-1].end <= end
            if is_over and not (closes and known.pattern == "left" and known.cue.lemma != "say"):
                begin = max(begin, known.content[-1].end)
        first = self._clean(begin, end)
        parts = [first] if first else []
        after = max(cue.end, resume or 0)
        tail = self.text[after : self.span.end]
        rest = RESUMED.match(tail) or RESUMED_LATER.match(tail)
        if rest is None and first and Q not in first.of(self.text) and Q not in tail[:1]:
            rest = RESUMED_CLAUSE.match(tail)
        if rest and first:
            more = self._clean(after + rest.end(), self.span.end)
            parts += [more] if more else []
        is_content = len(parts) > 1 or (
            parts and (Q in parts[0].of(self.text) or _is_clause(parts[0].of(self.text)))
        )
        if is_content:
            if begin > self.span.start or closes:
                self._drop_contents_in(parts[0])
            self._add(cue, source, tuple(parts), "right" if Q in parts[0].of(self.text) else "tail")

    def _drop_contents_in(self, span: Span) -> None:
        self.found = [a for a in self.found if not any(s.overlaps(span) for s in a.content)]

    def _according(self, cue: Cue) -> None:
        source = right_subject(self.text, cue.end, self.span.end)
        if source is None:
            return
        if not self.text[self.span.start : cue.start].strip(" ,—–-“\"'"):
            span = self._clean(source.end, self.span.end)
            if span:
                self._add(cue, source, (span,), "according")
            return
        self.found = [a for a in self.found if not a.content or self._is_quoted_at_once(a)]
        span = self._clean(self.span.start, cue.start)
        if span:
            self._add(cue, source, (span,), "according")

    def _noun_cue(self) -> None:
        """Handle "X's claim that …"."""
        for match in NOUN_CUE.finditer(self.text, self.span.start, self.span.end):
            who = match["who"]
            end = match.end("who") - (
                0 if who.lower() in POSSESSIVES else 2 if who[-1] == "s" else 1
            )
            source = _last_name(self.text, match.start("who"), end)
            content = self._clean(match.end(), self.span.end)
            if source and content and not self._taken(match.start("cue")):
                stance = "doubting" if match["cue"] in DOUBTFUL else "neutral"
                start, end = match.span("cue")
                cue = Cue(start, end, start, match["cue"], stance, True, match["cue"])
                self._add(cue, source, (content,), "left")

    def _is_quoted_at_once(self, known: Attribution) -> bool:
        """Say whether a cue has its quotation right behind it, as "calling it “…”"."""
        between = self.text[known.cue.end : known.content[0].end].split(Q)
        return len(between) > 1 and POINTED.match(between[0]) is not None

    def _signature(self) -> None:
        match = DASH_SIGNATURE.search(self.text, self.span.start, self.span.end)
        if match is None or self.found:
            return
        source = trimmed(self.text, match.start("who"), match.end("who"))
        span = self._clean(self.span.start, match.start() + 2)
        if source and span:
            dash = match.start("who") - 1
            while self.text[dash].isspace():
                dash -= 1
            self._add(colon_cue(self.text, dash), source, (span,), "signature")

    def _colon(self) -> None:
        """Handle `X: "…"` where no verb says so."""
        if self.found:
            return
        if not self.has_quote:
            self._announcement()
            return
        match = re.search(rf":\s*(?={Q})", self.text[self.span.start : self.span.end])
        if match is None:
            return
        at = self.span.start + match.start()
        source = left_subject(self.text, self.span.start, at)
        if source is None or not NAME_ONLY.match(source.of(self.text)):
            source = first_subject(self.text, self.span.start, at)
        span = self._clean(self.span.start + match.end(), self.span.end)
        if span:
            self._add(colon_cue(self.text, at), source, (span,), "colon")

    def _announcement(self) -> None:
        """Handle "X made the following comment:" before a paragraph in marks."""
        body = self.text[self.span.start : self.span.end].rstrip()
        if body.endswith(":") and len(body) > 12:
            source = first_subject(self.text, self.span.start, self.span.end)
            at = self.span.start + len(body) - 1
            self._add(colon_cue(self.text, at), source, (), "announced")

    def _clean(self, start: int, end: int) -> Span | None:
        return cleaned(self.text, start, end)

    def _add(self, cue: Cue, source: Span | None, parts: tuple[Span, ...], pattern: str) -> None:
        self.found.append(Attribution(cue, source, parts, pattern, self.number))


def _last_name(text: str, start: int, end: int) -> Span | None:
    """Return the name or phrase at the end of a possessive."""
    return left_subject(text, start, end)


def _is_clause(piece: str) -> bool:
    """Say whether words before ", X said" can be what was said, not "On Monday"."""
    return len(piece.split()) >= 4 and not (PREPOSITION.match(piece) and "," not in piece)


POSSESSIVES = frozenset({"his", "her", "their"})
DOUBTFUL = frozenset({"claim", "allegation", "accusation", "contention", "insistence", "assertion"})
