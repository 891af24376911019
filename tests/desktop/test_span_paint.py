"""What one sees: colours are read from the painted pane itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from annotator.desktop.margin_paint import Label, stacked
from annotator.desktop.theme import load_theme, over
from annotator.model.span import Span
from tests.desktop.robots import (
    BLUE,
    GREEN,
    ORANGE,
    ReadingPaneRobot,
    boilerplate,
    counted,
    own,
    suggested,
)

TEXT = (
    "The harbour council met on Monday and nobody came to the hall.\n"
    "Ida Moe said so, and then again, to whoever passed by on the quay that day.\n"
    "Subscribe to our letter for more of this."
)
PERSON = Span(TEXT.index("Ida"), TEXT.index("Ida") + 7)
FOOT = Span(TEXT.index("Subscribe"), len(TEXT))
WHITE = "#ffffff"


def pale(theme, kind):
    return over(theme.suggestion[kind], theme.alpha.fill, theme.roles.base).name()


def test_an_own_code_is_a_bar_under_the_text_and_never_a_fill(reader):
    reader.read(TEXT, own("a", Span(4, 19)))
    assert reader.under("harbour")[ORANGE] > 50
    inside = reader.behind("council")
    assert inside[ORANGE] <= 6
    assert inside.most_common(1)[0][0] == WHITE


def test_a_suggestion_is_a_pale_fill_with_a_hairline(reader, light):
    reader.read(TEXT, suggested("s", PERSON))
    assert reader.behind("Ida Moe").most_common(1)[0][0] == pale(light, "person")
    assert pale(light, "person") not in reader.behind("said so")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_suggestion_takes_the_themes_colour_of_its_kind(reader, theme):
    chosen = load_theme(theme)
    reader.read(TEXT, suggested("s", PERSON, kind="place"))
    reader.pane.set_theme(chosen)
    seen = QColor(reader.behind("Ida Moe").most_common(1)[0][0])
    wanted = QColor(pale(chosen, "place"))
    assert distance(seen, wanted) <= 1


def test_dashed_bars_have_gaps_and_solid_ones_none(reader):
    reader.read(TEXT, own("a", Span(4, 19)))
    solid = reader.under("harbour")[ORANGE]
    reader.read(TEXT, own("a", Span(4, 19), pattern="dashed"))
    dashed = reader.under("harbour")[ORANGE]
    reader.read(TEXT, own("a", Span(4, 19), pattern="dotted"))
    dotted = reader.under("harbour")[ORANGE]
    assert solid > dashed * 1.2 > dotted * 1.2


def test_another_coders_bar_is_thinner_and_paler(reader):
    reader.read(TEXT, own("a", Span(4, 19), form="other-coder"))
    assert ORANGE not in reader.under("harbour")
    assert reader.under("harbour")[WHITE] < reader.under("nobody")[WHITE]


def test_a_hidden_code_leaves_no_trace_in_text_or_margin(reader):
    reader.read(TEXT, own("a", Span(4, 19)))
    assert reader.beside("harbour")[ORANGE] > 10
    reader.pane.set_visible_codes(set())
    assert ORANGE not in reader.under("harbour")
    assert ORANGE not in reader.beside("harbour")


def test_the_selection_lies_under_the_bars(reader, light):
    reader.read(TEXT, own("a", Span(0, 34)), own("b", Span(0, 34), colour=BLUE))
    before = reader.under("council")
    reader.select("The harbour council met on Monday")
    after = reader.under("council")
    assert after[ORANGE] == before[ORANGE]
    assert after[BLUE] == before[BLUE]
    assert reader.behind("council").most_common(1)[0][0] == light.roles.selection.lower()


def test_the_selection_replaces_the_fill_of_a_suggestion(reader, light):
    reader.read(TEXT, suggested("s", PERSON))
    reader.select("Ida Moe")
    assert pale(light, "person") not in reader.behind("Ida Moe")


def test_the_current_stretch_stands_in_brackets_of_the_accent(reader, light):
    accent = light.roles.accent.lower()
    reader.read(TEXT, suggested("s", PERSON))
    assert accent not in counted(reader.picture())
    reader.pane.set_current((PERSON,))
    rect = reader.pane.stretch_rects(PERSON)[0]
    left = reader.colours(QRect(rect.left() - 6, rect.top() - 4, 8, rect.height() + 8))
    right = reader.colours(QRect(rect.right() - 2, rect.top() - 4, 8, rect.height() + 8))
    assert left[accent] > 40 and right[accent] > 40
    assert reader.behind("Ida Moe")[pale(light, "person")] < 200, "it has an extra fill"
    reader.pane.set_current(None)
    assert accent not in counted(reader.picture())


def test_brackets_stand_only_at_real_ends_of_a_stretch_over_lines(reader, light):
    reader.read(TEXT * 3)
    accent = light.roles.accent.lower()
    reader.pane.set_current((Span(10, 400),))
    rects = reader.pane.stretch_rects(Span(10, 400))
    between = QRect(60, rects[1].top() + 3, 640, rects[-2].bottom() - rects[1].top() - 6)
    assert len(rects) > 4
    assert accent not in reader.colours(between)


def test_links_are_framed_in_dots(reader, light):
    reader.read(TEXT)
    reader.pane.set_links([PERSON])
    rect = reader.pane.stretch_rects(PERSON)[0].adjusted(-4, -4, 4, 4)
    framed = reader.colours(rect)
    reader.pane.set_links([])
    assert set(framed) - set(reader.colours(rect))


def test_find_hits_are_boxed(reader):
    reader.read(TEXT)
    plain = reader.behind("council")
    reader.pane.set_hits([reader.find("council")])
    assert reader.behind("council")[WHITE] < plain[WHITE] / 2
    reader.pane.set_hits([])
    assert reader.behind("council") == plain


def test_a_shared_passage_reaches_the_edge_of_the_column(reader, light):
    reader.read(TEXT)
    reader.pane.set_shared([Span(0, 100)])
    ground = over(light.roles.shared, light.alpha.shared, light.roles.base).name()
    rect = reader.pane.stretch_rects(Span(0, 62))[0]
    edge = QRect(rect.right() + 6, rect.top() + 4, 6, 10)
    assert reader.colours(edge)[ground] > 30


def test_boilerplate_is_veiled_until_the_caret_rests_in_it(reader, light):
    ink = light.roles.text.lower()
    reader.read(TEXT, boilerplate("b", FOOT))
    assert ink not in reader.behind("Subscribe to our letter")
    reader.pane.set_caret(FOOT.start + 3)
    assert ink in reader.behind("Subscribe to our letter")
    reader.pane.set_caret(0)
    assert ink not in reader.behind("Subscribe to our letter")
    reader.pane.set_veil(False)
    assert ink in reader.behind("Subscribe to our letter")


def test_boilerplate_at_the_beginning_is_veiled_until_somebody_goes_there(reader, light):
    reader.read(TEXT, boilerplate("b", Span(0, 34)))
    assert light.roles.text.lower() not in reader.behind("harbour council")
    reader.click("harbour council")
    assert light.roles.text.lower() in reader.behind("harbour council")


def test_own_boilerplate_has_a_hatched_and_suggested_an_open_stripe(reader):
    reader.read(TEXT, boilerplate("b", FOOT))
    hatched = reader.beside("Subscribe")
    reader.read(TEXT, boilerplate("b", FOOT, form="boilerplate-suggested"))
    assert reader.beside("Subscribe") != hatched


def test_fragments_are_joined_in_the_margin(reader):
    mark = own("a", Span(0, 11), Span(FOOT.start, FOOT.start + 9))
    reader.read(TEXT, mark)
    joined = reader.beside("Ida Moe")
    reader.read(TEXT, own("a", Span(0, 11)), own("b", Span(FOOT.start, FOOT.start + 9)))
    assert joined != reader.beside("Ida Moe")


def test_more_than_three_bars_are_marked_beside_the_line(reader):
    colours = (ORANGE, BLUE, GREEN, "#7a2233")
    marks = [own(f"m{i}", Span(0, 34 + i), colour=c) for i, c in enumerate(colours)]
    reader.read(TEXT, *marks[:3])
    x, rect = reader.pane.metrics.margin - 8, reader.pane.stretch_rects(Span(0, 3))[0]
    gap = QRect(x, rect.top(), 6, 40)
    assert set(reader.colours(gap)) == {WHITE}
    reader.pane.add_mark(marks[3])
    assert set(reader.colours(gap)) != {WHITE}


def test_a_right_to_left_annotation_is_filled_where_its_letters_are(reader):
    text = "אמר ראש העיר אתמול כי יש פתרון"
    reader.read(text, own("a", Span(4, 12)))
    reader.point_at("ראש העיר")
    assert reader.behind("ראש העיר")[WHITE] < 80
    assert reader.behind("פתרון")[WHITE] > 100


def test_line_numbers_are_counted_by_the_texts_own_lines(reader):
    reader.read("One.\n\nTwo.")
    reader.pane.set_line_numbers(True)
    assert set(reader.beside("Two")) != {WHITE}
    reader.pane.set_line_numbers(False)
    assert set(reader.beside("Two")) == {WHITE}


def line_of(image, y):
    """Return one line of pixels; equal lines need no closer look."""
    return bytes(image.constScanLine(y))


def distance(one, other):
    """Return how far two colours are apart in their most different channel."""
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


@pytest.mark.parametrize("options", [{}, {"is_compact": True, "text_px": 15}])
def test_strips_put_together_are_the_whole_picture(qtbot, light, options):
    """What is painted at a place depends on the document, not on the strip being painted."""
    reader = ReadingPaneRobot(qtbot, light, width=420, height=700, **options)
    words = TEXT * 6
    marks = [
        own(f"o{i}", Span(i * 37, i * 37 + 80), colour=(ORANGE, BLUE, GREEN)[i % 3])
        for i in range(24)
    ]
    fills = [suggested(f"s{i}", Span(i * 50 + 5, i * 50 + 25)) for i in range(18)]
    reader.read(words, *marks, *fills, boilerplate("b", Span(700, 760), Span(800, 900)))
    reader.pane.set_current((Span(100, 160), Span(200, 260)))
    reader.pane.set_shared([Span(0, 150)])
    reader.pane.set_links([Span(300, 420)])
    reader.pane.select(Span(500, 640))
    reader.pane.clearFocus()  # a caret that blinks would differ
    whole = reader.picture().convertToFormat(QImage.Format.Format_RGB32)
    pieced = QImage(whole.size(), QImage.Format.Format_RGB32)
    with QPainter(pieced) as painter:
        for top in range(0, whole.height(), 23):
            strip = QRect(0, top, whole.width(), 23)
            painter.drawPixmap(QPoint(0, top), reader.pane.viewport().grab(strip))
    different = [
        (x, y)
        for y in range(whole.height())
        for x in range(whole.width() if line_of(whole, y) != line_of(pieced, y) else 0)
        if distance(whole.pixelColor(x, y), pieced.pixelColor(x, y)) > 2
    ]
    assert not different


# ---- labels


def tops(labels, floor):
    return [(label.top, label.text) for label in stacked(labels, floor)]


def test_labels_stay_at_their_line_when_there_is_room():
    labels = [Label(4.0, "Conf", None, None), Label(40.0, "Econ", None, None)]
    assert tops(labels, 80.0) == [(4.0, "Conf"), (40.0, "Econ")]


def test_labels_never_reach_into_the_next_paragraph():
    labels = [
        Label(4.0, "a", None, None),
        Label(28.0, "b", None, None),
        Label(29.0, "c", None, None),
    ]
    placed = stacked(labels, 44.0)
    assert [label.text for label in placed] == ["a", "b", "c"]
    assert all(b.top - a.top >= 12 for a, b in pairwise(placed))
    assert placed[-1].top + 12 <= 44


def test_labels_without_room_are_counted():
    labels = [Label(4.0, f"code {i}", None, None) for i in range(9)]
    assert [text for _, text in tops(labels, 42.0)] == ["code 0", "code 1", "+7"]


def test_equal_labels_of_one_line_are_one():
    labels = [Label(4.0, "Conf", None, None), Label(5.0, "Conf", None, None)]
    assert len(stacked(labels, 60.0)) == 1


def test_an_exception_while_painting_does_not_leave_a_painter_open(reader, monkeypatch):
    from annotator.desktop.margin_paint import MarginPainter

    reader.read(TEXT, own("a", Span(4, 19)))

    def broken(*_args):
        raise RuntimeError("ink is out")

    monkeypatch.setattr(MarginPainter, "paint", broken)
    with pytest.raises(RuntimeError, match="ink is out"):
        reader.pane.viewport().repaint()
    monkeypatch.undo()
    assert reader.under("harbour")[ORANGE] > 50
    assert reader.pane.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
