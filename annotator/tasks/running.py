"""Running a task to its end: apply what it asks for, show how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.model.step import Step
    from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task came to: units done, and every warning in order."""

    done: int
    total: int
    warnings: tuple[str, ...]


def run(
    project: Project, steps: Iterable[Step], seen: Callable[[Step], None] | None = None
) -> Outcome:
    """Iterate a task, applying every edit; `seen` is called after each step."""
    done = total = 0
    warnings: list[str] = []
    for step in steps:
        if step.edit is not None:
            project.apply(step.edit)
        done, total = step.done, step.total
        warnings += step.warnings
        if seen is not None:
            seen(step)
    return Outcome(done, total, tuple(warnings))


def rehearse(steps: Iterable[Step], seen: Callable[[Step], None]) -> list[str]:
    """Iterate a task without applying anything; return its warnings."""
    warnings: list[str] = []
    for step in steps:
        seen(step)
        warnings += step.warnings
    return warnings
