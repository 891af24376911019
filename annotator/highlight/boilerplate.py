"""Page furniture by kind, from the text alone: what on a saved page is not the article.

Lines are judged by what they look like and by their neighbours: a two-state path (article or
furniture) through the page is chosen that explains all lines best, so that a short subheading
inside the article stays and a well-formed teaser inside a list of links goes. Roles that an
importer gave (`blocks`) override the guess.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.highlight.finding import Finding
from annotator.highlight.page_lines import TWEET, Line, glued, is_kind_anywhere, lines_of
from annotator.model.article import BOILERPLATE_KINDS
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.article import Block

COMPONENT = "boilerplate"
VERSION = "1.0"
SWITCH = 3.5  # what it costs to go from article to furniture or back
HEADLINE_WITHIN = 8  # lines between the headline and the first paragraph
STRONG = frozenset({"copyright", "advertisement", "social", "residue", "aggregator-card", "paywall",
                    "contributor-note", "wire-credit", "comment-form", "promo", "caption",
                    "byline", "related-links", "disclaimer", "correction"})  # fmt: skip


def find_boilerplate(text: str, blocks: Sequence[Block] = ()) -> list[Finding]:
    """Return the furniture of a page, one finding a line or part of a line.

    Args:
        text: The canonical text.
        blocks: Roles given by the importer; where there are any, they decide.
    """
    if any(b.role in BOILERPLATE_KINDS for b in blocks):
        found = [
            _finding(b.start, b.end, b.role, 0.95) for b in blocks if b.role in BOILERPLATE_KINDS
        ]
        return sorted(found, key=lambda f: f.fragments[0])
    lines = lines_of(text)
    if not lines:
        return []
    is_main = _path(lines)
    headline = _headline(lines, is_main)
    if headline >= 0:
        is_main[headline] = True
        _keep_standfirst(lines, is_main, headline)
    _drop_captions(lines, is_main)
    result: list[Finding] = []
    for index, line in enumerate(lines):
        if is_main[index]:
            result += _inside(line)
        elif line.words:
            kind = _kind(lines, is_main, index)
            if headline >= 0 and line.text == lines[headline].text:
                kind = "repeated-headline"
            result.append(_finding(line.start, line.end, kind, 0.85 if line.kind else 0.7))
    return result


def _finding(start: int, end: int, kind: str, score: float) -> Finding:
    return Finding("boilerplate", kind, (Span(start, end),), score, COMPONENT, {})


def _evidence(line: Line, repeated: int) -> float:
    """Return how much a line looks like article text; below zero like furniture."""
    if line.kind in STRONG:
        return -1.4
    if TWEET.match(line.text):
        return 0.5
    share = line.function_words / max(1, line.words)
    score = -1.2
    if line.words >= 12:
        score = 0.3 + min(line.words, 60) / 20
    if line.is_ended:
        score += 1.2 if line.words >= 6 else 0.2
    else:
        score -= 0.6 if line.words < 6 else 1.2
    score += (share - 0.25) * 3 if line.words >= 6 else 0.0
    if line.kind:
        score -= 1.5
    if repeated > 1:
        score -= 2.0
    return score


def _path(lines: list[Line]) -> list[bool]:
    """Return for every line whether it belongs to the article (Viterbi, two states)."""
    counts = Counter(line.text for line in lines)
    evidence = [_evidence(line, counts[line.text]) for line in lines]
    main, other = evidence[0], -evidence[0]
    back: list[tuple[bool, bool]] = []
    for value in evidence[1:]:
        from_main, from_other = main >= other - SWITCH, main - SWITCH > other
        back.append((from_main, from_other))
        main, other = (
            max(main, other - SWITCH) + value,
            max(other, main - SWITCH) - value,
        )
    state = main >= other
    states = [state]
    for from_main, from_other in reversed(back):
        state = from_main if state else from_other
        states.append(state)
    states.reverse()
    return states


def _headline(lines: list[Line], is_main: list[bool]) -> int:
    """Return the number of the line that heads the article, or -1."""
    if True not in is_main:
        return -1
    first = is_main.index(True)
    for index in range(max(0, first - HEADLINE_WITHIN), first):
        line = lines[index]
        if not line.kind and 4 <= line.words <= 25 and not line.text.endswith("."):
            return index
    return -1


def _keep_standfirst(lines: list[Line], is_main: list[bool], headline: int) -> None:
    """Keep the sentence right under the headline: it sums the article up."""
    if headline + 1 < len(lines):
        line = lines[headline + 1]
        if line.words >= 12 and line.is_ended and not line.kind:
            is_main[headline + 1] = True


def _drop_captions(lines: list[Line], is_main: list[bool]) -> None:
    """Take a sentence that stands right above a line of mere photo credit for its caption."""
    for index in range(1, len(lines)):
        line, credit = lines[index - 1], lines[index]
        goes_on = any(is_main[index + 1 : index + 3])
        is_credit = goes_on and credit.kind == "caption" and credit.words <= 8
        if is_credit and is_main[index - 1] and not line.kind and 8 <= line.words <= 30:
            is_main[index - 1] = False
            lines[index - 1] = replace(line, kind="caption")


def _kind(lines: list[Line], is_main: list[bool], index: int) -> str:
    line = lines[index]
    if line.kind:
        return line.kind
    near = {other.kind for other in lines[max(0, index - 3) : index + 4]}
    if "aggregator-card" in near:
        return "aggregator-card"
    before = any(is_main[:index])
    after = any(is_main[index + 1 :])
    if line.words >= 5 and before:
        return "related-links"
    return "navigation" if not (before and after) or line.words < 5 else "other"


def _inside(line: Line) -> list[Finding]:
    """Return furniture in an article line: alone by its phrase, or stuck to its end."""
    if line.kind in STRONG and (line.words < 30 or is_kind_anywhere(line.text)):
        return [_finding(line.start, line.end, line.kind, 0.8)]
    half = _doubled(line.text)
    if half:
        return [_finding(line.start + half, line.end, "repeated-headline", 0.7)]
    for kind, pattern in glued():
        match = pattern.search(line.text)
        if match and match.end() < len(line.text):
            start = line.start + match.start()
            while line.text[start - line.start].isspace():
                start += 1
            return [_finding(start, line.end, kind, 0.7)]
    return []


def _doubled(text: str) -> int:
    """Return where the second copy begins in a line that says the same thing twice, else 0."""
    for middle in (len(text) // 2, len(text) // 2 + 1):
        first, second = text[:middle].strip(), text[middle:].strip()
        if first == second and len(first.split()) >= 2:
            return text.index(second, middle)
    return 0
