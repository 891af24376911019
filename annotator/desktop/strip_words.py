"""What the strip under the text says: what is current, and what the keys do about it.

Pure functions of the pane's state, so that strip, keys and help say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from annotator.desktop.action_strip import Current, StripAction
from annotator.desktop.pane_data import shown

if TYPE_CHECKING:
    from annotator.desktop.action_strip import PaintMark
    from annotator.desktop.article_pane import ArticlePane
    from annotator.desktop.pane_data import PaneData
    from annotator.model.annotation import Annotation
    from annotator.model.codebook import Code


class MarkOf(Protocol):
    """Gives what paints the mark of a code; the window knows the theme."""

    def __call__(self, data: PaneData, code: Code | None, *, is_own: bool) -> PaintMark | None:
        """Return a painter of the mark, or None."""
        ...


OPENING, CLOSING = "“\"„«‘'", "”\"“»’'"
REVIEW = (
    StripAction("accept", "Accept", "Return", 9),
    StripAction("delete", "Reject", "Del", 8),
    StripAction("skip-or-sentence", "Skip", "S", 7),
    StripAction("next-suggestion", "Next", "Tab", 6),
    StripAction("end-later", "End", "[ ]", 3, begins_group=True),
    StripAction("start-later", "Start", "Shift+[ Shift+]", 2),
)
SELECTION = (
    StripAction("start-later", "Start", "Shift+[ Shift+]", 2),
    StripAction("end-later", "End", "[ ]", 3),
    StripAction("word", "Word", "W", 4),
    StripAction("skip-or-sentence", "Sentence", "S", 6),
    StripAction("paragraph", "Paragraph", "P", 5),
    StripAction("add-fragment", "Add to last", "F", 7, begins_group=True),
    StripAction("palette", "Code", "Ctrl+K", 8),
)
OWN = (
    StripAction("describe", "Attributes", "E", 9),
    StripAction("recode", "Recode", "X", 7),
    StripAction("end-later", "End", "[ ]", 5),
    StripAction("start-later", "Start", "Shift+[ Shift+]", 4),
    StripAction("delete", "Delete", "Del", 8),
    StripAction("next-annotation", "Next", "J", 3, begins_group=True),
)
READING = (
    StripAction("skip-or-sentence", "Sentence", "S", 5),
    StripAction("next-suggestion", "Suggestions", "Tab", 9, begins_group=True),
    StripAction("next-annotation", "Annotations", "J", 6),
    StripAction("next-uncoded", "Uncoded", "U", 7),
    StripAction("finish-article", "Done, next", "Ctrl+Return", 8, begins_group=True),
)
RECODING = (StripAction("leave", "Cancel", "Esc", 9),)
EMPTY = (StripAction("import-files", "Import…", "Ctrl+I", 9),
         StripAction("paste-article", "Paste…", "Ctrl+Shift+V", 8))  # fmt: skip


def strip_of(
    pane: ArticlePane | None, *, is_recoding: bool, mark_of: MarkOf
) -> tuple[Current, tuple[StripAction, ...]]:
    """Return what is current and what can be done.

    Args:
        pane: The active pane, if any.
        is_recoding: Whether the next code key recodes.
        mark_of: Gives what paints the mark of a code.
    """
    if pane is None or pane.data is None:
        return Current("No article open"), EMPTY
    data, current = pane.data, pane.current
    if current is not None and data.is_suggestion(current):
        return _suggestion(data, current, mark_of), REVIEW
    if current is not None:
        kind = "Recode: press a code’s key" if is_recoding else "Annotation"
        return _annotation(data, current, kind, mark_of), RECODING if is_recoding else OWN
    selection = pane.reading.selection()
    if selection is not None:
        words = len(selection.of(data.version.text).split())
        return Current("Selection", f"{words} word{'s' if words != 1 else ''}"), SELECTION
    left = len(data.reviewable())
    detail = f"{len(data.own)} annotations · {left} suggestion{'s' if left != 1 else ''} left"
    return Current("Reading", detail=detail), READING


def _quote(data: PaneData, annotation: Annotation) -> str:
    spans = data.spans(annotation)
    words = " ".join(" … ".join(span.of(data.version.text) for span in spans).split())
    # The strip sets its own marks around the words.
    is_marked = len(words) > 2 and words[0] in OPENING and words[-1] in CLOSING
    return words[1:-1] if is_marked else words


def _suggestion(data: PaneData, current: Annotation, mark_of: MarkOf) -> Current:
    ids = [a.id for a in data.reviewable()]
    number = f"{ids.index(current.id) + 1} of {len(ids)}" if current.id in ids else ""
    code = data.code(current)
    speaker = current.attributes.get("speaker") or ""
    score = f"{current.score:.2f}" if current.score is not None else ""
    detail = ", ".join(str(x) for x in (code.name if code else "", speaker, score) if x)
    return Current("Suggestion", number, _quote(data, current), detail=detail,
                   paint_mark=mark_of(data, code, is_own=False))  # fmt: skip


def _annotation(data: PaneData, current: Annotation, kind: str, mark_of: MarkOf) -> Current:
    code = data.code(current)
    said = []
    for attribute in data.codebook.attributes_of(code) if code else ():
        value = current.attributes.get(attribute.slug)
        if value not in (None, "", []) and attribute.type != "spans":
            said.append(shown(attribute, value))
    detail = ", ".join([code.name if code else "", *said])
    return Current(kind, "", _quote(data, current), detail=detail,
                   paint_mark=mark_of(data, code, is_own=True))  # fmt: skip
