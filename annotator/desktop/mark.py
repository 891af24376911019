"""What the reading pane shows of an annotation, and the place it takes. Values only, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from annotator.model.span import covered, hull

if TYPE_CHECKING:
    from annotator.model.span import Fragments, Span

SUGGESTION, OWN, OTHER_CODER = "suggestion", "own", "other-coder"
BOILERPLATE_SUGGESTED, BOILERPLATE_OWN = "boilerplate-suggested", "boilerplate-own"
SHARED, HIT = "shared", "hit"
FORMS = (SUGGESTION, OWN, OTHER_CODER, BOILERPLATE_SUGGESTED, BOILERPLATE_OWN)
BARS = frozenset({OWN, OTHER_CODER})
BOILERPLATE = frozenset({BOILERPLATE_SUGGESTED, BOILERPLATE_OWN})
IN_MARGIN = BARS | BOILERPLATE
KINDS = ("person", "organisation", "place", "quote", "attribution")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the pane shows of an annotation.

    Args:
        id: The annotation's id.
        fragments: Its stretches in code points, ascending and disjoint.
        form: One of `FORMS`: who made it, and whether it is boilerplate.
        kind: For suggestions, one of `KINDS`; it decides colour and hairline.
        colour_light: #RRGGBB on a light ground.
        colour_dark: #RRGGBB on a dark ground.
        pattern: One of `model.codebook.PATTERNS`.
        label: Few letters for the margin.
        code_id: The code, for hiding and showing.
        title: First line of the tooltip.
        lines: More lines of the tooltip.
        lane: Forces the lane, where a lane means a coder; None takes the first free one.
    """

    id: str
    fragments: Fragments
    form: str = OWN
    kind: str = ""
    colour_light: str = ""
    colour_dark: str = ""
    pattern: str = "solid"
    label: str = ""
    code_id: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    lane: int | None = None

    @property
    def hull(self) -> Span:
        """The stretch from its first to its last character."""
        return self.fragments[0] if len(self.fragments) == 1 else hull(self.fragments)

    @property
    def is_in_margin(self) -> bool:
        """Whether it takes a column there: a stripe, or a line that joins its fragments."""
        return self.form in IN_MARGIN or (len(self.fragments) > 1 and self.form in FORMS)

    @property
    def nearness(self) -> tuple[int, bool, int, str]:
        """What sorts the annotations at one place: shortest first, people before machines."""
        is_machine = self.form in (SUGGESTION, BOILERPLATE_SUGGESTED)
        return covered(self.fragments), is_machine, self.fragments[0].start, self.id


@dataclass(frozen=True, slots=True, eq=False)
class MarkStyle:
    """What decides how a mark is drawn; one object per look, so that it is a quick key.

    Args:
        form: As in `Mark`, or "shared" or "hit".
        kind: As in `Mark`.
        pattern: As in `Mark`.
        colour_light: As in `Mark`.
        colour_dark: As in `Mark`.
        code_id: As in `Mark`.
        is_inner: Whether it is a suggestion that lies on another one.
    """

    form: str
    kind: str
    pattern: str
    colour_light: str
    colour_dark: str
    code_id: str
    is_inner: bool


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A mark with its place.

    Args:
        mark: The mark.
        style: Its look.
        lane: Which bar under the text, 0 nearest.
        column: Which stripe in the margin, 0 nearest to the text; joins of suggestions, which have
            no stripe, count from the far side: -1, -2 and so on.
    """

    mark: Mark
    style: MarkStyle
    lane: int
    column: int


class Piece(NamedTuple):
    """The part of a fragment that lies in one paragraph; empty where an annotation only passes.

    Args:
        start: First UTF-16 unit in the paragraph.
        end: One after the last.
        placed: Whose part it is.
        opens: Whether the annotation starts here.
        closes: Whether the annotation ends here.
        joins_above: Whether an earlier fragment ends further up or before it.
        joins_below: Whether a later fragment follows.
    """

    start: int
    end: int
    placed: Placed
    opens: bool
    closes: bool
    joins_above: bool
    joins_below: bool
