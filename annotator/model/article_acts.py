"""The acts on articles, stories and outlets, each as one edit: add, describe, move, delete, split.

Builders are pure: they take the records as they are stored and return the `Edit` that does it.
A deleted article takes nothing with it: texts, annotations and answers stay as they are and are
there again when the deletion is undone. Correcting a text is `acts.correct_text`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.model.article import Article, Block, Outlet, Story, TextVersion, clean_text, digest
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.model.acts import Desk
    from annotator.model.annotation import Actor, Answer
    from annotator.model.edit import Record
    from annotator.model.span import Span

LABEL_LETTERS = 40


def named(what: str, names: Sequence[str]) -> str:
    """Return what an act is about, for its label.

    >>> named("article", ["Ferry crews walk out"]), named("article", ["a", "b"])
    ('“Ferry crews walk out”', '2 articles')
    """
    if len(names) != 1:
        return f"{len(names)} {what[:-1] + 'ies' if what.endswith('y') else what + 's'}"
    words = " ".join(names[0].split()) or f"{what} without a name"
    cut = words if len(words) <= LABEL_LETTERS else words[: LABEL_LETTERS - 1].rstrip() + "…"
    return f"“{cut}”"


# Articles


def new_article(
    text: str, *, blocks: tuple[Block, ...] = (), reason: str = "as pasted", **facts: Any
) -> tuple[Article, TextVersion]:
    """Return a fresh article and its first text, not yet stored.

    Args:
        text: Its text; cleaned here, so `blocks` must count in cleaned text.
        blocks: Roles of its stretches.
        reason: Why this text version is there.
        facts: Fields of `Article`.
    """
    time = now()
    article = Article(id=new_id(), added=time, **facts)
    words = clean_text(text)
    version = TextVersion(new_id(), article.id, 1, words, digest(words), reason, blocks, time)
    return article, version


def add(
    desk: Desk, made: Sequence[tuple[Article, TextVersion]], others: Iterable[Record] = ()
) -> Edit:
    """Return the edit that adds articles with their texts.

    Args:
        desk: Who adds them.
        made: From `new_article`.
        others: Outlets and stories that are new with them.
    """
    label = f"Add {named('article', [article.headline for article, _ in made])}"
    records = [record for pair in made for record in pair]
    return Edit(label, desk.coder_id, after=(*others, *records))


def edit_facts(
    desk: Desk, article: Article, facts: Mapping[str, Any], others: Iterable[Record] = ()
) -> Edit:
    """Return the edit that changes what is known about an article; its text stays.

    Args:
        desk: Who changes it.
        article: As stored.
        facts: Fields of `Article` with their new values.
        others: An outlet or a story that is new with it.
    """
    changed = replace(article, **facts)
    label = f"Edit the facts of {named('article', [article.headline])}"
    return Edit(label, desk.coder_id, (article,), (*others, changed))


def delete(desk: Desk, articles: Sequence[Article]) -> Edit:
    """Return the edit that takes articles out of the project; what hangs on them stays."""
    label = f"Delete {named('article', [a.headline for a in articles])}"
    return Edit(label, desk.coder_id, before=tuple(articles))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article that shall be an article of its own.

    Args:
        span: Where it stands in the parent's text.
        headline: Its headline.
        outlet_id: Its outlet, if known.
        facts: Further fields of `Article`.
        blocks: Roles of its stretches, counted from its start; the parent's if None.
    """

    span: Span
    headline: str = ""
    outlet_id: str | None = None
    facts: Mapping[str, Any] | None = None
    blocks: tuple[Block, ...] | None = None


