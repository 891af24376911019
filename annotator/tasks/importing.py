"""Importing: found articles become articles of the project, with their outlets and stories.

Nothing is dropped without a sentence. A text that the same outlet already has in the project is
left out; one that another outlet has is kept and marked as a duplicate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator import __version__
from annotator.formats.intake import intake
from annotator.formats.protocol import FoundArticle, Refused
from annotator.model.article import Article, Outlet, Story, TextVersion, digest
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now
from annotator.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from annotator.model.edit import Record
    from annotator.store.project import Project

AT_ONCE = 40  # what the window can write without a stall


class Intake:
    """Turns found articles into records, knowing what the project already has.

    Args:
        project: The project, for reading.
        story: Title of the story that all belong to; each article's own if empty.
        outlet: Name of the outlet of all; each article's own if empty.
    """

    def __init__(self, project: Project, *, story: str = "", outlet: str = "") -> None:
        self._project = project
        self._story = story
        self._outlet = outlet
        self._outlets = {o.name.casefold(): o for o in project.outlets.values()}
        self._stories = {s.title.casefold(): s for s in project.stories.values()}
        self._hashes: dict[str, list[tuple[str, str | None]]] = {}

    def records(self, found: FoundArticle) -> tuple[list[Record], list[str]]:
        """Return what to write for an article, and warnings; nothing to write for a duplicate."""
        made: list[Record] = []
        outlet = self._named(self._outlets, Outlet, self._outlet or found.outlet, made)
        story = self._named(self._stories, Story, self._story or found.story, made)
        sha256 = digest(found.text)
        twins = self._twins(sha256)
        where = f"{found.source_name}, article {found.index + 1}"
        warnings = [f"{where}: {warning}" for warning in found.warnings]
        outlet_id = outlet.id if outlet is not None else None
        if any(theirs == outlet_id for _, theirs in twins):
            sentence = f"{where}: the same text is in the project already; it was left out."
            return [], [*warnings, sentence]
        provenance: dict[str, Any] = {
            "file": found.source_name,
            "sha256": found.source_sha256,
            "index": found.index,
            "importer": found.importer,
            "version": __version__,
        }
        if found.extra:
            provenance["extra"] = dict(found.extra)
        if twins:
            provenance["duplicate_of"] = twins[0][0]
            warnings.append(f"{where}: another outlet has the same text; both were kept.")
        article = Article(
            id=new_id(),
            headline=found.headline,
            story_id=story.id if story is not None else None,
            outlet_id=outlet_id,
            provenance=provenance,
            added=now(),
            **{name: getattr(found, name) for name in _COPIED},
        )
        version = TextVersion(
            new_id(), article.id, 1, found.text, sha256, "as imported", found.blocks, article.added
        )
        self._hashes.setdefault(sha256, []).append((article.id, outlet_id))
        return [*made, article, version], warnings

    def _twins(self, sha256: str) -> list[tuple[str, str | None]]:
        if sha256 not in self._hashes:
            stored = self._project.get_all(Article, self._project.articles_with_hash(sha256))
            self._hashes[sha256] = [(a.id, a.outlet_id) for a in stored.values()]
        return self._hashes[sha256]

    def _named(self, known: dict[str, Any], kind: type, name: str, made: list[Record]) -> Any:
        """Return the outlet or story of this name, making it if new; None without a name."""
        if not name.strip():
            return None
        key = name.strip().casefold()
        if key not in known:
            known[key] = kind(new_id(), name.strip())
            made.append(known[key])
        return known[key]


_COPIED = (
    "byline", "published", "published_precision", "url", "language", "section", "genre",
    "wire_credit",
)  # fmt: skip


def importing(
    project: Project,
    paths: Sequence[Path],
    *,
    story: str = "",
    outlet: str = "",
    options: Mapping[str, Any] | None = None,
    coder_id: str | None = None,
) -> Iterator[Step]:
    """Import files; every step carries the edit for some articles, all of one batch.

    Args:
        project: Read while importing; the edits are applied by whoever iterates.
        paths: Files and folders.
        story: Title of the story all belong to.
        outlet: Name of the outlet of all.
        options: Passed to the importers (`map`, `separator`, …).
        coder_id: Who imports, for the log.
    """
    yield from storing(
        project,
        intake(paths, options=dict(options or {})),
        story=story,
        outlet=outlet,
        coder_id=coder_id,
    )


def storing(
    project: Project,
    found: Iterable[FoundArticle | Refused],
    *,
    story: str = "",
    outlet: str = "",
    coder_id: str | None = None,
) -> Iterator[Step]:
    """Store found articles; see `importing`."""
    desk = Intake(project, story=story, outlet=outlet)
    batch = new_id()
    records: list[Record] = []
    warnings: list[str] = []
    done = pending = 0
    for item in found:
        if isinstance(item, Refused):
            warnings.append(item.message)
            continue
        made, said = desk.records(item)
        warnings += said
        records += made
        pending += any(isinstance(record, Article) for record in made)
        if pending >= AT_ONCE:
            done += pending
            yield _step(done, records, warnings, batch, coder_id)
            records, warnings, pending = [], [], 0
    done += pending
    if records or warnings or not done:
        yield _step(done, records, warnings, batch, coder_id)


def _step(
    done: int, records: list[Record], warnings: list[str], batch: str, coder_id: str | None
) -> Step:
    articles = sum(isinstance(record, Article) for record in records)
    label = f"Import {articles} article{'s' if articles != 1 else ''}"
    edit = Edit(label, coder_id, after=tuple(records), batch=batch) if records else None
    return Step(done, 0, f"{done} imported", edit, tuple(warnings))
