"""Snapshots: due once an hour, whole, and thinned so that every age keeps some."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.store import snapshots
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.snapshots import STAMP, is_due, listed, surplus

NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
ages = st.timedeltas(timedelta(0), timedelta(days=120))
reasons = st.sampled_from(["hourly", "before-repair", "before-migration"])


def named(age, reason="hourly"):
    time = (NOW - age).replace(microsecond=0)
    return time, Path(f"{time.strftime(STAMP)}-{reason}.annot")


kept_before = st.lists(st.builds(named, ages, reasons), max_size=60, unique=True).map(
    lambda found: sorted(found, reverse=True)
)


def test_a_snapshot_is_a_whole_project_beside_the_file(project, sample):
    project.apply(sample.tagged())
    made = project.snapshot("manual")
    assert made.parent == project.path.with_name("study.annot-snapshots")
    assert check(made) == []
    with Project.open(made, read_only=True) as copy:
        assert len(copy.annotations(sample.article.id)) == 1


def test_a_project_in_memory_has_no_snapshots(sample):
    with Project.in_memory(sample.founding()) as project:
        assert project.snapshot() is None


def test_a_snapshot_is_due_when_the_newest_is_an_hour_old(project):
    assert is_due(project.path)
    project.snapshot()
    assert not is_due(project.path)
    assert is_due(project.path, at=datetime.now(UTC) + timedelta(minutes=61))


def test_a_snapshot_from_the_future_does_not_put_off_the_next(project):
    project.snapshot()
    assert is_due(project.path, at=datetime.now(UTC) - timedelta(days=400))


def test_other_files_in_the_folder_are_no_snapshots(project):
    made = project.snapshot()
    for name in ("notes.annot", ".20260101T000000Z-hourly.part", "20260101T000000Z-hourly.txt"):
        (made.parent / name).write_text("x")
    assert [path for _, path in listed(project.path)] == [made]


def test_taking_a_snapshot_thins_the_older_ones_and_leaves_no_part(project, monkeypatch):
    for minutes in range(0, 120, 5):
        _, path = named(timedelta(days=1000, minutes=minutes))
        target = snapshots.folder(project.path) / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"old")
    made = project.snapshot()
    assert list(snapshots.folder(project.path).iterdir()) == [made]


@given(kept_before)
def test_the_newest_is_always_kept(found):
    assert not found or found[0][1] not in surplus(found, at=NOW)


@given(kept_before)
def test_no_two_of_one_reason_are_kept_in_one_hour_day_or_week(found):
    gone = set(surplus(found, at=NOW))
    slots = []
    for time, path in found:
        if path not in gone:
            age = NOW - time
            unit = "%Y%m%d%H" if age <= timedelta(days=1) else "%Y%m%d"
            slots.append((path.name[17:], time.strftime("%G%V" if age.days >= 14 else unit)))
    assert len(slots) - len(set(slots)) == 0


@given(kept_before)
def test_every_hour_day_and_week_that_had_one_keeps_one(found):
    gone = set(surplus(found, at=NOW))
    kept = [(time, path) for time, path in found if path not in gone]
    for time, path in found:
        age = NOW - time
        unit = "%Y%m%d%H" if age <= timedelta(days=1) else "%Y%m%d"
        unit = "%G%V" if age > timedelta(days=14) else unit
        if age <= timedelta(days=90):
            alike = [
                t for t, p in kept
                if p.name[17:] == path.name[17:] and t.strftime(unit) == time.strftime(unit)
            ]  # fmt: skip
            assert alike


@given(kept_before, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_thinning_twice_changes_nothing_and_later_only_drops_more(found, later):
    gone = set(surplus(found, at=NOW))
    left = [(time, path) for time, path in found if path not in gone]
    assert surplus(left, at=NOW) == []
    assert set(surplus(left, at=NOW + later)) <= {path for _, path in left}


def test_an_hourly_snapshot_never_drives_out_the_one_before_a_repair():
    before = named(timedelta(minutes=20), "before-repair")
    hourly = named(timedelta(minutes=10))
    assert surplus([hourly, before], at=NOW) == []


def test_a_name_that_says_no_reason_is_thinned_like_the_rest():
    odd = [(NOW - timedelta(minutes=m), Path(f"{m}.annot")) for m in (1, 2, 3)]
    assert [p.name for p in surplus(odd, at=NOW)] == ["2.annot", "3.annot"]
