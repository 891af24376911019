"""Codings as three tables in a folder: spans.csv, answers.csv, articles.csv.

For R, Stata, SPSS, pandas and Excel: UTF-8, RFC 4180, ISO dates, dots in decimals. `spans.csv` has
a row a fragment, so that discontinuous and overlapping annotations stay what they are; offsets are
code points in the current text, the end excluded. Tables are written whole or not at all. Links,
decisions and what stands on earlier texts have no place in tables and are counted as lost; the
texts and the codebook have exports of their own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.errors import BadInput
from annotator.formats.export_rows import (
    Flattening,
    Placed,
    article_place,
    begins_here,
    note_dropped_places,
)
from annotator.formats.protocol import ExportSummary, Losses
from annotator.formats.writing import WritingBeside, cell
from annotator.model.article import word_count
from annotator.model.suggestions import content_mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from annotator.model.annotation import Answer, Fragment
    from annotator.model.article import Story
    from annotator.model.corpus import CodedArticle, Corpus

SEPARATORS = (",", ";")
SPAN_COLUMNS = (
    "annotation_id", "article_id", "headline", "outlet", "story", "published", "coder",
    "coder_kind", "round", "layer", "code", "code_name", "code_number", "code_path", "fragment",
    "fragments", "start", "end", "words", "exact",
)  # fmt: skip
SPAN_COLUMNS_AFTER = (
    "note", "certainty", "score", "origin", "derived_from", "codebook_version", "created",
    "modified",
)  # fmt: skip
ANSWER_COLUMNS = (
    "answer_id", "unit", "unit_id", "article_id", "headline", "outlet", "story_id", "story",
    "coder", "coder_kind", "round", "variable", "variable_name", "variable_type", "value",
    "value_label", "missing", "missing_label", "note", "codebook_version", "created", "modified",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "article_id", "headline", "outlet", "story_id", "story", "story_date", "byline", "published",
    "published_precision", "url", "language", "section", "genre", "wire_credit", "words",
    "content_words", "characters", "text_version", "sha256", "note", "added",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodingCsvOptions:
    """How the tables are written.

    Args:
        separator: "," or ";" (which Excel wants where decimals have a comma).
        bom: Begin files with a byte-order mark, so that Excel reads them as UTF-8.
        text: Give the words of every span.
        suggestions: Give the annotations of machine coders too.
        coders: Names of the only coders wanted, machines too; none for all.

    Raises:
        BadInput: if the separator is another one.
    """

    separator: str = field(default=",", metadata={"choices": SEPARATORS})
    bom: bool = True
    text: bool = True
    suggestions: bool = False
    coders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.separator not in SEPARATORS:
            raise BadInput(
                f"Columns cannot be separated by “{self.separator}”.", hint="Choose , or ;."
            )


class CodingCsv:
    """Writes codings as tables; OUT is a folder."""

    name = "coding-csv"
    title = "Tables for statistics (CSV)"
    suffix = ""
    holds = (
        "spans with overlaps, fragments and attributes, answers of the coding sheet, metadata of "
        "articles; not links, decisions, assignments, actors, texts"
    )
    options = CodingCsvOptions

    def losses(self, corpus: Corpus, options: CodingCsvOptions) -> Losses:
        """Return what tables cannot hold of this corpus, without writing."""
        return _survey(corpus, _flattening(corpus, options))[0]

    def write(
        self, corpus: Corpus, out: Path, options: CodingCsvOptions
    ) -> Iterator[ExportSummary | int]:
        """Write the three tables into the folder `out`, yielding the number of articles done.

        Raises:
            BadInput: if a coder is unknown or the folder cannot be written.
        """
        flat = _flattening(corpus, options)
        losses, slugs = _survey(corpus, flat)
        with WritingBeside() as files:
            tables = _Tables(files, out, options, slugs)
            for done, coded in enumerate(corpus.articles(), 1):
                tables.add_article(flat, corpus, coded)
                yield done
            tables.add_story_answers(flat, corpus)
        yield ExportSummary(files.paths, tables.written, losses)


def _flattening(corpus: Corpus, options: CodingCsvOptions) -> Flattening:
    return Flattening(corpus, options.coders, suggestions=options.suggestions)


def _survey(corpus: Corpus, flat: Flattening) -> tuple[Losses, list[str]]:
    """Return what is lost, and the slugs of all attributes used, in the codebook's order."""
    losses, used = Losses(), set[str]()
    for coded in corpus.articles():
        rows = flat.placed(coded, losses)
        note_dropped_places(losses, coded.article, rows)
        used.update(slug for row in rows if row.fragments for slug in row.annotation.attributes)
        _note_unheld(losses, flat, coded)
    for actor, _ in corpus.actors():
        losses.note("actors and their other names", actor.name)
    last = len(flat.attribute_order)
    return losses, sorted(used, key=lambda s: (flat.attribute_order.get(s, last), s))


def _note_unheld(losses: Losses, flat: Flattening, coded: CodedArticle) -> None:
    place = article_place(coded.article)
    for link in flat.links(coded.links):
        if begins_here(link, coded):
            losses.note("links between annotations", f"{place}: {link.kind.replace('_', ' ')}")
    for decision in coded.decisions:
        if flat.wants(decision.coder_id):
            about = f"{decision.layer}/{decision.code}" if decision.code else decision.layer
            losses.note("decisions on suggestions", f"{place}: {decision.verdict} {about}")
    for assignment in coded.assignments:
        if flat.wants(assignment.coder_id):
            losses.note("assignments", f"{place}: {flat.coder(assignment.coder_id).name}")


