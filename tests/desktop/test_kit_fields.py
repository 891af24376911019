"""Fields, segments and form rows, by mouse and by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox, QVBoxLayout

from annotator.desktop.kit.buttons import PlainButton
from annotator.desktop.kit.dressing import Surface
from annotator.desktop.kit.fields import ChoiceBox, FilterField, Stepper, TextField
from annotator.desktop.kit.form import Form
from annotator.desktop.kit.segments import Segment, SegmentButton, Segments
from tests.desktop.robots_kit import QUIET, KitRobot, picture, role, shown

pytestmark = QUIET

HOLDERS = (
    Segment("writer", "Writer", "W"), Segment("source", "Source", "S"),
    Segment("outlet", "Outlet", "O"),
)  # fmt: skip


@pytest.fixture
def desk(light):
    """Return a surface to put parts on."""
    surface = Surface(light)
    QVBoxLayout(surface)
    return surface


@pytest.fixture
def holder(qtbot, light, desk):
    """Return a choice of a holder, shown."""
    segments, elsewhere = Segments(light, "Holder", HOLDERS), PlainButton("Elsewhere")
    desk.layout().addWidget(elsewhere)
    desk.layout().addWidget(segments)
    shown(qtbot, desk)
    elsewhere.setFocus()
    return segments


def wheel(widget):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, place, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_filter_field_filters_while_one_types_and_esc_clears_it(qtbot, light, desk):
    field = FilterField(light, "Filter articles", "/")
    desk.layout().addWidget(field)
    shown(qtbot, desk)
    robot = KitRobot(qtbot, desk)
    heard = []
    field.textChanged.connect(heard.append)
    robot.type("fe", field)
    robot.press(Qt.Key.Key_Escape, field)
    assert heard == ["f", "fe", ""]
    with qtbot.waitSignal(field.went_away):
        robot.press(Qt.Key.Key_Escape, field)


def test_a_filter_field_shows_its_key_only_while_empty_and_then_a_clear_button(qtbot, light, desk):
    field = FilterField(light, "Filter articles", "/")
    desk.layout().addWidget(field)
    shown(qtbot, desk)
    robot = KitRobot(qtbot, desk)
    assert "Clear" not in robot.names()
    field.setText("ferry")
    robot.click("Clear")
    assert field.text() == ""
    assert "Clear" not in robot.names()


def test_down_leads_from_a_filter_to_its_list(qtbot, light, desk):
    field = FilterField(light, "Filter articles")
    desk.layout().addWidget(field)
    shown(qtbot, desk)
    with qtbot.waitSignal(field.went_down):
        KitRobot(qtbot, desk).press(Qt.Key.Key_Down, field)


def test_a_choice_box_keeps_its_value_when_the_options_change(light):
    box = ChoiceBox(light, "Articles", (("all", "All"), ("done", "Done by all")))
    box.set_value("done")
    box.set_options((("mine", "Mine"), ("done", "Done by all")))
    assert box.value == "done"
    box.set_value("unknown")
    assert box.value == "done"


def test_the_wheel_never_changes_an_answer(qtbot, light, desk):
    box = ChoiceBox(light, "Articles", (("all", "All"), ("done", "Done by all")))
    stepper = Stepper(light, "Text size", (13, 24, 1), " px")
    desk.layout().addWidget(box)
    desk.layout().addWidget(stepper)
    shown(qtbot, desk)
    wheel(box)
    wheel(stepper.findChild(QSpinBox))
    assert (box.value, stepper.value) == ("all", 13)


def test_a_stepper_goes_by_buttons_and_keys_and_stops_at_its_bounds(qtbot, light, desk):
    stepper = Stepper(light, "Text size", (13, 15, 1), " px")
    desk.layout().addWidget(stepper)
    shown(qtbot, desk)
    robot = KitRobot(qtbot, desk)
    robot.click("Text size: more")
    robot.press(Qt.Key.Key_Up, stepper.findChild(QSpinBox))
    assert stepper.value == 15
    assert not robot.button("Text size: more").isEnabled()
    assert robot.button("Text size: less").isEnabled()


def test_the_number_of_a_stepper_can_be_read(qtbot, light, desk):
    stepper = Stepper(light, "Text size", (13, 24, 1), " px")
    desk.layout().addWidget(stepper)
    shown(qtbot, desk)
    box = stepper.findChild(QSpinBox)
    needed = box.fontMetrics().horizontalAdvance("24 px")
    assert box.lineEdit().width() > needed


def test_segments_are_radio_buttons_to_a_screen_reader(holder):
    buttons = holder.findChildren(SegmentButton)
    assert [role(b) for b in buttons] == [QAccessible.Role.RadioButton] * 3
    assert [b.accessibleName() for b in buttons] == ["Writer", "Source", "Outlet"]


def test_nothing_is_chosen_until_somebody_chooses(qtbot, holder):
    assert holder.value == ""
    with qtbot.waitSignal(holder.chosen) as heard:
        KitRobot(qtbot, holder).click("Source")
    assert heard.args == ["source"]
    assert holder.value == "source"


def test_setting_a_value_is_silent_and_can_be_taken_back(qtbot, holder):
    with qtbot.assertNotEmitted(holder.chosen):
        holder.set_value("outlet")
        assert holder.value == "outlet"
        holder.set_value("")
    assert holder.value == ""


def test_letters_choose_while_the_focus_is_inside_and_only_then_are_shown(qtbot, holder):
    robot = KitRobot(qtbot, holder)
    writer = robot.button("Writer")
    assert not writer.shows_key
    writer.setFocus()
    assert writer.shows_key
    robot.press(Qt.Key.Key_O)
    assert holder.value == "outlet"
    assert robot.button("Outlet").hasFocus()


def test_arrow_keys_move_through_segments(qtbot, holder):
    robot = KitRobot(qtbot, holder)
    holder.set_value("writer")
    robot.button("Writer").setFocus()
    robot.press(Qt.Key.Key_Right)
    assert holder.value == "source"


def test_a_command_with_a_modifier_is_not_a_letter(qtbot, holder):
    robot = KitRobot(qtbot, holder)
    robot.button("Writer").setFocus()
    robot.press(Qt.Key.Key_O, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert holder.value == ""


def test_a_missing_answer_gets_the_ring(holder):
    calm = picture(holder)
    holder.set_ring(True)
    assert picture(holder) != calm


def test_a_wrong_field_says_so_under_it_and_to_screen_readers(qtbot, light, desk):
    form = Form(light)
    field = TextField("Name")
    row = form.add_row("Name", field)
    desk.layout().addWidget(form)
    shown(qtbot, desk)
    robot = KitRobot(qtbot, desk)
    row.set_error("There is a file of this name already.")
    assert robot.says("There is a file of this name already.")
    assert field.accessibleDescription() == "There is a file of this name already."
    assert form.first_error() is row
    row.set_error("")
    assert form.first_error() is None
    assert not robot.says("There is a file")


def test_a_field_without_a_name_takes_it_from_its_label(light):
    form = Form(light)
    box = Stepper(light, "", (1, 9, 1))
    form.add_row("Coders", box)
    assert box.accessibleName() == "Coders"
