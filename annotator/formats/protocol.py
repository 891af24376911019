"""What an importer and an exporter are, and what they hand over.

An importer turns one file into `FoundArticle`s without writing anything; an exporter streams a
`Corpus` to a path and says what the format could not hold. Both know the model and nothing of the
store, of spaCy or of each other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from annotator.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from annotator.model.article import Block
    from annotator.model.corpus import Corpus


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input file: its name for messages, its bytes' hash, and where it can be read.

    Args:
        path: Where it lies; "-" stands for standard input, already spooled to a file.
        name: What a person calls it.
        sha256: Of its bytes, hexadecimal.
    """

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One article as found in a file, not yet stored; the shape of `annotator text`.

    Offsets of blocks count in `text`, which is canonical (`article.clean_text`).
    """

    text: str
    headline: str = ""
    outlet: str = ""
    byline: str = ""
    published: str = ""
    published_precision: str = ""
    url: str = ""
    language: str = ""
    section: str = ""
    genre: str = ""
    wire_credit: str = ""
    story: str = ""
    id: str = ""
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    source_name: str = ""
    source_sha256: str = ""
    index: int = 0
    importer: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in a file that could not be read: a sentence naming the file or row."""

    message: str


class Importer(Protocol):
    """Reads one family of files."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    holds: str

    def recognises(self, head: bytes, name: str) -> float:
        """Return how surely a file is of this family, 0 to 1, by its first bytes and name."""
        ...

    def read(
        self, source: SourceFile, options: Mapping[str, Any]
    ) -> Iterator[FoundArticle | Refused]:
        """Yield articles and refusals in the file's order; never raises for bad content."""
        ...


@dataclass(slots=True)
class Losses:
    """What an export could not hold, counted by kind, with some places to look at."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)
    most_places: int = 20

    def note(self, kind: str, place: str, number: int = 1) -> None:
        """Count a loss; `kind` is a plural phrase ("links between annotations")."""
        self.counts[kind] += number
        listed = self.places.setdefault(kind, [])
        if len(listed) < self.most_places:
            listed.append(place)

    def __bool__(self) -> bool:
        """Say whether anything was lost."""
        return bool(self.counts)


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export wrote and what it could not hold."""

    paths: tuple[Path, ...]
    written: Mapping[str, int]
    losses: Losses


class Exporter(Protocol):
    """Writes one format."""

    name: str
    title: str
    suffix: str
    holds: str
    options: type
    """A frozen dataclass; command-line flags and dialogs are made from its fields."""

    def losses(self, corpus: Corpus, options: Any) -> Losses:  # each has its own options
        """Return what this format cannot hold of this corpus, without writing."""
        ...

    def write(self, corpus: Corpus, out: Path, options: Any) -> Iterator[ExportSummary | int]:
        """Stream the corpus to `out`, yielding the number of articles done, last the summary."""
        ...


IMPORTERS: Registry[Importer] = Registry("importer", "annotator.importers")
EXPORTERS: Registry[Exporter] = Registry("exporter", "annotator.exporters")
