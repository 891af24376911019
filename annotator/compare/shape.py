"""A comparison as JSON: the shape that the command line promises, and what one article misses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.compare.material import Comparison, Passage, Stretch


def to_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison ready for JSON; offsets are code points, half-open."""
    return {
        "passages": [
            {"id": p.id, "kind": p.kind, "wire": p.is_wire, "evidence": p.evidence,
             "members": [_place(s) for s in p.members]}
            for p in comparison.passages
        ],
        "pairs": [
            {"a": p.a.article, "a_start": p.a.start, "a_end": p.a.end, "b": p.b.article,
             "b_start": p.b.start, "b_end": p.b.end, "kind": p.kind, "score": p.score}
            for p in comparison.pairs
        ],
        "only_here": [_place(s) for s in comparison.only_here],
        "quotes": [
            {"id": q.id, "speaker": q.speaker, "members": [
                {**_place(m.place), "exact": m.exact, "speaker": m.speaker,
                 "relation": m.relation}
                for m in q.members
            ]}
            for q in comparison.quotes
        ],
        "names": [
            {"actor": n.name, "kind": n.kind,
             "mentions": [{**_place(s), "exact": exact} for s, exact in n.mentions]}
            for n in comparison.names
        ],
        "shares": [
            {"article": s.article, "shared": s.shared, "unique": s.unique, "copied": s.copied,
             "quoted": s.quoted, "words": s.words}
            for s in comparison.shares
        ],
    }  # fmt: skip


def _place(stretch: Stretch) -> dict[str, Any]:
    return {"article": stretch.article, "start": stretch.start, "end": stretch.end}


def missing_here(comparison: Comparison, article: str, least: int = 2) -> list[Passage]:
    """Return the passages that at least so many other articles convey and this one does not.

    Args:
        comparison: The story.
        article: Id of the article that is looked at.
        least: How many others must have it.
    """
    return [
        passage
        for passage in comparison.passages
        if article not in (there := {s.article for s in passage.members}) and len(there) >= least
    ]
