"""What a machine coder finds in a text, before it becomes an annotation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.model.span import Fragments


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one text.

    Args:
        layer: Slug of a machine layer: entity, quote, attribution or boilerplate.
        code: Slug of the code in that layer.
        fragments: Stretches in code points, ascending and disjoint.
        score: Confidence, 0 to 1.
        component: Which component found it: entities, quotes or boilerplate.
        attributes: Values by attribute slug.
        source: Position in the text's list of findings of the span saying who speaks, if any.
        cue: Position in the same list of the span saying how it is said, if any.
    """

    layer: str
    code: str
    fragments: Fragments
    score: float
    component: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    source: int | None = None
    cue: int | None = None
