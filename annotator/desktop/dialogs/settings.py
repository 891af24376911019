"""The person's settings: name, theme, sizes, keys. Every change holds at once and is stored.

There is nothing to confirm and nothing to lose; closing is all that is left. Which colours and
sizes follow from it is the application's subject.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox

from annotator import settings as choices
from annotator.desktop.fonts import sans
from annotator.desktop.kit.buttons import PrimaryButton
from annotator.desktop.kit.fields import Stepper, TextField
from annotator.desktop.kit.form import Form
from annotator.desktop.kit.labels import SerifText
from annotator.desktop.kit.segments import Segment, Segments
from annotator.desktop.kit.sheet import Sheet
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.desktop.theme import Theme
    from annotator.settings import Settings

TEXT_BOUNDS, INTERFACE_BOUNDS = (13, 24, 1), (90, 150, 10)
PITCH = 1.72
THEMES = (
    Segment("system", "System", "S", "Light or dark, as the system has it"),
    Segment("light", "Light", "L"),
    Segment("dark", "Dark", "D"),
    Segment("contrast", "High contrast", "H", "Every word at 7:1 or more"),
)
SPECIMEN = "She read the same story twice: once as it was told, once as it might have been."


class SettingsDialog(Sheet):
    """The dialog.

    Signals:
        settings_changed(Settings): something was chosen; it is stored already.

    Args:
        theme: Its colours.
        settings: As they are now.
        parent: The window.
        interface_hint: What to know about the size of the interface; may be "".
    """

    settings_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        interface_hint: str = "",
    ) -> None:
        super().__init__(theme, "Settings", "settings", QSize(560, 500), parent)
        self._settings = settings
        self._coder = TextField("Your name", settings.coder)
        self._themes = Segments(theme, "Theme", THEMES)
        self._themes.set_value(settings.theme)
        self._text = Stepper(theme, "Text size", TEXT_BOUNDS, " px")
        self._text.set_value(settings.text_px)
        self._interface = Stepper(theme, "Interface size", INTERFACE_BOUNDS, " %")
        self._interface.set_value(settings.interface_percent)
        self._keys = QCheckBox("Show keys beside what they do")
        self._keys.setFont(sans(13))
        self._keys.setChecked(settings.shows_keys)
        self._specimen = SerifText(SPECIMEN)
        self._form = Form(theme)
        coder_hint = "New projects begin with this name."
        self._form.add_row("Your name", self._coder, coder_hint)
        self._form.add_row("Theme", self._themes)
        self._form.add_row("Text size", self._text)
        self._form.add_row("Interface size", self._interface, interface_hint)
        self._form.add_row("Keys", self._keys)
        self.body.addWidget(self._form)
        self.body.addWidget(self._specimen)
        self._show_specimen()
        self.body.addStretch(1)
        self.set_note("Changes hold at once.")
        self.add_button(PrimaryButton("Done")).clicked.connect(self.accept)
        self._connect()

    def _connect(self) -> None:
        self._coder.editingFinished.connect(self._take_coder)
        self._themes.chosen.connect(self._take_theme)
        self._text.value_changed.connect(self._take_text)
        self._interface.value_changed.connect(self._take_interface)
        self._keys.toggled.connect(self._take_keys)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def _take_coder(self) -> None:
        name = " ".join(self._coder.text().split())
        if name != self._settings.coder:
            self._take(coder=name)

    def _take_theme(self, theme: str) -> None:
        self._take(theme=theme)

    def _take_text(self, px: int) -> None:
        self._take(text_px=px)
        self._show_specimen()

    def _take_interface(self, percent: int) -> None:
        self._take(interface_percent=percent)

    def _take_keys(self, shows_keys: bool) -> None:
        self._take(shows_keys=shows_keys)

    def _take(self, **values: Any) -> None:  # a field of Settings and its value
        """Hold a choice, store it beside whatever else is stored, and tell of it."""
        self._settings = replace(self._settings, **values)
        try:
            choices.save(replace(choices.load(), **values))
        except AnnotatorError as error:
            self.set_note(str(error), "err")
        else:
            self.set_note("Changes hold at once.")
        self.settings_changed.emit(self._settings)

    def _show_specimen(self) -> None:
        """Show words of an article in the size chosen."""
        px = self._settings.text_px
        self._specimen.set_size(px, round(px * PITCH))

    def done(self, result: int) -> None:
        """Take the name that is being typed, then close."""
        self._take_coder()
        super().done(result)
