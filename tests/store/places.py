"""Places where writing goes wrong: a small disk, a write-protected one, a locked folder."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest


def _run(*command):
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder, kilobytes):
    """Give a folder on a disk of its own, of this size."""
    folder.mkdir()
    made = sys.platform == "linux" and _run(
        "mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)
    )
    if not made:
        pytest.skip("a disk of its own needs Linux and the right to mount")
    try:
        yield folder
    finally:
        assert _run("umount", str(folder))


@contextmanager
def write_protected_disk(folder):
    """Make a folder read-only as a mount is: nobody may write, not even root."""
    made = sys.platform == "linux" and _run("mount", "--bind", str(folder), str(folder))
    if not made:
        pytest.skip("a write-protected disk needs Linux and the right to mount")
    try:
        assert _run("mount", "-o", "remount,ro,bind", str(folder))
        yield folder
    finally:
        assert _run("umount", str(folder))


@contextmanager
def closed_folder(folder):
    """Make a folder in which no file can be made or removed, though its files may be written."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        if not _run("chattr", "+i", str(folder)):
            pytest.skip("root writes everywhere here: the file system keeps no immutable flag")
    else:
        folder.chmod(0o555)
    try:
        yield folder
    finally:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            assert _run("chattr", "-i", str(folder))
        else:
            folder.chmod(0o755)


def fill(folder):
    """Use up what room a disk has left."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    return path
