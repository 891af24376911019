"""The demonstration: sample corpus, highlights, exports, and a summary of where it all lies."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.formats.protocol import ExportSummary
from annotator.tasks.exporting import exporter, exporting, said
from annotator.tasks.highlighting import highlighting
from annotator.tasks.running import run
from annotator.tasks.sample import sample_project
from annotator.tasks.summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.model.step import Step
    from annotator.store.project import Project

EXPORTS = (("coding-csv", "coding"), ("jsonl", "coding.jsonl"))


def prepared(folder: Path | None, seen: Callable[[Step], None]) -> Path:
    """Make the sample project with its highlights in a folder and return its path.

    A sample that is there already is used as it is, so that nobody's work is lost.

    Args:
        folder: Where; a new temporary folder if None.
        seen: Called after each step.

    Raises:
        ProjectError: if it cannot be written.
    """
    home = Path(tempfile.mkdtemp(prefix="parallax-")) if folder is None else folder
    home.mkdir(parents=True, exist_ok=True)
    path = home / "sample.annot"
    if not path.exists():
        with sample_project(path) as project:
            run(project, highlighting(project), seen)
    return path


def exported(project: Project, folder: Path) -> list[str]:
    """Write the demonstration's exports and return a sentence about each."""
    sentences = []
    for name, out in EXPORTS:
        chosen = exporter(name)
        for made in exporting(project, chosen, folder / out, chosen.options()):
            if isinstance(made, ExportSummary):
                written = ", ".join(f"{number} {what}" for what, number in made.written.items())
                lost = f"; not held: {said(made.losses)}" if made.losses else ""
                sentences.append(f"Export {name}: {folder / out} ({written}{lost})")
    return sentences


def told(project: Project) -> str:
    """Return one sentence on what a project holds."""
    facts = summary(project)
    return (
        f"Project {project.path}: {facts['articles']} articles by {facts['outlets']} outlets on "
        f"{facts['stories']} story, {facts['annotations']} annotations "
        f"({project.count_suggestions()} suggested), {facts['answers']} answers"
    )
