"""Planning double coding in a project: how rare is the rarest value of each variable?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from annotator.agreement.planning import Rarity

if TYPE_CHECKING:
    from annotator.model.annotation import Answer
    from annotator.model.codebook import Variable
    from annotator.store.project import Project

# With fewer answers than these, how rare a value is cannot be told from the data.
ENOUGH = 30
CATEGORICAL = frozenset({"yes-no", "nominal", "ordinal"})


def rarities_of(project: Project) -> list[Rarity]:
    """Return the share of the rarest value of each question with categories.

    It is measured where there are answers enough; else all values are taken to be equally common,
    which makes the requirement a lower bound.
    """
    counts: dict[str, Counter[str]] = {}
    people = {coder.id for coder in project.coders.values() if coder.kind == "human"}
    for coded in project.articles():
        for answer in coded.answers:
            if answer.coder_id in people:
                _count(counts, answer)
    return [
        _rarity(variable, counts.get(variable.id, Counter()))
        for variable in project.codebook.variables
        if variable.type in CATEGORICAL and not variable.multiple and variable.unit == "article"
    ]


def _count(counts: dict[str, Counter[str]], answer: Answer) -> None:
    if answer.missing is None and not isinstance(answer.value, (list, tuple)):
        counts.setdefault(answer.variable_id, Counter())[str(answer.value)] += 1


def _rarity(variable: Variable, counts: Counter[str]) -> Rarity:
    """Return the share of the rarest value that occurs; an even share without answers enough."""
    total = counts.total()
    if total >= ENOUGH and len(counts) > 1:
        return Rarity(variable.name, min(counts.values()) / total, is_measured=True)
    return Rarity(variable.name, 1 / max(len(variable.values), 2))
