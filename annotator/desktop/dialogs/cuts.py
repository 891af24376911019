"""Where a page that holds several articles may be cut: proposals, and the pieces between cuts.

Pure functions on lines and their roles. A proposal is cautious: lines of rules and asterisks, and
the cards of an aggregator. Everything else is left to the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.article import Block

SEPARATOR = re.compile(r"(?:[*#~_=•·—–-]\s*){3,}")
CARD = "aggregator-card"
LEAST_CARDS = 2
PROSE = 14  # words of a line that is a paragraph
# The link at the foot of a card, and the leaning at its head.
FOOT = re.compile(
    r"(?:read (?:the )?(?:full|whole|entire)|continue reading|go to (?:the )?article|weiterlesen"
    r"|zum artikel|lire (?:la suite|l[’']article)|leer (?:más|artículo)|leggi (?:tutto|articolo)"
    r"|lees verder|ler mais|czytaj (?:dalej|więcej))\b.{0,24}",
    re.IGNORECASE,
)
HEAD = re.compile(
    r"(?:leans?|lean|far|hard|centre|center)?[ -]?(?:left|right|centre|center)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PieceOfPage:
    """Some lines of a page that belong together.

    Args:
        first: Number of the first line.
        last: Number of the last line, inclusive.
        span: From the first to the last code point of them.
    """

    first: int
    last: int
    span: Span


def is_separator(text: str) -> bool:
    """Say whether a line is nothing but a rule between two texts.

    >>> is_separator("* * *"), is_separator("-----"), is_separator("Well -- no")
    (True, True, False)
    """
    return SEPARATOR.fullmatch(text.strip()) is not None


def proposed_cuts(text: str, blocks: Sequence[Block], known: Sequence[str] = ()) -> list[int]:
    """Return the numbers of the lines that may begin a new article, ascending.

    Args:
        text: The page's text.
        blocks: Its lines with their roles.
        known: Names of outlets; an aggregator's card often begins with one.
    """
    cuts = set()
    for number, block in enumerate(blocks):
        if number and is_separator(text[blocks[number - 1].start : blocks[number - 1].end]):
            cuts.add(number)
        if block.role == "headline" and number and any(b.role == "main" for b in blocks[:number]):
            cuts.add(number)
    cuts |= (
        _footed_cards(text, blocks)
        or _card_starts(text, blocks)
        or _named_cards(text, blocks, known)
    )
    return sorted(cut for cut in cuts if not is_separator(_line(text, blocks[cut])))


def _footed_cards(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return where cards begin that end in a link to the whole article, and what follows the last.

    The first card begins at the leaning above it, else where the aggregator's lines begin.
    """
    lines = [_line(text, block).strip() for block in blocks]
    feet = [n for n, line in enumerate(lines) if FOOT.fullmatch(line) and blocks[n].role == CARD]
    if len(feet) < LEAST_CARDS:
        return set()
    above = range(feet[0] - 1, -1, -1)
    heads = [n for n in above if HEAD.fullmatch(lines[n])]
    cards = [n for n in above if blocks[n].role == CARD]
    first = heads[0] if heads else min(cards, default=feet[0])
    return {first, *(foot + 1 for foot in feet if foot + 1 < len(blocks))}


def _card_starts(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return where the cards of an aggregator begin: groups of its lines parted by blank ones."""
    starts = [
        number
        for number, block in enumerate(blocks)
        if block.role == CARD
        and (not number or blocks[number - 1].role != CARD or _is_apart(text, blocks, number))
    ]
    return set(starts) if len(starts) >= LEAST_CARDS else set()


def _named_cards(text: str, blocks: Sequence[Block], known: Sequence[str]) -> set[int]:
    """Return the lines of cards that are nothing but an outlet's name, if there are several."""
    names = {name.casefold() for name in known}
    starts = {
        number
        for number, block in enumerate(blocks)
        if block.role == CARD and _line(text, block).strip().casefold() in names
    }
    return starts if len(starts) >= LEAST_CARDS else set()


def _is_apart(text: str, blocks: Sequence[Block], number: int) -> bool:
    """Say whether a blank line stands above a line."""
    return "\n\n" in re.sub(r"[^\S\n]", "", text[blocks[number - 1].end : blocks[number].start])


def _line(text: str, block: Block) -> str:
    return text[block.start : block.end]


def pieces_of(text: str, blocks: Sequence[Block], cuts: Sequence[int]) -> list[PieceOfPage]:
    """Return the pieces between cuts, rules at their ends left out; the first may be a page top.

    Args:
        text: The page's text.
        blocks: Its lines.
        cuts: Numbers of lines that begin a piece; line 0 always does.
    """
    starts = sorted({0, *(cut for cut in cuts if 0 < cut < len(blocks))})
    pieces = []
    for first, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        low, high = first, end - 1
        while low <= high and is_separator(_line(text, blocks[low])):
            low += 1
        while high >= low and is_separator(_line(text, blocks[high])):
            high -= 1
        if low <= high:
            span = Span(blocks[low].start, blocks[high].end)
            pieces.append(PieceOfPage(low, high, span))
    return pieces


def headline_in(
    text: str, blocks: Sequence[Block], piece: PieceOfPage, known: Sequence[str] = ()
) -> str:
    """Return what may be a piece's headline, "" if nothing is like one.

    The line above the first paragraph, else the longest of the first lines; names of outlets and
    furniture are never taken for one.
    """
    names = {name.casefold() for name in known}
    lines = [
        (block.role, " ".join(_line(text, block).split()))
        for block in blocks[piece.first : piece.last + 1]
        if block.role in ("headline", "main", CARD)
    ]
    lines = [
        (role, line)
        for role, line in lines
        if line.casefold() not in names and not HEAD.fullmatch(line) and not FOOT.fullmatch(line)
    ]
    first = next((i for i, (_, line) in enumerate(lines) if len(line.split()) >= PROSE), 0)
    if first and is_like_headline(lines[first - 1][1]):
        return lines[first - 1][1]
    early = [line for _, line in lines[:4] if is_like_headline(line)]
    return max(early, key=len, default="")


def has_prose(text: str, blocks: Sequence[Block], piece: PieceOfPage) -> bool:
    """Say whether a paragraph of an article or a card stands in a piece."""
    return any(
        block.role in ("main", CARD) and len(_line(text, block).split()) >= PROSE
        for block in blocks[piece.first : piece.last + 1]
    )


def is_like_headline(line: str) -> bool:
    """Say whether a line has the length and the end of a headline.

    >>> is_like_headline("A quay without boats"), is_like_headline("It rained. All day.")
    (True, False)
    """
    return 2 <= len(line.split()) <= 30 and not line.rstrip('"”’').endswith(".")


def outlet_in(text: str, blocks: Sequence[Block], piece: PieceOfPage, known: Sequence[str]) -> str:
    """Return the known outlet that a short line of the piece names, or ""."""
    names = {name.casefold(): name for name in known}
    for block in blocks[piece.first : piece.last + 1]:
        parts = re.split(r"\s+[·•|–—-]\s+|,\s", _line(text, block).strip()[:120])
        for part in parts:
            if part.casefold() in names:
                return names[part.casefold()]
    return ""
