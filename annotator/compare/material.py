"""What comparison takes and what it gives: plain frozen values, no store, no highlighter.

`Material` is one article with what is known about it; whoever calls fills in boilerplate, quotes
and names from suggestions or annotations. Everything else here is an outcome. All places are code
points of the article's text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from annotator.model.article import Block
    from annotator.model.span import Fragments, Span

Kind = Literal["verbatim", "edited", "reworded"]
Relation = Literal["verbatim", "near-verbatim", "partial", "reworded"]

# Furniture that repeats an article's matter: aligned with other texts, but never counted as copy
# and never reported as missing.
REPEATING = frozenset({"caption", "repeated-headline", "aggregator-card", "background"})


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance in one article.

    Args:
        content: All that is said, marks included.
        quoted: The stretches between marks; empty for indirect speech.
        speaker: Canonical name; "" if unknown.
        code: direct, indirect, mixed, or term for marks around what nobody says.
    """

    content: Fragments
    quoted: Fragments
    speaker: str = ""
    code: str = "direct"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article, with the canonical name its aliases share, and PER, ORG or LOC."""

    span: Span
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Material:
    """One article to compare.

    Args:
        id: Identifier, unique in the story.
        text: The canonical text.
        outlet: Who published it.
        published: ISO 8601, as precise as known; "" if unknown.
        headline: As published, for reports.
        byline: Authors as given.
        wire_credit: Agency credited, if known.
        furniture: Boilerplate with its kinds; kinds that count as content are left out by the
            caller.
        quotes: Quotes in order of the text.
        mentions: Names in order of the text.
    """

    id: str
    text: str
    outlet: str = ""
    published: str = ""
    headline: str = ""
    byline: str = ""
    wire_credit: str = ""
    furniture: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Stretch(NamedTuple):
    """A stretch of one article's text.

    A tuple, for stories have a hundred thousand of them to be sorted and looked up.
    """

    article: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many code points it holds."""
        return self.end - self.start

    def shared(self, other: Stretch) -> int:
        """Return how many code points both cover."""
        if self.article != other.article:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Pair(NamedTuple):
    """Two stretches of different articles that convey the same passage.

    Args:
        a: In the article that was added first.
        b: In the other article.
        kind: How near the wording is.
        score: How sure, 0 to 1; comparable among pairs of one kind.
    """

    a: Stretch
    b: Stretch
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """What several articles convey, in one or more stretches of each.

    Args:
        id: P1, P2, … by first place.
        kind: The nearest wording among its members.
        members: Stretches, by article.
        is_wire: Whether it is suspected agency copy; never a fact.
        evidence: Why, in a few words; "" if it is not.
    """

    id: str
    kind: Kind
    members: tuple[Stretch, ...]
    is_wire: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One article's version of what somebody said; relation is to the cluster's fullest version."""

    place: Stretch
    exact: str
    speaker: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class QuoteCluster:
    """The same utterance as several articles have it; the first member is the reference."""

    id: str
    speaker: str
    members: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what is named, and every mention in every article."""

    name: str
    kind: str
    mentions: tuple[tuple[Stretch, str], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an article's own words others have too; shares of its words, 0 to 1.

    Args:
        article: Which.
        words: Its own words: no boilerplate.
        shared: In passages that another article has too.
        unique: The rest.
        copied: Shared word for word or lightly edited, outside quotes.
        quoted: Between quotation marks.
    """

    article: str
    words: int
    shared: float
    unique: float
    copied: float
    quoted: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a story's articles share, change and leave out."""

    articles: tuple[Material, ...]
    passages: tuple[Passage, ...]
    pairs: tuple[Pair, ...]
    only_here: tuple[Stretch, ...]
    quotes: tuple[QuoteCluster, ...]
    names: tuple[Actor, ...]
    shares: tuple[Share, ...]
