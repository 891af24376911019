"""The person's choices, and the program's own resources.

Settings are a TOML file in the platform's configuration folder. Resources (codebooks, lexicons,
themes, fonts, help, the sample corpus) lie beside the package in a checkout and inside it in an
installed wheel; `resource` finds them in both.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from annotator.errors import BadInput

APP = "parallax"
PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder: `resource("codebooks", "entman.toml")`.

    Raises:
        BadInput: if the installation does not have it.
    """
    return _shipped("resources", *parts)


def sample_corpus(*parts: str) -> Path:
    """Return the path of a file or folder of the sample corpus.

    Raises:
        BadInput: if the installation does not have it.
    """
    return _shipped("sample_corpus", *parts)


def _shipped(folder: str, *parts: str) -> Path:
    for home in (PACKAGE, PACKAGE.parent):
        path = home.joinpath(folder, *parts)
        if path.exists():
            return path
    raise BadInput(
        f"The installation lacks {'/'.join((folder, *parts))}.",
        hint="Install the program again.",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose; every field has a default.

    Args:
        coder: Name under which this person codes.
        theme: "system", "light", "dark" or "contrast".
        text_px: Size of article text in the reading pane, 13 to 24.
        interface_percent: Size of the interface, 90 to 150.
        shows_keys: Whether key caps are shown.
        language: BCP 47 tag of most articles.
        recent: Paths of recent projects, newest first.
        keys: Keys that were changed, by action id.
        window: Remembered sizes and places, by name.
    """

    coder: str = ""
    theme: str = "system"
    text_px: int = 17
    interface_percent: int = 100
    shows_keys: bool = True
    language: str = "en"
    recent: tuple[str, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    window: dict[str, Any] = field(default_factory=dict)


def settings_path() -> Path:
    """Return where settings are kept; PARALLAX_CONFIG names another folder."""
    folder = os.environ.get("PARALLAX_CONFIG") or platformdirs.user_config_dir(APP, appauthor=False)
    return Path(folder) / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """Return the stored settings; what is missing, unknown or of the wrong type is the default."""
    path = path or settings_path()
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    default = Settings()
    values: dict[str, Any] = {}
    for f in fields(Settings):
        value = stored.get(f.name)
        if isinstance(getattr(default, f.name), tuple) and isinstance(value, list):
            value = tuple(str(v) for v in value)
        if value is not None and type(value) is type(getattr(default, f.name)):
            values[f.name] = value
    return Settings(**values)


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings beside the old file, then replace it.

    Raises:
        BadInput: if the folder cannot be written.
    """
    import tomli_w  # noqa: PLC0415  # only needed when writing

    path = path or settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as beside:
            tomli_w.dump(asdict(settings), beside)
        Path(beside.name).replace(path)
    except OSError as error:
        raise BadInput(
            f"The settings could not be saved: {error.strerror or error}.",
            hint="Choices hold until the program is closed.",
            where=str(path),
        ) from error
