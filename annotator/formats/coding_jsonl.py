"""Everything about an article as one line of JSON, text included.

For programs: a line has the shape of `annotator text` (id, headline, outlet, text, blocks, …) with
the codings added, so it can be fed to the commands that read JSON Lines. Answers on stories belong
to no article; they go, one a line, to a second file beside it (NAME.stories.jsonl) if there are
any. Offsets are code points in `text`, the end excluded. Lines end with LF alone.

Lost are only: actors and their other names, the texts of earlier versions, annotations whose words
are not those of the text. The codebook has an export of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from annotator.formats.export_rows import Flattening, Placed, article_place
from annotator.formats.protocol import ExportSummary, Losses
from annotator.formats.writing import WritingBeside, json_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from annotator.model.annotation import Answer, Fragment
    from annotator.model.corpus import CodedArticle, Corpus


@dataclass(frozen=True, slots=True)
class CodingJsonlOptions:
    """What the lines hold.

    Args:
        suggestions: Give the annotations of machine coders too.
        coders: Names of the only coders wanted, machines too; none for all.
    """

    suggestions: bool = True
    coders: tuple[str, ...] = ()


class CodingJsonl:
    """Writes one line of JSON an article; OUT is a file."""

    name = "jsonl"
    title = "JSON Lines, an article a line"
    suffix = ".jsonl"
    holds = (
        "texts, blocks, metadata, annotations with fragments, attributes and links, answers, "
        "decisions, assignments; not actors, earlier texts, the codebook"
    )
    options = CodingJsonlOptions

    def losses(self, corpus: Corpus, options: CodingJsonlOptions) -> Losses:
        """Return what the lines cannot hold of this corpus, without writing."""
        flat, losses = _flattening(corpus, options), Losses()
        for coded in corpus.articles():
            _note_unheld(losses, coded, flat.placed(coded, losses))
        _note_actors(losses, corpus)
        return losses

    def write(
        self, corpus: Corpus, out: Path, options: CodingJsonlOptions
    ) -> Iterator[ExportSummary | int]:
        """Write the file `out`, yielding the number of articles done.

        Raises:
            BadInput: if a coder is unknown or the file cannot be written.
        """
        flat, losses = _flattening(corpus, options), Losses()
        written = dict.fromkeys(("articles", "annotations", "fragments", "answers"), 0)
        with WritingBeside() as files:
            file = files.open(out)
            for coded in corpus.articles():
                rows = flat.placed(coded, losses)
                _note_unheld(losses, coded, rows)
                line = _article_line(flat, coded, rows)
                file.write(json_line(line))
                written["articles"] += 1
                written["annotations"] += len(rows)
                written["fragments"] += sum(len(row.fragments) for row in rows)
                written["answers"] += len(line["answers"])
                yield written["articles"]
            written["answers"] += _write_story_answers(flat, corpus, files, out)
        _note_actors(losses, corpus)
        yield ExportSummary(files.paths, written, losses)


def _flattening(corpus: Corpus, options: CodingJsonlOptions) -> Flattening:
    return Flattening(corpus, options.coders, suggestions=options.suggestions)


def _note_unheld(losses: Losses, coded: CodedArticle, rows: list[Placed]) -> None:
    earlier = {f.text_version_id for row in rows for f in row.earlier}
    if earlier:
        losses.note("texts of earlier versions", article_place(coded.article), len(earlier))


def _note_actors(losses: Losses, corpus: Corpus) -> None:
    for actor, _ in corpus.actors():
        losses.note("actors and their other names", actor.name)


def _write_story_answers(flat: Flattening, corpus: Corpus, files: WritingBeside, out: Path) -> int:
    """Write the answers on stories beside the file; make none if there are none."""
    file: TextIO | None = None
    count = 0
    for answer in corpus.story_answers():
        if not flat.wants(answer.coder_id):
            continue
        if file is None:
            file = files.open(out.with_name(f"{out.stem}.stories{out.suffix}"))
        story = corpus.stories.get(answer.unit_id)
        head = {"story_id": answer.unit_id, "story": story.title if story else ""}
        file.write(json_line(head | _answer(flat, answer)))
        count += 1
    return count


def _article_line(flat: Flattening, coded: CodedArticle, rows: list[Placed]) -> dict[str, Any]:
    article, version = coded.article, coded.version
    return {
        "id": article.id,
        "headline": article.headline,
        "outlet": coded.outlet.name if coded.outlet else "",
        "story": coded.story.title if coded.story else "",
        "byline": article.byline,
        "published": article.published,
        "published_precision": article.published_precision,
        "url": article.url,
        "language": article.language,
        "section": article.section,
        "genre": article.genre,
        "wire_credit": article.wire_credit,
        "note": article.note,
        "added": article.added,
        "text": version.text,
        "text_version": {
            "id": version.id, "number": version.number, "sha256": version.sha256,
            "reason": version.reason, "created": version.created,
        },
        "blocks": [asdict(block) for block in version.blocks],
        "annotations": [_annotation(flat, row) for row in rows],
        "links": [
            {"id": link.id, "kind": link.kind, "from": link.from_id, "to": link.to_id,
             "coder": flat.coder(link.coder_id).name, "run": link.run_id}
            for link in flat.links(coded.links)
        ],
        "answers": [_answer(flat, answer) for answer in flat.answers(coded.answers)],
        "decisions": _decisions(flat, coded),
        "assignments": _assignments(flat, coded),
        "outlet_details": asdict(coded.outlet) if coded.outlet else None,
        "story_details": asdict(coded.story) if coded.story else None,
        "provenance": article.provenance,
    }  # fmt: skip


def _annotation(flat: Flattening, row: Placed) -> dict[str, Any]:
    annotation = row.annotation
    return {
        "id": annotation.id,
        "coder": row.coder.name,
        "coder_kind": row.coder.kind,
        "round": flat.round_name(annotation.round_id),
        **row.code_columns,
        "fragments": [_fragment(f) for f in row.fragments],
        "earlier": [{"text_version": f.text_version_id, **_fragment(f)} for f in row.earlier],
        "attributes": dict(sorted(annotation.attributes.items())),
        "note": annotation.note,
        "certainty": annotation.certainty,
        "score": annotation.score,
        "origin": row.origin,
        "derived_from": annotation.derived_from,
        "run": annotation.run_id,
        "codebook_version": flat.version_number(annotation.codebook_version_id),
        "created": annotation.created,
        "modified": annotation.modified,
    }


def _fragment(fragment: Fragment) -> dict[str, Any]:
    return {"start": fragment.start, "end": fragment.end, "exact": fragment.exact}


def _answer(flat: Flattening, answer: Answer) -> dict[str, Any]:
    coder = flat.coder(answer.coder_id)
    return {
        "id": answer.id,
        "coder": coder.name,
        "coder_kind": coder.kind,
        "round": flat.round_name(answer.round_id),
        **flat.answer_columns(answer),
        "note": answer.note,
        "codebook_version": flat.version_number(answer.codebook_version_id),
        "created": answer.created,
        "modified": answer.modified,
    }


def _decisions(flat: Flattening, coded: CodedArticle) -> list[dict[str, Any]]:
    return [
        {
            "id": d.id, "coder": flat.coder(d.coder_id).name, "layer": d.layer, "code": d.code,
            "exact": d.exact, "prefix": d.prefix, "suffix": d.suffix, "verdict": d.verdict,
            "component": d.component, "created": d.created,
        }
        for d in sorted(coded.decisions, key=lambda d: d.id)
        if flat.wants(d.coder_id)
    ]  # fmt: skip


def _assignments(flat: Flattening, coded: CodedArticle) -> list[dict[str, Any]]:
    return [
        {
            "id": a.id, "coder": flat.coder(a.coder_id).name,
            "round": flat.round_name(a.round_id), "position": a.position, "mode": a.mode,
            "blinds": list(a.blinds), "status": a.status,
        }
        for a in sorted(coded.assignments, key=lambda a: a.id)
        if flat.wants(a.coder_id)
    ]  # fmt: skip
