"""Where a project lies decides its journal; names appear whole and never over others."""

from __future__ import annotations

import pytest

from annotator.errors import ProjectError
from annotator.store import files
from annotator.store.files import lies_on_network, made_beside
from annotator.store.project import Project

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//office/docs /mnt/with\\040blank cifs rw 0 0
me@host:/ /mnt/fuse fuse.sshfs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
/dev/sdc1 /mnt/stick fuseblk rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
drive /mnt/over 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "is_remote"),
    [
        ("/home/ada/x.annot", False),
        ("/mnt/share/x.annot", True),
        ("/mnt/share/team/x.annot", True),
        ("/mnt/shared/x.annot", False),
        ("/mnt/with blank/x.annot", True),
        ("/mnt/fuse/x.annot", True),
        ("/mnt/share/local/x.annot", False),
        ("/mnt/stick/x.annot", False),
        ("/mnt/over/x.annot", True),
        ("/home/ada/Dropbox/x.annot", True),
        ("/home/ada/OneDrive - University/x.annot", True),
        ("/home/ada/Box/x.annot", True),
        ("/home/ada/Boxes/x.annot", False),
    ],
)
def test_a_place_is_remote_by_its_mount_or_its_folder(tmp_path, place, is_remote):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert lies_on_network(files.Path(place), mounts) is is_remote


def test_where_mounts_are_not_listed_a_place_counts_as_local(tmp_path):
    assert not lies_on_network(files.Path("/home/ada/x.annot"), tmp_path / "nothing")


def test_a_new_file_may_be_read_by_whom_others_may(tmp_path, sample):
    plain = tmp_path / "plain"
    plain.touch()
    with Project.create(tmp_path / "x.annot", sample.founding()) as project:
        assert project.path.stat().st_mode == plain.stat().st_mode


def test_a_file_system_without_hard_links_gets_its_file_too(tmp_path, sample, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(type(tmp_path), "hardlink_to", refuse)
    with Project.create(tmp_path / "x.annot", sample.founding()) as project:
        assert project.count() == 1


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path):
    target = tmp_path / "x.annot"
    with pytest.raises(ProjectError, match="a file already"), made_beside(target):
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["x.annot"]


def test_a_file_that_came_and_went_meanwhile_is_said(tmp_path, monkeypatch):
    def too_late(*_):
        raise FileExistsError(17, "File exists")

    monkeypatch.setattr(type(tmp_path), "hardlink_to", too_late)
    with (
        pytest.raises(ProjectError, match="File exists"),
        made_beside(tmp_path / "x.annot") as beside,
    ):
        beside.write_text("ours")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_not_made_over_a_file(project, tmp_path):
    (tmp_path / "y.annot").write_text("mine")
    with pytest.raises(ProjectError, match="a file already"):
        project.save_copy(tmp_path / "y.annot")
    assert (tmp_path / "y.annot").read_text() == "mine"


def test_a_name_that_is_too_long_is_said(tmp_path, sample):
    with pytest.raises(ProjectError, match="Nothing can be written there"):
        Project.create(tmp_path / ("x" * 300 + ".annot"), sample.founding())
