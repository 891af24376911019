"""The words of a tooltip over annotations: title and lines of each, shortest stretch first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.desktop.mark import Mark

MOST = 6


def tooltip(marks: Sequence[Mark]) -> str:
    """Return rich text for the annotations at one place, or "" for none."""
    parts = [_entry(mark) for mark in marks[:MOST]]
    if len(marks) > MOST:
        parts.append(f"<p style='margin:0'>and {len(marks) - MOST} more</p>")
    return "".join(parts)


def _entry(mark: Mark) -> str:
    title = escape(mark.title or mark.label or mark.kind.capitalize() or "Annotation")
    lines = "".join(f"<br>{escape(line)}" for line in mark.lines)
    return f"<p style='margin:0 0 4px 0'><b>{title}</b>{lines}</p>"
