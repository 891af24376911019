"""Which line of a page is the headline: found by weighing candidates, and allowed to be none.

Pages begin with dates, menus and reading times, some at once with the first paragraph. Each line
above the running text is weighed by its length, form and place, by being repeated, and by the words
it shares with the paragraphs below. A sentence that ends in a full stop is a lede, not a headline;
when nothing weighs enough the article has no headline, and none is made up.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.formats.furniture import fold
from annotator.formats.page import DENSE, FINAL, body_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.formats.page import Line

REACH = 30  # lines above the running text that are considered
ENOUGH = 3.0
NEARLY = 0.5
WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
SENTENCE_MARKS = ".。۔।;,؛،"
DATELINE_START = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,}(?:\([^)]{2,20}\))?\s*[—–-]\s")
STEM = 5
SETEXT = re.compile(r"={3,}|-{3,}")


def find_headline(lines: Sequence[Line]) -> int | None:
    """Return the number of the headline's line, None if the page has none.

    Args:
        lines: The page, from `page.lines_of`.
    """
    body = body_of(lines)
    above = range(min(40, len(lines)) if body is None else body.start)
    marked = next((i for i in above if _is_heading(lines, i)), None)
    if marked is not None or body is None:
        return marked
    start = body.start
    prose = [line.text[:600] for line in lines[start : start + 15] if line.is_prose]
    lede = _stems(" ".join(prose[:6]))
    seen = _counts(lines)
    is_wrapped = _is_wrapped(lines)
    weights = {
        i: _weight(lines, i, start, lede, seen)
        for i in range(max(0, start - REACH), start)
        if _may_be(lines[i], lines[start]) and not _runs_on(lines[i + 1], is_wrapped=is_wrapped)
    }
    best = max(weights.values(), default=0.0)
    if best < ENOUGH:
        return None
    return next(i for i, weight in weights.items() if weight >= best - NEARLY)  # title before deck


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    """Say whether Markdown marks the line as the title."""
    if re.match(r"#\s+\S", lines[i].text):
        return True
    below = lines[i + 1] if i + 1 < len(lines) else None
    return (
        below is not None
        and below.text[0] == "="
        and not below.is_apart
        and SETEXT.fullmatch(below.text) is not None
        and 2 <= lines[i].words <= 30
    )


def _may_be(line: Line, lede: Line) -> bool:
    """Say whether a line can be a headline at all."""
    if line.kind or line.is_bullet or not 2 <= line.words <= 30 or len(line.text) > 300:
        return False
    if line.text[-1] in SENTENCE_MARKS and line.is_sentence and not line.text.endswith(".."):
        return False
    if DATELINE_START.match(line.text):
        return False
    return line.words < lede.words or line.text[-1] not in FINAL


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether paragraphs are broken into lines of a fixed width."""
    broken = sum(
        len(above.text) >= 45
        and not line.is_apart
        and line.text[0].islower()
        and above.text[-1] not in FINAL
        for above, line in pairwise(lines)
    )
    return broken >= 3 and broken * 6 >= len(lines)


def _runs_on(below: Line, *, is_wrapped: bool) -> bool:
    """Say whether a line is only the beginning of a paragraph, by the line below."""
    return not below.is_apart and (is_wrapped or below.text[0].islower())


def _weight(
    lines: Sequence[Line], i: int, start: int, lede: set[str], seen: dict[str, int]
) -> float:
    line = lines[i]
    own = _stems(line.body)
    weight = _by_length(line.words)
    shared = len(own & lede)
    weight += 3.0 * shared / len(own) if own else 0.0
    if 2 * shared < len(own) and line.words <= 4 and all(w[0].isupper() for w in line.body.split()):
        weight -= 1.5  # a name: of the outlet, the section, the author
    weight += 1.5 if line.words >= 4 and seen[fold(line.body)] > 1 else 0.0
    weight += _by_place(lines, i, start)
    weight += _by_form(line)
    return weight


def _by_length(words: int) -> float:
    if 5 <= words <= 18:
        return 2.0
    if words in (3, 4):
        return 1.0
    return 0.5 if words > 18 else 0.0


def _by_place(lines: Sequence[Line], i: int, start: int) -> float:
    """Weigh nearness to the running text, and being the first line of all."""
    between = sum(not line.kind for line in lines[i + 1 : start])
    nearness = max(-1.5, 1.5 - 0.3 * between)
    is_first = all(line.kind for line in lines[:i])
    stands_apart = lines[i].is_apart and lines[i + 1].is_apart
    return nearness + 1.0 * is_first + 0.3 * stands_apart


def _by_form(line: Line) -> float:
    """Weigh capitals: a title begins with one, and a short line all in them is a kicker."""
    first = next((c for c in line.body if c.isalpha()), "")
    weight = -1.0 if first.islower() else 0.0
    if line.body[-1] == ":":
        weight -= 2.0
    if "|" in line.body or " » " in line.body:
        weight -= 1.0
    if line.body.isupper() and line.words <= 3:
        weight -= 1.0
    return weight


def _stems(text: str) -> set[str]:
    """Return the beginnings of the longer words, or pairs of characters in dense scripts."""
    if DENSE.search(text):
        dense = "".join(DENSE.findall(text))
        return {dense[k : k + 2] for k in range(len(dense) - 1)}
    return {word.casefold()[:STEM] for word in WORD.findall(text)}


def _counts(lines: Sequence[Line]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        if line.words <= 30 and len(line.text) <= 300:
            key = fold(line.body)
            counts[key] = counts.get(key, 0) + 1
    return counts
