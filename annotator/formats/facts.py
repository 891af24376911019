"""What a page says about itself: when, by whom, after which agency, where, in which language.

Only furniture lines and the edges of the running text are read, never its sentences: a date in a
paragraph is part of the story, not the day of publication. What is missing stays "".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.formats import bylines
from annotator.formats.dates import When, find_date, settle
from annotator.formats.furniture import AGENCIES, AGENCY
from annotator.formats.language import detect
from annotator.formats.page import body_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.formats.page import Line

NEAR_TOP = 8  # lines into the running text in which a byline may still stand
AT_END = 12
PUBLISHED = re.compile(
    r"\b(?:first )?(?:publish|posted|veröffentlicht|publié|publicado|pubblicato|gepubliceerd|"
    r"publicerad|"
    r"publisert|udgivet|опубликовано|opublikowano)",
    re.IGNORECASE,
)
LABEL_OF_CREDIT = re.compile(
    r"^(?:[\W_]+|(?:sources?|quellen?|fuente|fonte|bron|источник|c|copyright|reporting|writing|"
    r"compiled|report|by|with|mit|avec|con|com|met|additional|agency|news|inputs?|information|files?|"
    r"material|content|from|by|von|de|\d{4}|der|des|et|l)\b)",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*(?:[,/&;|()\[\]]|\.\s|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*")
IN_DATELINE = re.compile(rf"[^()]{{0,70}}\(({AGENCY}(?:\s*[/,]\s*{AGENCY})*)\)")
AFTER_DATELINE = re.compile(rf"[^.]{{2,60}}\.?\s*/({AGENCY})/\.")
AT_LAST = re.compile(
    rf"(?:\(({AGENCY}(?:\s*[/,]\s*{AGENCY})*)\)\.?|[—–]\s?({AGENCY})|\s-({AGENCY}))$"
)
AFTER_NAME = re.compile(rf"(?:,|/|\|)\s*(?:the )?({AGENCY})\W*$")
URL_LINE = re.compile(r"(?:[^\W\d]{2,12}\s*:\s*)?(https?://\S+)$", re.IGNORECASE)
CANONICAL = [(name, re.compile(pattern)) for name, pattern in AGENCIES]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself, "" where it says nothing.

    Args:
        published: ISO 8601.
        precision: "day" or "minute", "" without a date.
        ambiguous: The date as written, when day and month could be exchanged.
        byline: Names as given.
        wire_credit: Agencies, with a comma between.
        url: The page's own address.
        language: BCP 47 tag.
    """

    published: str = ""
    precision: str = ""
    ambiguous: str = ""
    byline: str = ""
    wire_credit: str = ""
    url: str = ""
    language: str = ""


def facts_of(lines: Sequence[Line], order: str = "") -> Facts:
    """Return what a page says about itself.

    Args:
        lines: The page, from `page.lines_of`.
        order: "dmy" or "mdy" where the file settles the order of numeric dates.
    """
    body = body_of(lines)
    edges = list(_edges(lines, body))
    when, written = _published(edges, order, lines[body.start].start if body else 0)
    if when is not None and when.is_ambiguous:
        order = settle(line.text for line in lines if len(line.text) < 2000)
        when = find_date(written, order) if order else when
    return Facts(
        published=when.iso if when else "",
        precision=when.precision if when else "",
        ambiguous=written[when.start : when.end] if when and when.is_ambiguous else "",
        byline=next((n for line in edges if (n := _authors(line))), ""),
        wire_credit=", ".join(_agencies(lines, body)),
        url=_url(edges),
        language=detect(_prose(lines)),
    )


def canonical_agencies(words: str) -> list[str]:
    """Return the agencies that a credit names, and nothing else in it.

    >>> canonical_agencies("Source: The Associated Press and AFP")
    ['AP', 'AFP']
    """
    found = []
    for part in PARTS.split(_without_labels(words)):
        name = _without_labels(part).strip(" .-–—/:")
        for agency, pattern in CANONICAL:
            if pattern.fullmatch(name) and agency not in found:
                found.append(agency)
    return found


