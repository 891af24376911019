"""Whose words they are: from "Lee", "the mayor" or "she" to the name the article gives.

Pronouns go to the nearest preceding speaker or subject of fitting gender. What cannot be resolved
keeps the words of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from annotator.highlight.names import NAME_RUN, NameTable, bare_name
from annotator.highlight.subjects import first_subject, left_subject

if TYPE_CHECKING:
    from annotator.highlight.inheritance import Utterance
    from annotator.highlight.masking import Masked

DETERMINED = re.compile(r"^(?:[Tt]he|[Aa]n?)\s+(?=[A-Z])")
PRONOUNS = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m"}
OTHERS = frozenset({"they", "we", "i", "it", "you", "who", "that", "which"})
LOOK_BACK = 4


class Speakers:
    """Resolves sources of one text."""

    def __init__(self, text: str, masked: Masked, names: NameTable) -> None:
        self.text = text
        self.masked = masked
        self.names = names
        self._starts = [s.start for s in masked.sentences]
        self._known: dict[tuple[int, int], str] = {}
        self._last: dict[str, str] = {}

    def name_of(self, said: Utterance) -> str:
        """Return the canonical name of who says it, or "" if unknown."""
        if said.source is None:
            return ""
        key = (said.source.start, said.source.end)
        if key not in self._known:
            self._known[key] = self._resolve(said.source.of(self.text), said.source.start)
        return self._known[key]

    def _resolve(self, phrase: str, position: int) -> str:
        word = phrase.lower()
        if word in PRONOUNS:
            return self._antecedent(PRONOUNS[word], position)
        if word in {"who", "which"}:
            return self._before_relative(position)
        if word in OTHERS:
            return ""
        name = bare_name(phrase)
        if not name:
            return DETERMINED.sub("", " ".join(phrase.split()))
        full = self.names.canonical(phrase)
        gender = self.names.gender.get(full.split()[-1], "")
        self._last[gender or "?"] = full
        return full

    def _before_relative(self, position: int) -> str:
        """Return the name right before ", who"."""
        line = self.masked.text.rfind("\n", 0, position) + 1
        while position > line and self.masked.text[position - 1] in " ,":
            position -= 1
        span = left_subject(self.masked.text, line, position)
        return self._resolve(span.of(self.text), span.start) if span else ""

    def _antecedent(self, gender: str, position: int) -> str:
        """Return the nearest earlier subject, else person, whose gender does not contradict."""
        last = bisect_left(self._starts, position)
        earlier = self.masked.sentences[max(0, last - LOOK_BACK) : last]
        for sentence in reversed(earlier):
            end = min(sentence.end, position)
            subject = first_subject(self.masked.text, sentence.start, end)
            candidates = [subject.of(self.text)] if subject else []
            candidates += [
                m.group() for m in NAME_RUN.finditer(self.masked.text[sentence.start : end])
            ]
            for candidate in candidates:
                name = self._person(candidate)
                if name and self.names.gender.get(name.split()[-1], gender) == gender:
                    return name
        return ""

    def _person(self, phrase: str) -> str:
        name = bare_name(phrase)
        last = name.split()[-1] if name else ""
        if re.match(r"(?:[Hh]e|[Ss]he|[Tt]hey|I)$", name) or last not in self.names.full:
            return ""
        return self.names.full[last]