class _Tables:
    """The three open tables and how many rows they have."""

    def __init__(
        self, files: WritingBeside, folder: Path, options: CodingCsvOptions, slugs: list[str]
    ) -> None:
        columns = [c for c in SPAN_COLUMNS if options.text or c != "exact"]
        attributes = {slug: f"attr_{slug}" for slug in slugs}
        self._attributes = attributes
        self._spans, self._answers, self._articles = (
            _Table(files.open(folder / name, encoding="utf-8-sig" if options.bom else "utf-8"),
                   named, options.separator)
            for name, named in (
                ("spans.csv", (*columns, *attributes.values(), *SPAN_COLUMNS_AFTER)),
                ("answers.csv", ANSWER_COLUMNS),
                ("articles.csv", ARTICLE_COLUMNS),
            )
        )  # fmt: skip
        self.written: dict[str, int] = {}

    def add_article(self, flat: Flattening, corpus: Corpus, coded: CodedArticle) -> None:
        """Add one article's rows to all three."""
        head = _head(coded)
        self._articles.add(_article_row(coded, head, corpus))
        self._count("articles", 1)
        for row in flat.placed(coded):
            if not row.fragments:
                continue
            said = self._annotation_columns(flat, row)
            for number, fragment in enumerate(row.fragments, 1):
                self._spans.add(head | said | _fragment_columns(fragment, number))
            self._count("annotations", 1)
            self._count("fragments", len(row.fragments))
        for answer in flat.answers(coded.answers):
            self._add_answer(flat, answer, head | {"unit": "article"})

    def add_story_answers(self, flat: Flattening, corpus: Corpus) -> None:
        """Add the answers on stories."""
        for answer in corpus.story_answers():
            if flat.wants(answer.coder_id):
                head = _story_columns(corpus.stories.get(answer.unit_id))
                self._add_answer(flat, answer, head | {"unit": "story", "story_id": answer.unit_id})

    def _add_answer(self, flat: Flattening, answer: Answer, head: dict[str, Any]) -> None:
        coder = flat.coder(answer.coder_id)
        self._answers.add(
            head
            | flat.answer_columns(answer)
            | {
                "answer_id": answer.id,
                "unit_id": answer.unit_id,
                "coder": coder.name,
                "coder_kind": coder.kind,
                "round": flat.round_name(answer.round_id),
                "note": answer.note,
                "codebook_version": flat.version_number(answer.codebook_version_id),
                "created": answer.created,
                "modified": answer.modified,
            }
        )
        self._count("answers", 1)

    def _annotation_columns(self, flat: Flattening, row: Placed) -> dict[str, Any]:
        annotation = row.annotation
        code = row.code_columns
        code["code_path"] = code.pop("path")
        values = {self._attributes[slug]: v for slug, v in annotation.attributes.items()}
        return code | values | {
            "annotation_id": annotation.id,
            "coder": row.coder.name,
            "coder_kind": row.coder.kind,
            "round": flat.round_name(annotation.round_id),
            "fragments": len(row.fragments),
            "note": annotation.note,
            "certainty": annotation.certainty,
            "score": annotation.score,
            "origin": row.origin,
            "derived_from": annotation.derived_from,
            "codebook_version": flat.version_number(annotation.codebook_version_id),
            "created": annotation.created,
            "modified": annotation.modified,
        }  # fmt: skip

    def _count(self, what: str, number: int) -> None:
        self.written[what] = self.written.get(what, 0) + number


class _Table:
    """One table: rows are given by column; what the table has no column for is not written."""

    def __init__(self, file: TextIO, columns: tuple[str, ...], separator: str) -> None:
        self._columns = columns
        self._writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        self._writer.writerow(columns)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one row."""
        self._writer.writerow([cell(row.get(column)) for column in self._columns])


def _story_columns(story: Story | None) -> dict[str, Any]:
    if story is None:
        return {}
    return {"story_id": story.id, "story": story.title, "story_date": story.date}


def _head(coded: CodedArticle) -> dict[str, Any]:
    return _story_columns(coded.story) | {
        "article_id": coded.article.id,
        "headline": coded.article.headline,
        "outlet": coded.outlet.name if coded.outlet else "",
        "published": coded.article.published,
    }


def _fragment_columns(fragment: Fragment, number: int) -> dict[str, Any]:
    return {
        "fragment": number,
        "start": fragment.start,
        "end": fragment.end,
        "words": word_count(fragment.exact),
        "exact": fragment.exact,
    }


def _article_row(coded: CodedArticle, head: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    article, version = coded.article, coded.version
    own = content_mask(
        version, coded.annotations, coded.decisions, corpus.coders, corpus.codebook, None
    )
    plain = ("byline", "published_precision", "url", "language", "section", "genre",
             "wire_credit", "note", "added")  # fmt: skip
    return head | {name: getattr(article, name) for name in plain} | {
        "words": word_count(version.text),
        "content_words": sum(word_count(span.of(version.text)) for span in own),
        "characters": len(version.text),
        "text_version": version.number,
        "sha256": version.sha256,
    }  # fmt: skip
