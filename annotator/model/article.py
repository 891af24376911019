"""Articles, their text versions, the stories they tell and the outlets that publish them.

The *canonical text* is made once, at the border, by `clean_text`; from then on it never changes.
A corrected text is a new `TextVersion`. Blocks say what a stretch of the page is (headline, main
text, or a kind of boilerplate): page furniture is kept and marked, never deleted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from annotator.model.span import Span

NEWLINES = re.compile("\r\n?|\u2029")
# NUL ends a text for SQLite's length(); lone surrogates have no UTF-8 form; Qt takes U+FDD0 and
# U+FDD1 for paragraph borders.
UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0\ufdd1]")

BOILERPLATE_KINDS = (
    "navigation", "related-links", "promo", "paywall", "caption", "byline", "dateline",
    "wire-credit", "contributor-note", "correction", "disclaimer", "author-bio", "copyright",
    "advertisement", "social", "comment-form", "aggregator-card", "repeated-headline",
    "background", "residue", "other",
)  # fmt: skip
BLOCK_ROLES = ("headline", "main", *BOILERPLATE_KINDS)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text and its role on the page.

    Args:
        start: First code point.
        end: One after the last code point.
        role: One of `BLOCK_ROLES`.
    """

    start: int
    end: int
    role: str

    @property
    def span(self) -> Span:
        """The stretch."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes: a newspaper, broadcaster, agency, site or aggregator."""

    id: str
    name: str
    url: str = ""
    country: str = ""
    kind: str = ""
    leaning: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One news event, reported by several outlets."""

    id: str
    title: str
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One published item.

    Args:
        id: Identifier.
        headline: As published; may be empty.
        story_id: The event it reports, if known.
        outlet_id: Who published it, if known.
        byline: Authors as given.
        published: ISO 8601 date or time, as precise as known.
        published_precision: "day", "minute", "month", "year" or "" when unknown.
        url: Where it was published.
        language: BCP 47 tag.
        section: Section of the outlet.
        genre: Reportage, opinion, analysis, … as given.
        wire_credit: Agency credited, e.g. "AFP".
        provenance: File, its sha256, index in it, importer and its version.
        note: Free text of the team.
        added: When it came into the project (UTC).
    """

    id: str
    headline: str = ""
    story_id: str | None = None
    outlet_id: str | None = None
    byline: str = ""
    published: str = ""
    published_precision: str = ""
    url: str = ""
    language: str = ""
    section: str = ""
    genre: str = ""
    wire_credit: str = ""
    provenance: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One immutable text of an article; the highest number is current."""

    id: str
    article_id: str
    number: int
    text: str
    sha256: str
    reason: str = ""
    blocks: tuple[Block, ...] = ()
    created: str = ""


@dataclass(frozen=True, slots=True)
class CleanText:
    """The outcome of cleaning: the canonical text and how many characters were unstorable."""

    text: str
    replaced: int


def clean(raw: str) -> CleanText:
    r"""Return the canonical text: LF line ends; NUL and lone surrogates become U+FFFD.

    Nothing else changes: no Unicode normalisation, no squeezing of blanks. Offsets are counted in
    the result.

    >>> clean("a\r\nb\x00").text
    'a\nb�'
    """
    text, replaced = UNSTORABLE.subn("\ufffd", NEWLINES.sub("\n", raw))
    return CleanText(text, replaced)


def clean_text(raw: str) -> str:
    """Return the canonical text of `clean`."""
    return clean(raw).text


def digest(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def word_count(text: str) -> int:
    """Return the number of white-space separated words.

    >>> word_count("Two words")
    2
    """
    return len(text.split())
