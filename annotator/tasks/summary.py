"""What a project holds and which formats there are, as plain tables."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from annotator.formats.exporters import register_exporters
from annotator.formats.intake import register_built_ins
from annotator.formats.protocol import EXPORTERS, IMPORTERS

if TYPE_CHECKING:
    from annotator.store.project import Project


def summary(project: Project) -> dict[str, Any]:
    """Return counts of everything in a project, and its size in bytes."""
    counts = project.counts()
    return {
        "name": project.name,
        "size_bytes": project.path.stat().st_size if project.path else 0,
        **counts,
    }


def formats() -> list[dict[str, Any]]:
    """Return importers and exporters with what each can hold."""
    register_built_ins()
    register_exporters()
    rows: list[dict[str, Any]] = [
        {
            "direction": "import",
            "name": name,
            "title": importer.title,
            "files": " ".join(importer.suffixes),
            "holds": importer.holds,
            "options": [],
        }
        for name, importer in IMPORTERS.items()
    ]
    rows += [
        {
            "direction": "export",
            "name": name,
            "title": exporter.title,
            "files": exporter.suffix,
            "holds": exporter.holds,
            "options": [f.name for f in fields(exporter.options)],
        }
        for name, exporter in EXPORTERS.items()
    ]
    return rows