def _without_labels(words: str) -> str:
    while (shorter := LABEL_OF_CREDIT.sub("", words)) != words:
        words = shorter
    return re.sub(r"^(?:the|The)\s+(?=Press)", "", words)


def _edges(lines: Sequence[Line], body: range | None) -> Iterator[Line]:
    """Yield the furniture around the running text, in order."""
    for i, line in enumerate(lines):
        is_near = body is None or i < body.start + NEAR_TOP or i >= len(lines) - AT_END
        if line.kind and is_near:
            yield line


def _authors(line: Line) -> str:
    return bylines.authors(line.body) if line.kind == "byline" else ""


def _published(edges: Iterable[Line], order: str, start: int) -> tuple[When | None, str]:
    """Return the likeliest day of publication and the text it stands in.

    A line that says "published" goes first, one that says "updated" last; among equals the one
    nearest to the article, since mastheads carry the day on which the page was saved.
    """
    found: list[tuple[int, int, When, str]] = []
    for line in edges:
        if line.kind != "byline":
            continue
        label = PUBLISHED.search(line.text)
        text = line.text[label.start() :] if label else line.text
        when = find_date(text, order) or (find_date(line.text, order) if label else None)
        if when is not None:
            rank = 0 if label else 2 if bylines.is_later(line.text) else 1
            found.append((rank, abs(line.start - start), when, text))
    if not found:
        return None, ""
    _, _, when, text = min(found, key=lambda item: item[:2])
    return when, text


def _agencies(lines: Sequence[Line], body: range | None) -> list[str]:
    names = list(_credits(lines, body))
    found: list[str] = []
    for name in names:
        found += [agency for agency in canonical_agencies(name) if agency not in found]
    if not found and any(_is_reuters_signature(line) for line in lines[-AT_END:]):
        return ["Reuters"]
    return found


def _credits(lines: Sequence[Line], body: range | None) -> Iterator[str]:
    """Yield the words that credit an agency: lines of their own, datelines, last words."""
    for line in lines:
        if line.kind in ("wire-credit", "copyright"):
            yield line.body
        elif line.kind in ("byline", "dateline"):
            match = IN_DATELINE.match(line.body) or AFTER_NAME.search(line.body)
            yield match[1] if match else bylines.authors(line.body)
        elif line.kind == "contributor-note":
            yield line.body.split(" contributed", 1)[0]
    if body is not None:
        yield from _credits_in([lines[i] for i in body if lines[i].is_prose])


def _credits_in(prose: Sequence[Line]) -> Iterator[str]:
    """Yield the agencies named in datelines of the first paragraphs and after the last ones."""
    for line in prose[:3]:
        match = IN_DATELINE.match(line.body) or AFTER_DATELINE.match(line.body)
        if match:
            yield match[1]
    for line in prose[-2:]:
        match = AT_LAST.search(line.body)
        if match:
            yield next(filter(None, match.groups()), "")


def _is_reuters_signature(line: Line) -> bool:
    """Say whether a line ends as Reuters reports do, naming reporters and editors."""
    return line.kind == "wire-credit" and re.match(
        r"\(?reporting by .+[;.] ?(?:additional reporting .+; ?)?(?:writing by .+; ?)?editing by ",
        line.body, re.IGNORECASE,
    ) is not None  # fmt: skip


def _url(edges: Iterable[Line]) -> str:
    urls = {m[1] for line in edges if line.kind == "residue" and (m := URL_LINE.match(line.text))}
    return urls.pop() if len(urls) == 1 else ""


def _prose(lines: Sequence[Line]) -> str:
    """Return enough running text to tell the language, or any text if there is none."""
    pieces = [line.text[:1500] for line in lines if line.is_prose][:8]
    return "\n".join(pieces or [line.text[:1500] for line in lines[:8]])
