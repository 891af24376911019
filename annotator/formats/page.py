"""A page read as text: its lines, and the role that each of them plays.

Rules of single lines come from `furniture` and `bylines`; here their order is looked at: what
stands above the headline, what follows "Related", what comes after the article's last paragraph,
cards of an aggregator. Precision before recall: the article's own short lines (subheads, bullets,
short quotes) stay main, and nothing is ever removed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from annotator.formats import bylines
from annotator.formats.furniture import fold, line_kind
from annotator.model.article import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTCRY = "!?！？؟"
FINAL = ".!?…。！？؟۔।"
CLOSERS = "\"'”’»›“)]}」』 "
ABBREVIATED = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|St|No|Gov|Sen|Rep)\.$")
ASIDE = re.compile(r"(?<=[.!?…\"”])\s*\([^()]{2,40}\)$")
MARKUP = re.compile(r"^(?:#{1,6}\s+|>\s*)+|\s#+$")
BULLET = re.compile(r"^(?:[•‣◦▪●·*+-]\s+|\d{1,2}[.)]\s+)")
# Scripts without blanks between words: about two characters a word, in Thai and Lao four.
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
THAI = re.compile("[\u0e00-\u0eff]")
LETTER = re.compile(r"[^\W_]")
LONG = 1000  # code points beyond which a line is not looked at more closely


@dataclass(frozen=True)
class Line:
    """A line of a page that holds more than blanks.

    Args:
        start: First code point that is no blank, in the text.
        end: One after the last.
        text: What stands between.
        is_apart: Whether a blank line (or nothing) stands above.
    """

    start: int
    end: int
    text: str
    is_apart: bool

    @cached_property
    def body(self) -> str:
        """The line without Markdown's marks of headings and quotes."""
        if self.text[0] not in "#>*_":
            return self.text
        return MARKUP.sub("", self.text).strip("*_ ") or self.text

    @cached_property
    def words(self) -> int:
        """How many words it has, also in scripts without blanks."""
        if len(self.text) > LONG:
            return self.text.count(" ") + 1  # near enough, and needs no memory
        if self.text.isascii():
            return len(self.text.split())
        dense = len(DENSE.findall(self.text)) // 2 + len(THAI.findall(self.text)) // 4
        return max(len(self.text.split()), dense)

    @cached_property
    def is_bullet(self) -> bool:
        """Whether it is an item of a list."""
        return BULLET.match(self.text) is not None

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do and is long enough to be one."""
        tail = ASIDE.sub("", self.text[-60:]).rstrip(CLOSERS)
        return (
            tail[-1:] in FINAL
            and tail != ""
            and self.words >= 5
            and not ABBREVIATED.search(tail[-6:])
        )

    @cached_property
    def is_outcry(self) -> bool:
        """Whether it is short and ends in a question or exclamation mark, as headlines may."""
        return self.words <= 20 and self.text.rstrip(CLOSERS)[-1:] in OUTCRY

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as running text of an article."""
        return not self.kind and (self.is_sentence or self.words > 45 or len(self.text) > LONG)

    @cached_property
    def kind(self) -> str:
        """The kind of furniture it is on its own, "" if it may be the article's."""
        if len(self.text) > LONG:
            return ""
        line, words = self.body, self.words
        if words <= 20 and bylines.authors(line):
            return "byline"
        kind = line_kind(line, words)
        if kind:
            return kind
        if bylines.is_time_line(line, words) or bylines.is_signature(line, words):
            return "byline"
        if bylines.is_dateline(line, words):
            return "dateline"
        return "" if LETTER.search(line) else "other"


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold anything but blanks, in order."""
    result = []
    start = 0
    is_apart = True
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            first = start + len(raw) - len(raw.lstrip())
            result.append(Line(first, first + len(body), body, is_apart))
        is_apart = not body
        start += len(raw) + 1
    return result


def body_of(lines: Sequence[Line]) -> range | None:
    """Return the numbers of the lines from the article's first paragraph to its last.

    Running text comes in stretches, parted by menus and lists of links. The article is the first
    stretch of some weight (a cookie notice or a slogan has none), and what follows as long as it
    is not small beside what came before.
    """
    stretches = _stretches(lines)
    if not stretches:
        return None
    sizes = [sum(lines[i].words for i in stretch) for stretch in stretches]
    first = next(k for k, size in enumerate(sizes) if size >= max(sizes) * 0.4)
    last = first
    while last + 1 < len(sizes) and sizes[last + 1] >= sum(sizes[first : last + 1]) * 0.3:
        last += 1
    body = [i for i in stretches[first] if not lines[i].is_outcry] or stretches[first]
    return range(body[0], stretches[last][-1] + 1)


def _stretches(lines: Sequence[Line]) -> list[list[int]]:
    """Return the numbers of the lines of running text, parted where much else lies between."""
    result: list[list[int]] = []
    for i, line in enumerate(lines):
        if not line.is_prose:
            continue
        if result:
            between = lines[result[-1][-1] + 1 : i]
            if len(between) <= 8 or not any(other.kind for other in between):
                result[-1].append(i)
                continue
        result.append([i])
    return result


def blocks(text: str, headline: str = "") -> tuple[Block, ...]:
    """Return a block for each line that holds anything, with its role.

    Args:
        text: The canonical text of the page.
        headline: The article's headline, if it has one; its first line in the text gets the role.
    """
    return roles_of(lines_of(text), headline)


def roles_of(lines: Sequence[Line], headline: str = "") -> tuple[Block, ...]:
    """Return the blocks of lines already made; see `blocks`."""
    roles = [line.kind for line in lines]
    title = _mark_headline(lines, roles, headline)
    body = body_of(lines)
    if body is not None:
        _mark_top(lines, roles, title, body.start)
        _mark_cards(roles)
        _mark_lists(lines, roles)
        _mark_tail(lines, roles, body.stop)
    return tuple(
        Block(line.start, line.end, role or "main") for line, role in zip(lines, roles, strict=True)
    )


def _mark_headline(lines: Sequence[Line], roles: list[str], headline: str) -> int:
    """Mark the headline and its repetitions; return the number of its line, or -1."""
    wanted = fold(headline)
    if not wanted:
        return -1
    first = -1
    for i, line in enumerate(lines):
        if len(line.text) <= len(headline) + 20 and fold(line.body) == wanted:
            roles[i] = "headline" if first < 0 else "repeated-headline"
            first = i if first < 0 else first
    return first


def _mark_top(lines: Sequence[Line], roles: list[str], title: int, start: int) -> None:
    """Mark what stands above the headline, and menus above the first paragraph."""
    for i in range(min(title, start)):
        if not roles[i] and not lines[i].is_sentence:
            roles[i] = "navigation"
    run: list[int] = []
    for i in range(start + 1):
        if i < start and lines[i].words <= 4 and not lines[i].is_sentence:
            run.append(i)
            continue
        if len(run) >= 4:
            for j in run:
                roles[j] = roles[j] or "navigation"
        run = []


def _mark_cards(roles: list[str]) -> None:
    """Mark an aggregator's cards: everything from its first sign to its last."""
    signs = [i for i, role in enumerate(roles) if role == "aggregator-card"]
    if len(signs) < 3:
        return
    for i in range(signs[0], signs[-1] + 1):
        if roles[i] in ("", "repeated-headline", "dateline", "headline"):
            roles[i] = "aggregator-card"


