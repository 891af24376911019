"""Exporting: one format, one summary, written whole or not at all."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from annotator.errors import BadInput, LossRefused
from annotator.formats.exporters import register_exporters
from annotator.formats.protocol import EXPORTERS, ExportSummary
from annotator.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from annotator.formats.protocol import Exporter, Losses
    from annotator.model.corpus import Corpus


def exporter(name: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        BadInput: naming the known formats.
    """
    register_exporters()
    return EXPORTERS.get(name)


def options_of(chosen: Exporter, values: Mapping[str, str]) -> Any:  # each has its own options
    """Return the exporter's options from texts, as the command line gives them.

    Raises:
        BadInput: if an option is unknown or its value does not fit.
    """
    known = {f.name: f for f in fields(chosen.options)}
    made: dict[str, Any] = {}
    for raw, text in values.items():
        name = raw.replace("-", "_")
        if name not in known:
            listed = ", ".join(f"--{n.replace('_', '-')}" for n in known) or "none"
            raise BadInput(
                f"The format {chosen.name} has no option --{raw}.", hint=f"It has {listed}."
            )
        made[name] = _parsed(name, text, known[name].default)
    return chosen.options(**made)


def _parsed(name: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        words = {"yes": True, "true": True, "1": True, "": True,
                 "no": False, "false": False, "0": False}  # fmt: skip
        if text.lower() not in words:
            raise BadInput(f"The option --{name} is yes or no, not “{text}”.")
        return words[text.lower()]
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError as error:
            raise BadInput(f"The option --{name} is a whole number, not “{text}”.") from error
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def exporting(
    corpus: Corpus, chosen: Exporter, out: Path, options: Any, *, strict: bool = False
) -> Iterator[Step | ExportSummary]:
    """Write an export, yielding progress and last the summary.

    Args:
        corpus: What to write, in one state.
        chosen: The format.
        out: File or folder.
        options: The exporter's options.
        strict: Refuse instead of losing anything.

    Raises:
        LossRefused: if strict and the format cannot hold everything; nothing is written.
        BadInput: if the place cannot be written.
    """
    total = corpus.count()
    if strict:
        losses = chosen.losses(corpus, options)
        if losses:
            raise LossRefused(
                f"The format {chosen.name} cannot hold everything: {said(losses)}.",
                hint="Nothing was written; leave out --strict to write the rest.",
            )
    for made in chosen.write(corpus, out, options):
        if isinstance(made, ExportSummary):
            yield made
        else:
            yield Step(made, total, f"{made} of {total} articles written")


def said(losses: Losses) -> str:
    """Return the losses as part of a sentence: "3 links between annotations, 1 decision"."""
    return ", ".join(f"{number} {kind}" for kind, number in sorted(losses.counts.items()))
