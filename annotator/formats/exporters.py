"""The exporters that come with the program, in the order in which they are listed.

Modules are loaded only when exporters are asked for. What an exporter is, `protocol` says;
installed packages add theirs through the entry points of its registry.
"""

from __future__ import annotations

from importlib import import_module

from annotator.formats.protocol import EXPORTERS

# Module and class of each, below annotator.formats.
BUILT_IN = (
    ("coding_csv", "CodingCsv"),
    ("coding_jsonl", "CodingJsonl"),
)


def register_exporters() -> None:
    """Register the built-in exporters; doing it again changes nothing."""
    for module, kind in BUILT_IN:
        exporter = getattr(import_module(f"annotator.formats.{module}"), kind)()
        EXPORTERS.register(exporter.name, exporter)