def split_article(
    desk: Desk,
    parent: Article,
    version: TextVersion,
    pieces: Sequence[Piece],
    *,
    others: Iterable[Record] = (),
    removes_parent: bool = False,
) -> Edit:
    """Return the edit that makes pieces of an article's text into articles of their own.

    They belong to the parent's story, speak its language and name it in their provenance; what
    was coded on the parent stays there.

    Args:
        desk: Who splits.
        parent: The article, as stored.
        version: Its current text, in which the pieces count.
        pieces: What becomes an article.
        others: Outlets that are new with them.
        removes_parent: Whether the parent is deleted, in the same act.

    Raises:
        ValueError: if there is no piece.
    """
    if not pieces:
        raise ValueError("nothing to split off")
    made = [r for n, piece in enumerate(pieces) for r in _piece_of(parent, version, piece, n)]
    label = f"Split {named('article', [parent.headline])} into {len(pieces)} articles"
    return Edit(label, desk.coder_id, (parent,) if removes_parent else (), (*others, *made))


def _piece_of(
    parent: Article, version: TextVersion, piece: Piece, number: int
) -> tuple[Article, TextVersion]:
    facts = {
        "story_id": parent.story_id,
        "language": parent.language,
        "published": parent.published,
        "published_precision": parent.published_precision,
        **(piece.facts or {}),
    }
    inherited = blocks_within(version.blocks, piece.span)
    return new_article(
        piece.span.of(version.text),
        blocks=inherited if piece.blocks is None else piece.blocks,
        reason="split off",
        headline=piece.headline,
        outlet_id=piece.outlet_id,
        provenance=_parentage(parent, version, piece.span, number),
        **facts,
    )


def _parentage(parent: Article, version: TextVersion, span: Span, number: int) -> dict[str, Any]:
    """Return where a piece comes from: the parent's file, and its place in the parent's text."""
    known = parent.provenance
    made: dict[str, Any] = {
        **{key: known[key] for key in ("file", "sha256") if key in known},
        "importer": "split",
        "index": number,
        "parent": parent.id,
        "parent_text_version": version.number,
        "parent_start": span.start,
        "parent_end": span.end,
    }
    return made


def blocks_within(blocks: Iterable[Block], span: Span) -> tuple[Block, ...]:
    """Return the blocks inside a stretch, cut at its borders and counted from its start.

    >>> from annotator.model.span import Span
    >>> blocks_within([Block(0, 5, "headline"), Block(6, 20, "main")], Span(3, 10))
    (Block(start=0, end=2, role='headline'), Block(start=3, end=7, role='main'))
    """
    return tuple(
        Block(max(b.start, span.start) - span.start, min(b.end, span.end) - span.start, b.role)
        for b in blocks
        if b.start < span.end and b.end > span.start
    )


# Stories


def new_story(
    desk: Desk, title: str, articles: Sequence[Article] = (), *, date: str = "", note: str = ""
) -> Edit:
    """Return the edit that makes a story, of articles that leave theirs for it, or empty."""
    story = Story(new_id(), title, date, note)
    moved = tuple(replace(article, story_id=story.id) for article in articles)
    label = f"New story {named('story', [title])}"
    return Edit(label, desk.coder_id, tuple(articles), (story, *moved))


def edit_story(
    desk: Desk,
    story: Story,
    *,
    title: str | None = None,
    date: str | None = None,
    note: str | None = None,
) -> Edit:
    """Return the edit that renames, dates or describes a story (None: as it is)."""
    changed = replace(
        story,
        title=story.title if title is None else title,
        date=story.date if date is None else date,
        note=story.note if note is None else note,
    )
    verb = "Rename" if changed.title != story.title else "Describe"
    return Edit(f"{verb} {named('story', [story.title])}", desk.coder_id, (story,), (changed,))


def move(desk: Desk, articles: Sequence[Article], story: Story | None) -> Edit:
    """Return the edit that moves articles to a story, or out of any."""
    moving = [a for a in articles if a.story_id != (story.id if story else None)]
    moved = tuple(replace(a, story_id=story.id if story else None) for a in moving)
    what = named("article", [a.headline for a in moving])
    where = f"to {named('story', [story.title])}" if story else "out of the story"
    return Edit(f"Move {what} {where}", desk.coder_id, tuple(moving), moved)


