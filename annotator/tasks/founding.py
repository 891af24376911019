"""Founding a project: its name, codebook, coder and first round, as one edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import BadInput
from annotator.formats.codebooks import combine, read_codebook, template, templates
from annotator.model.acts import Desk
from annotator.model.annotation import Coder, Round
from annotator.model.codebook import MACHINE_LAYERS, CodebookVersion, Setting
from annotator.model.codebook_file import to_plain
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now, stable_id
from annotator.store.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.codebook import Codebook

# Every project can hold what machine coders find.
DIGITS = "1234567890"
MACHINE_TEMPLATES = ("entities", "quotes", "boilerplate")


def chosen_codebook(names: Sequence[str]) -> Codebook:
    """Return the codebook of templates and files, with the layers machine coders need.

    Args:
        names: Names of templates or paths of codebook files.

    Raises:
        BadInput: if a name is neither.
        BadCodebook: if a file contradicts itself.
    """
    known = {name for name, _ in templates()}
    machine = [template(name) for name in MACHINE_TEMPLATES if name not in names]
    books = []
    for name in names:
        if name in known:
            books.append(template(name))
        elif Path(name).exists():
            books.append(read_codebook(Path(name)))
        else:
            raise BadInput(
                f"“{name}” is neither a codebook template nor a file.",
                hint=f"Templates are {', '.join(sorted(known))}.",
            )
    chosen = combine(books)
    whole = combine([*machine, *books])
    return with_keys(replace(whole, name=chosen.name, citation=chosen.citation))


def with_keys(codebook: Codebook) -> Codebook:
    """Return the codebook with free digits given to the researcher's codes that have no key."""
    taken = {code.key for code in codebook.codes}
    free = iter([digit for digit in DIGITS if digit not in taken])
    codes = tuple(
        replace(code, key=next(free, ""))
        if not code.key and code.layer not in MACHINE_LAYERS
        else code
        for code in codebook.codes
    )
    return replace(codebook, codes=codes)


def founding(
    name: str, codebook: Codebook, *, coder: str = "", languages: Sequence[str] = ("en",)
) -> Edit:
    """Return the edit that a new project begins with.

    Args:
        name: The project's name.
        codebook: What may be said.
        coder: Name of the first coder; none if empty.
        languages: BCP 47 tags.
    """
    version = CodebookVersion(new_id(), 1, to_plain(codebook), comment="as founded", created=now())
    people = (Coder(new_id(), coder),) if coder else ()
    rounds = (Round(stable_id("round", "main"), "Main coding", "main", 0),)
    settings = (
        Setting("name", name),
        Setting("languages", list(languages)),
        Setting("codebook_name", codebook.name),
        Setting("codebook_citation", codebook.citation),
    )
    return Edit(
        f"New project {name}", people[0].id if people else None,
        after=(*settings, *codebook.items(), version, *rounds, *people),
    )  # fmt: skip


def new_project(
    path: Path,
    codebooks: Sequence[str] = (),
    *,
    coder: str = "",
    languages: Sequence[str] = ("en",),
) -> Project:
    """Make a project file and return it, open.

    Raises:
        ProjectError: if something is there or the folder cannot be written.
        BadInput: if a codebook name is unknown.
    """
    edit = founding(path.stem, chosen_codebook(codebooks), coder=coder, languages=languages)
    return Project.create(path, edit)


def desk_of(project: Project, coder: str, round_name: str = "") -> tuple[Desk, Edit | None]:
    """Return the desk of a coder by name, and the edit that adds the coder if new.

    Args:
        project: The project.
        coder: Name; upper and lower case count as the same.
        round_name: Name of the round; the first main round if empty.
    """
    known = {c.name.casefold(): c for c in project.coders.values() if c.kind == "human"}
    person = known.get(coder.casefold())
    edit = None
    if person is None:
        person = Coder(new_id(), coder)
        edit = Edit(f"Add coder {coder}", person.id, after=(person,))
    rounds = sorted(project.rounds.values(), key=lambda r: (r.kind != "main", r.position, r.id))
    named = [r for r in rounds if r.name == round_name] or rounds
    version = project.codebook_version()
    desk = Desk(person.id, named[0].id if named else None, version.id if version else None)
    return desk, edit
