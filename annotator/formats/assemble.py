"""From a raw text and what a file says about it to a `FoundArticle`.

The one place where text becomes canonical, the headline is looked for, lines get their roles and
facts are gathered, so that every importer gives the same. What the file states goes before what the
page shows; options fill only what both leave open. Nothing is lost: a date that cannot be read
stays in `extra`, as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.formats.dates import When, read_date
from annotator.formats.facts import Facts, canonical_agencies, facts_of
from annotator.formats.headline import find_headline
from annotator.formats.language import tag_of
from annotator.formats.page import lines_of, roles_of
from annotator.formats.protocol import FoundArticle
from annotator.model.article import clean, clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotator.formats.page import Line
    from annotator.formats.protocol import SourceFile
    from annotator.model.article import Block

LOST = "\ufffd"
HTML = ("</p>", "<br", "<div", "<p>", "<a href")


def _no_order() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from.

    Args:
        source: The file.
        index: Number of the record in it, from 0.
        importer: Name of the importer.
        options: What the person asked for.
        order: Gives the order of day and month that the whole file settles; asked only if needed.
    """

    source: SourceFile
    index: int
    importer: str
    options: Mapping[str, Any]
    order: Callable[[], str] = _no_order


@dataclass(frozen=True, slots=True)
class Record:
    """One article as its file gives it.

    Args:
        text: Raw text.
        known: What the file states, by field; see `fields.FIELDS`.
        extra: What has no field.
        blocks: Roles already known, in the canonical text.
        warnings: What a person should know.
    """

    text: str
    known: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


def assemble(record: Record, origin: Origin) -> FoundArticle:
    """Return the article: canonical text, headline, roles of lines, facts and warnings."""
    text = clean(record.text).text
    known = {name: _tidy(value) for name, value in record.known.items()}
    lines = lines_of(text)
    headline = known.get("headline", "") or _headline(lines)
    facts = facts_of(lines, str(origin.options.get("date_order", "")))
    when, notes, extra = _when(known.get("published", ""), facts, origin)
    return FoundArticle(
        text=text,
        headline=headline,
        outlet=known.get("outlet", "") or _outlet(origin),
        byline=known.get("byline", "") or facts.byline,
        published=when.iso,
        published_precision=when.precision,
        url=known.get("url", "") or facts.url,
        language=tag_of(known.get("language", "")) or facts.language,
        section=known.get("section", ""),
        genre=known.get("genre", ""),
        wire_credit=_wire(known) or facts.wire_credit,
        story=known.get("story", "") or str(origin.options.get("story", "")),
        id=known.get("id", ""),
        blocks=record.blocks or roles_of(lines, headline),
        warnings=(*record.warnings, *_doubts(text), *notes),
        extra={**record.extra, **extra},
        source_name=origin.source.name,
        source_sha256=origin.source.sha256,
        index=origin.index,
        importer=origin.importer,
    )


def _tidy(value: str) -> str:
    return " ".join(clean_text(value).split())


def _headline(lines: Sequence[Line]) -> str:
    place = find_headline(lines)
    return "" if place is None else " ".join(lines[place].body.split())


def _outlet(origin: Origin) -> str:
    """Return the outlet of the options: a name, or "folder" or "file" for where the text lies."""
    wanted = str(origin.options.get("outlet", ""))
    if wanted == "folder":
        return origin.source.path.resolve().parent.name
    return origin.source.path.stem if wanted == "file" else wanted


def _wire(known: Mapping[str, str]) -> str:
    given = known.get("wire_credit", "")
    return ", ".join(canonical_agencies(given)) or given


def _when(given: str, facts: Facts, origin: Origin) -> tuple[When, tuple[str, ...], dict[str, str]]:
    """Return the date of publication, warnings about it, and the date as given if unreadable."""
    none = When("", "")
    written = given or facts.ambiguous
    if not written:
        return When(facts.published, facts.precision), (), {}
    when = read_date(written, str(origin.options.get("date_order", "")))
    if when is not None and when.is_ambiguous:
        when = read_date(written, origin.order())
    if when is None:
        note = f"The date “{written}” could not be read; it was left empty."
    elif when.is_ambiguous:
        note = f"The date “{written}” could have day or month first; it was left empty."
    else:
        return when, (), {}
    return none, (note,), {"published_as_given": written}


def _doubts(text: str) -> list[str]:
    """Return what is strange about a text."""
    doubts = []
    lost = text.count(LOST)
    if lost:
        number = "1 character" if lost == 1 else f"{lost:,} characters"
        doubts.append(f"{number} could not be read or kept and stand as {LOST}.")
    if "<" in text and sum(text.count(mark) for mark in HTML) >= 3:
        doubts.append("The text holds HTML markup, which was kept as it is.")
    if len(text) > 1_000_000:
        doubts.append(f"The text is {len(text):,} characters long: is it more than one article?")
    return doubts
