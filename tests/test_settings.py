"""Settings are kept whole; a broken file means defaults, never a crash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import settings
from annotator.errors import BadInput
from annotator.registry import Registry


def test_choices_come_back_as_saved(tmp_path):
    chosen = replace(
        settings.Settings(), coder="Łucja 😀", text_px=20, recent=("a.annot", "b.annot"),
        keys={"undo": "F9"}, window={"size": [1280, 800]},
    )  # fmt: skip
    settings.save(chosen, tmp_path / "deep" / "settings.toml")
    assert settings.load(tmp_path / "deep" / "settings.toml") == chosen


def test_by_default_they_lie_in_the_folder_of_the_configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLAX_CONFIG", str(tmp_path))
    settings.save(settings.Settings(coder="Ada"))
    assert (tmp_path / "settings.toml").is_file()
    assert settings.load().coder == "Ada"


@pytest.mark.parametrize("text", ["", "not = [toml", "text_px = 'large'\nunknown = 1\n", "\x00"])
def test_a_missing_broken_or_odd_file_means_defaults(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    assert settings.load(path) == settings.Settings()
    assert settings.load(tmp_path / "missing.toml") == settings.Settings()


def test_a_file_in_another_encoding_means_defaults(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"coder = '\xff'")
    assert settings.load(path) == settings.Settings()


def test_settings_that_cannot_be_written_say_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="could not be saved"):
        settings.save(settings.Settings(), tmp_path / "file" / "settings.toml")


def test_a_missing_resource_is_named():
    with pytest.raises(BadInput, match=r"resources/no/such\.toml"):
        settings.resource("no", "such.toml")


class Point:
    """Stands for an entry point of an installed package."""

    name = "extra"

    def __init__(self, part):
        self._part = part

    def load(self):
        if isinstance(self._part, Exception):
            raise self._part
        return self._part


def test_a_registry_takes_plugins_and_built_ins_win(monkeypatch):
    monkeypatch.setattr("annotator.registry.entry_points", lambda **_: [Point("plug-in")])
    parts = Registry("importer", "annotator.test")
    parts.register("own", "built-in")
    assert dict(parts.items()) == {"own": "built-in", "extra": "plug-in"}
    other = Registry("importer", "annotator.test")
    other.register("extra", "built-in")
    assert other.get("extra") == "built-in"


def test_a_plugin_given_as_a_class_is_made(monkeypatch):
    monkeypatch.setattr("annotator.registry.entry_points", lambda **_: [Point(dict)])
    assert Registry("importer", "annotator.test").get("extra") == {}


def test_a_broken_plugin_becomes_a_warning_and_the_rest_goes_on(monkeypatch):
    broken = Point(ImportError("no module"))
    monkeypatch.setattr("annotator.registry.entry_points", lambda **_: [broken])
    parts = Registry("importer", "annotator.test")
    parts.register("own", 1)
    assert dict(parts.items()) == {"own": 1}
    assert parts.warnings == ["The importer plug-in “extra” is broken: no module"]
    with pytest.raises(BadInput, match="Known are own"):
        parts.get("extra")
