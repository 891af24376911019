"""Starting the window: the application, its fonts, theme and the project to open."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator import settings as choices
from annotator.desktop.fonts import load_fonts, sans
from annotator.desktop.theme import Theme, load_theme, palette, style_sheet
from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.settings import Settings

SETTLE_MS = 300
SWITCH_SECS = 0.001  # lets the window's thread in more often while another computes


def has_display() -> bool:
    """Say whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def application(interface_percent: int = 100) -> QApplication:
    """Return the application, made on first use.

    Args:
        interface_percent: Size of everything in the window; counts at the first use only.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if interface_percent != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{interface_percent / 100:.2f}")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Parallax")
    made.setDesktopFileName("parallax")
    made.setStyle("Fusion")
    load_fonts()
    made.setFont(sans(13))
    sys.setswitchinterval(SWITCH_SECS)
    return made


def chosen_theme(settings: Settings) -> Theme:
    """Return the theme a person chose; "system" follows the desktop."""
    if settings.theme != "system":
        return load_theme(settings.theme)
    scheme = QGuiApplication.styleHints().colorScheme()
    return load_theme("dark" if scheme == Qt.ColorScheme.Dark else "light")


def dress_application(theme: Theme) -> None:
    """Give the whole application a theme's palette and style sheet."""
    app = application()
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def show(path: Path | None = None, articles: Sequence[str] = (), *, dark: bool = False) -> int:
    """Open the window and run until it is closed; return the exit code.

    Args:
        path: Project to open; the welcome page if None.
        articles: Ids of articles to open.
        dark: Whether to start in the dark theme.

    Raises:
        BadInput: if there is no display.
        AnnotatorError: if the project cannot be opened at all.
    """
    if not has_display():
        raise BadInput(
            "There is no display to open a window on.",
            hint="Work by command (`annotator --help`), or look at `annotator demo --headless`.",
        )
    from annotator.desktop.window import Window  # noqa: PLC0415  # after the application is made

    settings = choices.load()
    app = application(settings.interface_percent)
    if dark:
        settings = replace(settings, theme="dark")
    window = Window(settings)
    window.guard_against_bugs()
    if path is not None:
        window.open_project(path)
        if articles and window.workspace is not None:
            window.workspace.view.open_articles(list(articles))
    window.show()
    return app.exec()


def screenshot(
    path: Path, out: Path, *, dark: bool = False, size: tuple[int, int] = (1440, 900)
) -> Path:
    """Write a picture of the window with a project, without showing it to anybody.

    Args:
        path: The project; opened read-only if somebody has it open.
        out: PNG file.
        dark: Whether in the dark theme.
        size: Width and height in pixels.

    Raises:
        AnnotatorError: if the project cannot be opened.
    """
    from annotator.desktop.window import Window  # noqa: PLC0415  # after the application is made

    app = application()
    window = Window(replace(choices.Settings(), theme="dark" if dark else "light"))
    window.resize(*size)
    window.open_project(path)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    window.settle()
    _wait(SETTLE_MS)
    window.grab().save(str(out))
    window.close()
    window.deleteLater()
    app.sendPostedEvents()
    return out


def _wait(msecs: int) -> None:
    """Let the event loop run for a while: rulers are drawn a little after the text."""
    loop = QEventLoop()
    QTimer.singleShot(msecs, loop.quit)
    loop.exec()
