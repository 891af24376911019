"""The house holds: imports go downwards, files stay rooms, what is documented exists."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import annotator
from annotator.cli import commands

ROOT = Path(__file__).parent.parent


def test_rooms_import_downwards_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_every_command_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in commands.commands:
        assert f"`annotator {name}`" in readme, name


def test_no_file_of_the_program_is_everything():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "annotator").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 460
    }
    assert long == {}


def test_the_map_names_every_room():
    rooms = {
        path.name.removesuffix(".py")
        for path in (ROOT / "annotator").iterdir()
        if not path.name.startswith("_")
    }
    for room in rooms - {"resources", "sample_corpus"}:
        assert re.search(rf"\b{room}\b", annotator.__doc__), room


def test_the_program_names_no_path_of_a_developers_machine():
    pattern = re.compile("/(?:work|root|home)/[a-z]")
    for path in (ROOT / "annotator").rglob("*.py"):
        assert not pattern.search(path.read_text(encoding="utf-8")), path


@pytest.mark.slow
def test_an_installed_wheel_carries_every_resource(tmp_path):
    """Build the wheel and read each resource through the one function that finds them."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    for folder in ("resources", "sample_corpus"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                there = tmp_path / "site" / "annotator" / path.relative_to(ROOT)
                assert there.read_bytes() == path.read_bytes(), path
    code = (
        "from annotator.settings import resource, sample_corpus; import annotator, sys;"
        "assert str(resource('codebooks')).startswith(sys.argv[1]), resource('codebooks');"
        "from annotator.formats.codebooks import templates; print(len(templates()))"
    )
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-c", code, str(site)], cwd=tmp_path, capture_output=True, text=True,
        check=True, env={"PYTHONPATH": str(site), "PATH": ""},
    )  # fmt: skip
    assert int(done.stdout) == 8


def test_the_distribution_is_named_apart_from_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "parallax-annotator"
    assert project["scripts"] == {"annotator": "annotator.cli:run"}