@dataclass(frozen=True, slots=True)
class MergedStories:
    """What merges stories; `left` are answers that stay, as the coder answered both stories."""

    edit: Edit
    left: tuple[Answer, ...]


def merge_stories(
    desk: Desk,
    into: Story,
    others: Sequence[Story],
    articles: Sequence[Article],
    *,
    answers: Sequence[Answer] = (),
    actors: Sequence[Actor] = (),
) -> MergedStories:
    """Return the edit that puts the articles of several stories into one; the others go.

    Args:
        desk: Who merges.
        into: The story that stays.
        others: The stories that go.
        articles: All articles of the others.
        answers: All answers on any of the stories; those of the others move along, unless the
            same coder answered the same question on a story that came first.
        actors: All actors of the others; they move along.
    """
    gone = {story.id for story in others}
    taken = {_question(a) for a in answers if a.unit_id == into.id}
    moving: list[Answer] = []
    left: list[Answer] = []
    for answer in answers:
        if answer.unit_id in gone:
            (left if _question(answer) in taken else moving).append(answer)
            taken.add(_question(answer))
    edit = Edit(
        f"Merge {named('story', [s.title for s in others])} into {named('story', [into.title])}",
        desk.coder_id,
        (*others, *articles, *moving, *actors),
        (
            *(replace(article, story_id=into.id) for article in articles),
            *(replace(answer, unit_id=into.id) for answer in moving),
            *(replace(actor, story_id=into.id) for actor in actors),
        ),
    )
    return MergedStories(edit, tuple(left))


def _question(answer: Answer) -> tuple[str, str, str | None]:
    return answer.variable_id, answer.coder_id, answer.round_id


def delete_story(desk: Desk, story: Story, articles: Sequence[Article]) -> Edit:
    """Return the edit that dissolves a story; its articles stay, in no story."""
    freed = tuple(replace(article, story_id=None) for article in articles)
    label = f"Dissolve {named('story', [story.title])}"
    return Edit(label, desk.coder_id, (story, *articles), freed)


# Outlets


def new_outlet(desk: Desk, name: str, **facts: str) -> Edit:
    """Return the edit that makes an outlet; `facts` are fields of `Outlet`."""
    outlet = Outlet(new_id(), name, **facts)
    return Edit(f"New outlet {named('outlet', [name])}", desk.coder_id, after=(outlet,))


def edit_outlet(desk: Desk, outlet: Outlet, facts: Mapping[str, str]) -> Edit:
    """Return the edit that changes what is known about an outlet."""
    changed = replace(outlet, **facts)
    verb = "Rename" if changed.name != outlet.name else "Describe"
    return Edit(f"{verb} {named('outlet', [outlet.name])}", desk.coder_id, (outlet,), (changed,))


def merge_outlets(
    desk: Desk, into: Outlet, others: Sequence[Outlet], articles: Sequence[Article]
) -> Edit:
    """Return the edit that makes several outlets one.

    What is not known of the one that stays is taken from the others, the first first; their
    notes and names are added to its note, so that nothing is lost.

    Args:
        desk: Who merges.
        into: The outlet that stays.
        others: The outlets that go.
        articles: All articles of the others.
    """
    facts = {
        name: next((v for o in (into, *others) if (v := getattr(o, name))), "")
        for name in ("url", "country", "kind", "leaning")
    }
    former = f"Also called {', '.join(o.name for o in others)}."
    notes = [into.note, former, *(o.note for o in others)]
    kept = replace(into, note="\n".join(note for note in notes if note), **facts)
    moved = tuple(replace(article, outlet_id=into.id) for article in articles)
    what = named("outlet", [o.name for o in others])
    label = f"Merge {what} into {named('outlet', [into.name])}"
    return Edit(label, desk.coder_id, (into, *others, *articles), (kept, *moved))
