"""What an exporter or a comparison may read: coded articles, one after another.

`Corpus` is the border between the store and everything that only reads. `CodedArticle` is one
article with all that was said about it, complete in itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.model.annotation import (
        Actor,
        Alias,
        Annotation,
        Answer,
        Assignment,
        Coder,
        Decision,
        Link,
        Round,
    )
    from annotator.model.article import Article, Outlet, Story, TextVersion
    from annotator.model.codebook import Codebook, CodebookVersion


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """One article with its current text and everything that coders said about it."""

    article: Article
    version: TextVersion
    outlet: Outlet | None = None
    story: Story | None = None
    annotations: tuple[Annotation, ...] = ()
    answers: tuple[Answer, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[Decision, ...] = ()
    assignments: tuple[Assignment, ...] = ()


class Corpus(Protocol):
    """A project as a reader sees it, in one state."""

    @property
    def name(self) -> str:
        """The project's name."""
        ...

    @property
    def codebook(self) -> Codebook:
        """The codebook now."""
        ...

    @property
    def codebook_versions(self) -> Mapping[str, CodebookVersion]:
        """Snapshots by id."""
        ...

    @property
    def coders(self) -> Mapping[str, Coder]:
        """Coders by id."""
        ...

    @property
    def rounds(self) -> Mapping[str, Round]:
        """Rounds by id."""
        ...

    @property
    def stories(self) -> Mapping[str, Story]:
        """Stories by id."""
        ...

    def count(self) -> int:
        """Return the number of articles."""
        ...

    def articles(self) -> Iterator[CodedArticle]:
        """Yield every article, by story, date and id."""
        ...

    def story_answers(self) -> Iterator[Answer]:
        """Yield the answers whose unit is a story."""
        ...

    def actors(self) -> Iterator[tuple[Actor, tuple[Alias, ...]]]:
        """Yield actors with their other names."""
        ...
