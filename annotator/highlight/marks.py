"""Quotation marks: which stretches of a text stand between them.

Works paragraph by paragraph on the characters alone, for straight, curly (also wrong-way),
single, doubled and angle marks of European languages. A mark's role follows from its neighbours
first and from its shape second, so that one missing or mistyped mark never flips the rest: every
paragraph starts afresh, and a quotation left open is cut and flagged. Who speaks, and whether
anybody does, is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

OPEN, CLOSE, EITHER = "open", "close", "either"

# Characters by family; a mark closes the nearest open mark of its own family.
FAMILIES = {
    "straight": '"＂″',
    "curly": "“”„‟",
    "angle": "«»",
    "doubled": "",
    "single": "'‘’‚‛`´",
    "angle1": "‹›",
    "corner": "「」『』",
}
FAMILY_OF = {char: family for family, chars in FAMILIES.items() for char in chars}
DOUBLES = frozenset({"straight", "curly", "angle", "doubled", "corner"})
SHAPE = {
    "“": OPEN, "”": CLOSE, "„": OPEN, "‟": OPEN, "«": OPEN, "»": CLOSE, "‘": OPEN, "’": CLOSE,
    "‚": OPEN, "‛": OPEN, "‹": OPEN, "›": CLOSE, "「": OPEN, "」": CLOSE, "『": OPEN, "』": CLOSE,
    "``": OPEN, "''": EITHER,
}  # fmt: skip
MARK = re.compile(r"''|``|’’|‘‘|[\"＂″“”„‟«»'‘’‚‛‹›「」『』]")
LINE = re.compile(r"[^\n]*\S[^\n]*")
BEFORE_OPEN = frozenset("([{<-–—―/:;¿¡…|•*>=,")
AFTER_CLOSE = frozenset(".,;:!?)]}>-–—―/…|*")
ELISION = re.compile(r"(?:\d|(?:em|til|till|tis|twas|cause|bout|round|neath|n|cos|cuz|s)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: where, of which family, and what its neighbours make of it."""

    start: int
    end: int
    family: str
    role: str
    shape: str = EITHER


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between marks, marks included.

    Args:
        start: Offset of the opening mark, in code points.
        end: One after the closing mark.
        level: 0 for an outermost quotation, 1 for one inside it, and so on.
        family: Kind of mark.
        flaw: "" or "unclosed" or "unopened".
        continues: Whether it carries on the quotation left open in the paragraph before.
    """

    start: int
    end: int
    level: int
    family: str
    flaw: str = ""
    continues: bool = False


def stretches(text: str) -> list[Stretch]:
    """Return all stretches between marks, ascending, outer before inner.

    >>> [text[s.start:s.end] for text in ['"Go," he said. "Now."'] for s in stretches(text)]
    ['"Go,"', '"Now."']
    """
    result: list[Stretch] = []
    lines = [(m.start(), m.end()) for m in LINE.finditer(text)]
    pending: str | None = None
    for number, (start, end) in enumerate(lines):
        marks = _marks(text, start, end)
        if not marks:
            if pending is not None and not _runs_on(text, lines, number, pending):
                pending = None
            elif pending is not None:
                result.append(Stretch(*_stripped(text, start, end), 0, pending, "", True))
            continue
        carried = pending if _carries_on(text, lines, number, pending, marks) else None
        paragraph = _Paragraph(text, start, end, marks)
        found = paragraph.pair(carried)
        pending = paragraph.left_open
        if pending and not _is_carried(text, lines, number + 1, pending):
            pending = None
            found = [_flagged(s, paragraph.open_start) for s in found]
        result += found
    return sorted(result, key=lambda s: (s.start, -s.end))


def _flagged(stretch: Stretch, open_start: int) -> Stretch:
    if stretch.start == open_start and stretch.level == 0:
        return replace(stretch, flaw="unclosed")
    return stretch


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(piece.strip())


def _carries_on(
    text: str, lines: list[tuple[int, int]], number: int, pending: str | None, marks: list[Mark]
) -> bool:
    """Say whether a paragraph belongs to a quotation left open before it."""
    if pending is None:
        return False
    first = _stripped(text, *lines[number])[0]
    return marks[0].start == first or _runs_on(text, lines, number, pending)


def _is_carried(text: str, lines: list[tuple[int, int]], number: int, family: str) -> bool:
    """Say whether the next paragraph opens with a mark again or closes what is open."""
    if number >= len(lines):
        return False
    start, end = lines[number]
    marks = _marks(text, start, end)
    if marks and marks[0].start == _stripped(text, start, end)[0] and marks[0].role != CLOSE:
        return marks[0].family == family or {marks[0].family, family} <= DOUBLES
    return family in DOUBLES and _runs_on(text, lines, number, family)


def _runs_on(text: str, lines: list[tuple[int, int]], number: int, family: str) -> bool:
    """Say whether, within three paragraphs, the first mark to come is a lone closing one."""
    for start, end in lines[number : number + 3]:
        marks = [m for m in _marks(text, start, end) if m.family == family]
        if marks:
            return marks[0].role == CLOSE and _balance(marks) < 0
    return False


def _balance(marks: list[Mark]) -> int:
    return sum(1 if m.role == OPEN else -1 if m.role == CLOSE else 0 for m in marks)


def _marks(text: str, start: int, end: int) -> list[Mark]:
    """Return the marks of a paragraph that can be quotation marks at all."""
    result = []
    for match in MARK.finditer(text, start, end):
        chars = match.group()
        family = "doubled" if len(chars) == 2 else FAMILY_OF[chars]
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        shape = SHAPE.get(chars, EITHER)
        if family == "single":
            role = _single_role(text, match, before, after, end)
        elif family in {"angle", "corner", "angle1"}:
            role = shape
        else:
            role = _double_role(before, after, shape)
        if role:
            result.append(Mark(match.start(), match.end(), family, role, shape))
    return result


def _double_role(before: str, after: str, shape: str) -> str:
    """Return what the neighbours of a double mark say, else its shape."""
    left_free = before.isspace() or before in BEFORE_OPEN
    right_free = after.isspace() or after in AFTER_CLOSE
    if before.isspace() and not after.isspace() and after not in ".,;:!?)":
        return OPEN
    if right_free and not before.isspace() and (not left_free or before in ",…"):
        return CLOSE
    if shape != EITHER:
        return shape
    if left_free != right_free:
        return OPEN if left_free else CLOSE
    return CLOSE if before in ".!?," else EITHER


def _single_role(text: str, match: re.Match[str], before: str, after: str, end: int) -> str:
    """Return the role of a single mark, or "" for an apostrophe."""
    if before.isalnum() and after.isalnum():
        return ""
    if after.isspace() and not before.isspace():
        return CLOSE
    follows_mark = FAMILY_OF.get(before, "") in DOUBLES
    if before.isspace() or before in BEFORE_OPEN or follows_mark:
        is_elision = ELISION.match(text, match.end(), end) is not None
        if after.isspace() or (is_elision and (match.group() != "‘" or after.isdigit())):
            return CLOSE if follows_mark else ""
        return OPEN if after.isalnum() or after in '"“¿¡«$€£([…#@' else CLOSE
    return CLOSE if after in AFTER_CLOSE or after in FAMILY_OF else ""


class _Paragraph:
    """Pairs the marks of one paragraph with a stack."""

    def __init__(self, text: str, start: int, end: int, marks: list[Mark]) -> None:
        self.text = text
        self.start, self.end = _stripped(text, start, end)
        self.marks = marks
        self.stack: list[Mark] = []
        self.found: list[Stretch] = []
        self.left_open: str | None = None
        self.open_start = -1
        self._carried = False

    def pair(self, carried: str | None) -> list[Stretch]:
        """Return the stretches; `carried` is the family left open by the paragraph before."""
        if carried is not None:
            self._carried = True
            if self.marks[0].start == self.start and self.marks[0].role != CLOSE:
                first = self.marks[0]
                self.marks[0] = replace(first, role=OPEN)
            else:
                self.stack.append(Mark(self.start, self.start, carried, OPEN))
        for index in range(len(self.marks)):
            self._step(index)
        self._finish()
        return self.found

    def _step(self, index: int) -> None:
        mark = self.marks[index]
        role = mark.role if mark.role != EITHER else self._by_state(mark)
        if mark.family in {"angle", "corner", "angle1"}:
            role = self._angle_role(index)
        if role == OPEN:
            self._open(index)
        elif mark.family == "single":
            self._close_single(index)
        else:
            self._close(index)

    def _by_state(self, mark: Mark) -> str:
        return CLOSE if any(m.family == mark.family for m in self.stack) else OPEN

    def _angle_role(self, index: int) -> str:
        """Angle marks point either way: the first opens, the other one closes."""
        mark = self.marks[index]
        for opener in reversed(self.stack):
            if opener.family == mark.family:
                same = self.text[opener.start] == self.text[mark.start]
                spaced = self.text[mark.start - 1].isspace() and opener.start < mark.start
                return OPEN if same and spaced and opener.end > opener.start else CLOSE
        return OPEN if mark.shape == OPEN or self._has_partner(index) else CLOSE

    def _has_partner(self, index: int) -> bool:
        return any(m.family == self.marks[index].family for m in self.marks[index + 1 :])

    def _open(self, index: int) -> None:
        mark = self.marks[index]
        if mark.family == "single" and not self._single_closes(index):
            at_start = mark.start == self.start and not self.stack
            if not at_start or self.text[mark.start] not in "‘‚":
                return
        same = [m for m in self.stack if m.family == mark.family]
        if same and not self._is_nested(index):
            self._cut(same[0], mark.start)
        self.stack.append(mark)

    def _single_closes(self, index: int) -> bool:
        """Say whether a single mark finds a closing one before the enclosing double closes."""
        depth = 0
        for mark in self.marks[index + 1 :]:
            if mark.family == "single":
                if mark.role == CLOSE and mark.start > self.marks[index].end:
                    return True
            elif mark.role == OPEN:
                depth += 1
            elif mark.role == CLOSE:
                depth -= 1
                if depth < 0 and any(m.family in DOUBLES for m in self.stack):
                    return False
        return False

    def _is_nested(self, index: int) -> bool:
        """Say whether enough closing marks follow for this opening one to lie inside another."""
        family, depth = self.marks[index].family, 1
        for mark in self.marks[index + 1 :]:
            if mark.family != family:
                continue
            depth += 1 if mark.role == OPEN else -1
            if depth < 0:
                return True
        return False

    def _cut(self, opener: Mark, position: int) -> None:
        """End a quotation that was never closed before the next one opens."""
        at = self.stack.index(opener)
        del self.stack[at:]
        piece = self.text[opener.start : position].rstrip()
        end = max((m.end() for m in re.finditer(r"[.!?…](?=\s|$)", piece)), default=len(piece))
        if end > 1:
            self._add(opener, opener.start + end, len(self.stack), "unclosed")

    def _close_single(self, index: int) -> None:
        mark = self.marks[index]
        singles = [m for m in self.stack if m.family == "single"]
        if not singles or (self._is_possessive(mark) and self._single_closes(index)):
            return
        self._pop(singles[-1], mark)

    def _is_possessive(self, mark: Mark) -> bool:
        before = self.text[mark.start - 1 : mark.start].lower()
        after = self.text[mark.end : mark.end + 2]
        return before in {"s", "z", "x"} and after[:1].isspace() and after[1:].isalnum()

    def _close(self, index: int) -> None:
        mark = self.marks[index]
        same = [m for m in self.stack if m.family == mark.family]
        if same and self._is_inch(index):
            return
        if same:
            self._pop(same[-1], mark)
            return
        others = [m for m in self.stack if m.family in DOUBLES]
        if others and not self._closes_later(index, others[-1].family):
            self._pop(others[-1], mark)
        elif not self.stack and self._lost_opener(mark):
            self._add_unopened(mark)

    def _is_inch(self, index: int) -> bool:
        mark = self.marks[index]
        if mark.family != "straight" or not self.text[mark.start - 1].isdigit():
            return False
        following = [m for m in self.marks[index + 1 :] if m.family == "straight"]
        return bool(following) and following[0].role == CLOSE

    def _closes_later(self, index: int, family: str) -> bool:
        for mark in self.marks[index + 1 :]:
            if mark.family == family:
                return mark.role != OPEN
        return False

    def _lost_opener(self, mark: Mark) -> bool:
        """Say whether a lone closing mark ends a quotation whose opening mark is missing."""
        return self.text[mark.start - 1] in ",.!?…" and mark.start - self._after_last() >= 8

    def _after_last(self) -> int:
        return max((s.end for s in self.found), default=self.start)

    def _add_unopened(self, mark: Mark) -> None:
        start = self._after_last()
        piece = self.text[start : mark.start]
        if start > self.start:
            border = re.search(r"[.!?:]\s+", piece)
            if border is None:
                return
            start += border.end()
        if mark.start - start >= 8:
            self.found.append(Stretch(start, mark.end, 0, mark.family, "unopened"))

    def _pop(self, opener: Mark, closer: Mark) -> None:
        at = self.stack.index(opener)
        del self.stack[at:]
        if closer.start > opener.end:
            self._add(opener, closer.end, at, "")

    def _add(self, opener: Mark, end: int, level: int, flaw: str) -> None:
        carried = self._carried and level == 0 and opener.start == self.start
        self.found.append(Stretch(opener.start, end, level, opener.family, flaw, carried))

    def _finish(self) -> None:
        for level, mark in enumerate(self.stack):
            if mark.family in {"single", "angle1"} and level > 0:
                continue
            if self.end > mark.end:
                self._add(mark, self.end, level, "")
                if level == 0:
                    self.left_open, self.open_start = mark.family, mark.start