def _mark_lists(lines: Sequence[Line], roles: list[str]) -> None:
    """Mark the headlines listed below "Related" and its like."""
    for i, role in enumerate(roles):
        if role != "related-links" or lines[i].words > 6:
            continue
        for j in range(i + 1, min(i + 9, len(lines))):
            line = lines[j]
            if roles[j] in ("byline", "related-links"):
                continue
            if roles[j] or line.is_sentence or not 3 <= line.words <= 25:
                break
            is_subhead = line.is_apart and j + 1 < len(lines) and lines[j + 1].is_prose
            if is_subhead and j - i > 1 and not lines[j - 1].is_apart:
                break
            if is_subhead and line.words < 6:
                break
            roles[j] = "related-links"


def _mark_tail(lines: Sequence[Line], roles: list[str], end: int) -> None:
    """Mark what follows the article's last paragraph, from the first sure furniture on."""
    first = next((i for i in range(end, len(lines)) if roles[i]), None)
    if first is None:
        first = end
        rest = lines[end:]
        if len(rest) < 4 or any(line.is_bullet or not 4 <= line.words <= 25 for line in rest):
            return
    for i in range(first, len(lines)):
        if roles[i]:
            continue
        if lines[i].is_sentence:
            roles[i] = "other"
        else:
            roles[i] = "related-links" if lines[i].words >= 4 else "navigation"
