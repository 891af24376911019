"""The sample corpus as a project: five outlets on one event, a codebook, two coders' work."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from annotator.errors import BadInput
from annotator.formats.intake import intake
from annotator.formats.protocol import FoundArticle
from annotator.model import acts
from annotator.model.annotation import Assignment, Coder, Round
from annotator.model.article import Article, Outlet, Story, TextVersion, digest
from annotator.model.edit import Edit, joined
from annotator.model.ids import now, stable_id
from annotator.model.span import Span
from annotator.settings import sample_corpus
from annotator.store.project import Project
from annotator.tasks.founding import chosen_codebook, founding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from annotator.model.codebook import Codebook

NAME = "Sample story"


def sample_project(path: Path) -> Project:
    """Make a project of the sample corpus and return it, open.

    Raises:
        ProjectError: if something is at the path or it cannot be written.
        BadInput: if the installation lacks the sample.
    """
    manifest = _toml("manifest.toml")
    codebook = chosen_codebook([str(sample_corpus("codebook.toml"))])
    edit = founding(NAME, codebook, languages=("en",))
    project = Project.create(path, edit)
    try:
        for more in _contents(project, manifest, codebook):
            project.apply(more)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project


def _contents(project: Project, manifest: Mapping[str, Any], codebook: Codebook) -> Iterator[Edit]:
    """Yield the edits that fill the project: articles, then each coder's work."""
    story = Story(stable_id("sample", "story"), manifest["story"]["title"],
                  manifest["story"].get("date", ""))  # fmt: skip
    texts: dict[str, TextVersion] = {}
    records: list[Any] = [story]
    for facts in manifest["article"]:
        outlet, article, version = _article(facts, story)
        texts[facts["file"].rsplit("/", 1)[-1].removesuffix(".txt")] = version
        records += [outlet, article, version]
    yield Edit("Import the sample articles", None, after=tuple(records))
    pilot = Round(stable_id("round", "pilot"), "Pilot", "pilot", 1)
    yield Edit("Add the pilot round", None, after=(pilot,))
    for path in sorted(sample_corpus("codings").glob("*.toml")):
        yield from _coding(project, tomllib.loads(path.read_text(encoding="utf-8")), texts,
                           codebook, pilot)  # fmt: skip


def _article(facts: Mapping[str, Any], story: Story) -> tuple[Outlet, Article, TextVersion]:
    name = facts["file"].rsplit("/", 1)[-1]
    found = next(iter(intake([sample_corpus("articles", name)], options={})))
    if not isinstance(found, FoundArticle):
        raise BadInput(found.message)
    outlet = Outlet(
        stable_id("sample", "outlet", facts["outlet"]), facts["outlet"],
        country=facts.get("country", ""), kind=facts.get("kind", ""),
        leaning=facts.get("leaning", ""),
    )  # fmt: skip
    article = Article(
        stable_id("sample", name), facts.get("headline", found.headline), story.id, outlet.id,
        byline=facts.get("byline", found.byline),
        published=str(facts.get("published", found.published)),
        published_precision=facts.get("precision", found.published_precision or "day"),
        url=facts.get("url", ""), language=facts.get("language", "en"),
        wire_credit=found.wire_credit,
        provenance={"file": name, "sha256": found.source_sha256, "index": 0,
                    "importer": found.importer},
        added=now(),
    )  # fmt: skip
    version = TextVersion(
        stable_id("sample", name, "text"), article.id, 1, found.text, digest(found.text),
        "as imported", found.blocks, article.added,
    )  # fmt: skip
    return outlet, article, version


def _coding(
    project: Project, coding: Mapping[str, Any], texts: Mapping[str, TextVersion],
    codebook: Codebook, pilot: Round,
) -> Iterator[Edit]:  # fmt: skip
    """Yield one coder's work: the coder with assignments, then one edit an article."""
    coder = Coder(stable_id("sample", "coder", coding["coder"]), coding["coder"])
    version = project.codebook_version()
    desk = acts.Desk(coder.id, pilot.id, version.id if version else None)
    coded = {entry["article"] for entry in coding["annotation"]}
    assignments = tuple(
        Assignment(stable_id("sample", coder.id, name), texts[name].article_id, coder.id, pilot.id,
                   place, "comparison", status="done" if name in coded else "todo")
        for place, name in enumerate(sorted(texts))
    )  # fmt: skip
    yield Edit(f"Add coder {coder.name}", coder.id, after=(coder, *assignments))
    edits: list[Edit] = []
    for entry in coding["annotation"]:
        code = codebook.code(entry["layer"], entry["code"])
        text = texts[entry["article"]]
        if code is None:
            raise BadInput(f"The sample uses an unknown code {entry['layer']}/{entry['code']}.")
        edits.append(
            acts.tag(desk, text, _spans(text.text, entry), code,
                     attributes=entry.get("attributes"), note=entry.get("note", ""))
        )  # fmt: skip
    for entry in coding.get("answer", ()):
        variable = codebook.variable(entry["variable"])
        if variable is None:
            raise BadInput(f"The sample answers an unknown question {entry['variable']}.")
        edits.append(
            acts.answer(desk, variable, texts[entry["article"]].article_id,
                        value=entry.get("value"), missing=entry.get("missing"),
                        note=entry.get("note", ""))
        )  # fmt: skip
    yield joined(f"{coder.name}’s coding", edits)


def _spans(text: str, entry: Mapping[str, Any]) -> list[Span]:
    """Return the stretches of a coding's words; further fragments follow the first."""
    start = -1
    for _ in range(int(entry.get("occurrence", 1))):
        start = text.find(entry["quote"], start + 1)
    spans: list[Span] = []
    for words in (entry["quote"], *entry.get("more", ())):
        place = start if not spans else text.find(words, spans[-1].end)
        if place < 0:
            raise BadInput(f"The sample codes words that are not there: “{words}”.")
        spans.append(Span(place, place + len(words)))
    return spans


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(sample_corpus(name).read_text(encoding="utf-8"))
