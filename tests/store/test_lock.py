"""One writer at a time: on this machine by the system's lock, elsewhere by a fresh lock file."""

from __future__ import annotations

import getpass
import json
import os
import platform

import pytest

from annotator.errors import LockedProject, ProjectError
from annotator.store import lock as locking
from annotator.store.lock import FRESH_SECS, Holder, Lock, holder_of, lock_path

fcntl = pytest.importorskip("fcntl", reason="Windows locks otherwise")


@pytest.fixture
def path(tmp_path):
    """Return where a project would be."""
    return tmp_path / "x.annot"


def signed(path, where, pid=1, *, age=0.0):
    lock = lock_path(path)
    holder = {"who": "Ben", "where": where, "since": "2026-01-01", "pid": pid}
    lock.write_text(json.dumps(holder))
    stat = lock.stat()
    os.utime(lock, (stat.st_atime - age, stat.st_mtime - age))


def no_locks(*_):
    raise OSError(95, "Operation not supported")


def test_the_holder_is_named_and_gone_afterwards(path):
    lock = Lock(path)
    assert holder_of(path) == Holder(
        getpass.getuser(), platform.node(), holder_of(path).since, os.getpid()
    )
    lock.release()
    lock.release()
    assert holder_of(path) is None and not lock_path(path).exists()


def test_a_second_lock_in_the_same_process_is_refused(path):
    held = Lock(path)
    with pytest.raises(LockedProject, match=f"process {os.getpid()}"):
        Lock(path)
    held.release()
    Lock(path).release()


def test_a_lock_file_that_nobody_can_read_is_still_a_lock(path):
    held = Lock(path)
    lock_path(path).write_text("not json")
    with pytest.raises(LockedProject, match="another process has it open"):
        Lock(path)
    held.release()


def test_the_dead_do_not_hinder(path):
    signed(path, platform.node(), pid=2**22 + 1)
    Lock(path).release()


def test_another_machine_counts_while_its_lock_is_fresh(path):
    signed(path, "elsewhere")
    with pytest.raises(LockedProject, match=r"Ben on elsewhere.*10 minutes"):
        Lock(path)
    signed(path, "elsewhere", age=FRESH_SECS + 1)
    Lock(path).release()


def test_where_nothing_locks_a_living_process_counts(path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", no_locks)
    signed(path, platform.node(), pid=os.getpid())
    with pytest.raises(LockedProject):
        Lock(path)
    signed(path, platform.node(), pid=2**22 + 1)
    Lock(path).release()


def test_a_process_of_somebody_else_counts_as_living(path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", no_locks)

    def not_ours(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(locking.os, "kill", not_ours)
    signed(path, platform.node(), pid=1)
    with pytest.raises(LockedProject):
        Lock(path)


def test_a_lock_file_removed_by_its_last_holder_is_not_locked_in_vain(path, monkeypatch):
    """Between opening the file and locking it, its holder may have removed it."""
    seize = locking._seize
    turns = []

    def late(file):
        turns.append(file)
        if len(turns) == 1:
            lock_path(path).unlink()
        return seize(file)

    monkeypatch.setattr(locking, "_seize", late)
    held = Lock(path)
    assert len(turns) == 2
    monkeypatch.undo()
    with pytest.raises(LockedProject):
        Lock(path)
    held.release()


def test_a_lock_that_somebody_else_made_anew_is_not_removed(path):
    held = Lock(path)
    lock_path(path).unlink()
    other = Lock(path)
    held.release()
    assert lock_path(path).exists()
    other.release()


def at_a_later_time(monkeypatch):
    later = locking.time.monotonic() + 3600
    monkeypatch.setattr(locking.time, "monotonic", lambda: later)


def test_the_holder_shows_that_it_lives(path, monkeypatch):
    held = Lock(path)
    held.keep_fresh()
    os.utime(lock_path(path), (0, 0))
    held.keep_fresh()
    assert lock_path(path).stat().st_mtime == 0
    at_a_later_time(monkeypatch)
    held.keep_fresh()
    assert lock_path(path).stat().st_mtime > 0
    held.release()


def test_a_holder_whose_lock_was_taken_over_writes_no_more(project, sample, monkeypatch):
    at_a_later_time(monkeypatch)
    signed(project.path, "elsewhere")
    with pytest.raises(LockedProject, match="Ben on elsewhere"):
        project.apply(sample.tagged())
    with pytest.raises(LockedProject):
        project.keep_lock()
    assert project.annotations(sample.article.id) == []


def test_a_lock_file_that_vanished_does_not_stop_the_work(project, sample, monkeypatch):
    at_a_later_time(monkeypatch)
    lock_path(project.path).unlink()
    project.apply(sample.tagged())
    assert len(project.annotations(sample.article.id)) == 1


def test_a_user_without_a_name_is_somebody(path, monkeypatch):
    def nameless():
        raise KeyError("uid")

    monkeypatch.setattr(getpass, "getuser", nameless)
    held = Lock(path)
    assert holder_of(path).who == "somebody"
    held.release()


def test_a_lock_that_cannot_be_signed_is_said_and_removed(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(locking.json, "dump", full)
    with pytest.raises(ProjectError, match="No space left on device"):
        Lock(path)
    assert not lock_path(path).exists()
