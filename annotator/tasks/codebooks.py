"""Changing the codebook: the rows that differ and a new snapshot, as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import BadCodebook
from annotator.formats.codebooks import combine
from annotator.model.codebook import MACHINE_LAYERS, Codebook, CodebookVersion, Setting
from annotator.model.codebook_check import checked
from annotator.model.codebook_file import to_plain
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now

if TYPE_CHECKING:
    from annotator.model.edit import Record
    from annotator.store.project import Project


def replacing(
    project: Project, codebook: Codebook, *, comment: str = "", coder_id: str | None = None
) -> Edit:
    """Return the edit that makes this the project's codebook; machine layers stay.

    Args:
        project: The project.
        codebook: The new codebook, whole.
        comment: Why it changes.
        coder_id: Who changes it.

    Raises:
        BadCodebook: if the codebook is frozen, contradicts itself, or drops a code in use.
    """
    newest = project.codebook_version()
    if newest is not None and newest.frozen:
        raise BadCodebook(
            f"The codebook is frozen at version {newest.number}.",
            hint="Unfreeze it first; that is logged.",
        )
    old = project.codebook
    machine = _machine_part(old)
    new = checked(combine([machine, codebook]))
    stored = {item.id: item for item in old.items()}
    wanted = {item.id: item for item in new.items()}
    _refuse_losses(project, set(stored) - set(wanted))
    before: list[Record] = [item for key, item in stored.items() if wanted.get(key) != item]
    after: list[Record] = [item for key, item in wanted.items() if stored.get(key) != item]
    for key, value in (("codebook_name", codebook.name), ("codebook_citation", codebook.citation)):
        known = project.get(Setting, key)
        if known is None or known.value != value:
            before += [known] if known is not None else []
            after.append(Setting(key, value))
    number = newest.number + 1 if newest is not None else 1
    version = CodebookVersion(new_id(), number, to_plain(new), comment=comment, created=now())
    return Edit(
        f"Change the codebook to version {number}", coder_id, tuple(before), (*after, version)
    )


def _machine_part(codebook: Codebook) -> Codebook:
    return Codebook(
        layers=tuple(x for x in codebook.layers if x.slug in MACHINE_LAYERS),
        codes=tuple(x for x in codebook.codes if x.layer in MACHINE_LAYERS),
        attributes=tuple(x for x in codebook.attributes if x.layer in MACHINE_LAYERS),
    )


def _refuse_losses(project: Project, removed: set[str]) -> None:
    used = project.uses_of(removed)
    if used:
        listed = ", ".join(f"{name} ({number})" for name, number in sorted(used.items()))
        raise BadCodebook(
            f"The new codebook lacks what annotations or answers use: {listed}.",
            hint="Recode them or keep these items; nothing was changed.",
        )
