"""Making a stretch of text larger or smaller by the units that people read in. No Qt.

Units are those of `model.segment` and "quotation": what stands between two quotation marks of one
paragraph. Every function gives a new span and leaves what it was given alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.model.segment import UNITS, snap, unit_at, words
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

UNIT_NAMES = ("word", "clause", "sentence", "paragraph", "quotation")
QUOTATIONS = tuple(
    re.compile(pattern)
    for pattern in (
        "“[^“”\n]+”", "„[^„“”\n]+[“”]", "«[^«»\n]+»", "»[^«»\n]+«", "‹[^‹›\n]+›",
        "‘[^\n]+?’(?![^\\W_])", '(?<![^\\W_])"[^"\n]+"',
    )
)  # fmt: skip


NEARBY = 1500  # characters either side are enough for any unit but a giant paragraph


def widened(text: str, span: Span, unit: str) -> Span:
    """Return the smallest run of whole units around a span.

    Args:
        text: The canonical text.
        span: In code points.
        unit: One of `UNIT_NAMES`; a quotation that is whole already grows to the next outer one.

    >>> widened("The mayor spoke. He left.", Span(4, 6), "sentence")
    Span(start=0, end=16)
    """
    near, offset = _nearby(text, span)
    inside = Span(span.start - offset, span.end - offset)
    found = _quotation(near, inside) if unit == "quotation" else snap(near, inside, unit)
    return Span(found.start + offset, found.end + offset)


def unit_around(text: str, position: int, unit: str) -> Span | None:
    """Return the unit at a caret, if there is one.

    >>> unit_around("The mayor spoke.", 6, "word")
    Span(start=4, end=9)
    """
    if not text:
        return None
    at = min(position, len(text) - 1)
    near, offset = _nearby(text, Span(at, at + 1))
    if unit in UNITS:
        found = unit_at(UNITS[unit](near), position - offset)
    else:
        letter = Span(at - offset, at - offset + 1)
        found = _quotation(near, letter)
        found = None if found == letter else found
    return None if found is None else Span(found.start + offset, found.end + offset)


def shrunk(text: str, span: Span) -> Span:
    """Return the first unit of the next smaller kind inside a span; the span if there is none.

    >>> shrunk("He left, she said.", Span(0, 18))
    Span(start=0, end=8)
    """
    near, offset = _nearby(text, Span(span.start, span.start + 1), max(NEARBY, len(span)))
    for unit in ("paragraph", "sentence", "clause", "word"):
        for inside in UNITS[unit](near):
            found = Span(inside.start + offset, inside.end + offset)
            if span.contains(found) and len(found) < len(span):
                return found
    return span


def _nearby(text: str, span: Span, reach: int = NEARBY) -> tuple[str, int]:
    """Return the lines around a span and where they start: cutting 20,000 words is slow."""
    start = text.rfind("\n", 0, max(0, span.start - reach)) + 1
    end = text.find("\n", min(len(text), span.end + reach))
    return text[start : len(text) if end < 0 else end], start


def moved_end(text: str, span: Span, steps: int) -> Span:
    """Return the span with its end moved by some words, never before its first word's end.

    >>> moved_end("One two three", Span(0, 3), 1)
    Span(start=0, end=7)
    """
    return _moved(text, span, steps, at_end=True)


def moved_start(text: str, span: Span, steps: int) -> Span:
    """Return the span with its start moved by some words, never past its last word's start.

    >>> moved_start("One two three", Span(4, 7), -1)
    Span(start=0, end=7)
    """
    return _moved(text, span, steps, at_end=False)


def _moved(text: str, span: Span, steps: int, *, at_end: bool) -> Span:
    here = span.end if at_end else span.start
    near, offset = _nearby(text, span)
    stops = [(word.end if at_end else word.start) + offset for word in words(near)]
    further = [stop for stop in stops if (stop > here if steps > 0 else stop < here)]
    if not further or not steps:
        return span
    index = steps - 1 if steps > 0 else steps
    target = further[max(-len(further), min(index, len(further) - 1))]
    start, end = (span.start, target) if at_end else (target, span.end)
    return Span(start, end) if start < end else span


def _quotation(text: str, span: Span) -> Span:
    """Return the words inside the nearest quotation marks; with the marks if they are taken."""
    inside = [found for found in _quotations(text) if found.contains(span) and found != span]
    return min(inside, key=len, default=span)


def _quotations(text: str) -> Iterator[Span]:
    for pattern in QUOTATIONS:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end())
            if match.end() - match.start() > 2:
                yield Span(match.start() + 1, match.end() - 1)
