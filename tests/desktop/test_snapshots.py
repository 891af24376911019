"""Pictures of the window beside pictures that somebody looked at.

`python -m tests.desktop.test_snapshots` writes them anew; look at them before they are committed.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from annotator.desktop.app import application
from annotator.desktop.window import Window
from annotator.settings import Settings

HOME = Path(__file__).parent.parent / "snapshots"
# A pixel counts as different from this difference of a channel on; this share of them may.
NOTABLE, TOLERATED = 40, 0.004
PICTURES = {
    "welcome-light": ("light", (1280, 800), False),
    "welcome-dark": ("dark", (1280, 800), False),
    "desk-light": ("light", (1440, 900), True),
    "desk-dark": ("dark", (1440, 900), True),
    "desk-contrast": ("contrast", (1440, 900), True),
    "desk-small": ("light", (1280, 800), True),
}

pytestmark = [
    pytest.mark.gui,
    pytest.mark.snapshot,
    pytest.mark.skipif(sys.platform != "linux", reason="fonts are drawn alike on Linux only"),
]


def picture(name, sample_file, folder):
    """Return a picture of the window, without suggestions, so that only painting counts."""
    theme, size, has_project = PICTURES[name]
    application()
    window = Window(replace(Settings(), theme=theme, coder="Ada"))
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    window.show()
    if has_project:
        window.open_project(Path(shutil.copy(sample_file, folder / "story.annot")))
        # A caret blinks; the pane without the focus has none.
        window.setFocus()
    loop = QEventLoop()
    QTimer.singleShot(250, loop.quit)
    loop.exec()
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    window.close()
    window.deleteLater()
    return image


def share_of_difference(one, other):
    """Return which share of the pixels differs notably."""
    if one.size() != other.size():
        return 1.0
    left = one.constBits().cast("B")
    right = other.convertToFormat(QImage.Format.Format_RGB32).constBits().cast("B")
    import numpy as np

    shape = (one.height(), one.width(), 4)
    a = np.asarray(left, dtype=np.int16).reshape(shape)[:, :, :3]
    b = np.asarray(right, dtype=np.int16).reshape(shape)[:, :, :3]
    return float((np.abs(a - b).max(axis=2) > NOTABLE).mean())


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_the_window_looks_as_it_did_when_somebody_looked(name, sample_file, tmp_path, qapp):
    now = picture(name, sample_file, tmp_path)
    known = QImage(str(HOME / f"{name}.png"))
    assert not known.isNull(), "there is no such picture yet"
    difference = share_of_difference(now, known)
    if difference > TOLERATED:
        now.save(str(tmp_path / f"{name}.png"))
    assert difference <= TOLERATED, f"look at {tmp_path / name}.png"


def test_a_small_change_is_noticed(sample_file, tmp_path, qapp):
    image = picture("welcome-light", sample_file, tmp_path)
    other = image.copy()
    other.fill(Qt.GlobalColor.red)
    assert share_of_difference(image, other) > TOLERATED
    assert share_of_difference(image, image.copy()) == 0.0


if __name__ == "__main__":
    import tempfile

    from annotator.tasks.sample import sample_project

    with tempfile.TemporaryDirectory() as made:
        os.environ["PARALLAX_CONFIG"] = made
        sample = Path(made) / "sample.annot"
        sample_project(sample).close()
        for each in PICTURES:
            picture(each, sample, Path(made)).save(str(HOME / f"{each}.png"))
