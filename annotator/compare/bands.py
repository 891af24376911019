"""Passages: pairs of stretches put together to what all outlets convey in common.

Stretches of one article that are nearly the same count as one. Two groups are joined only if at
least half of the possible pairs between them exist: a sentence that says two things stands between
two passages and must not glue them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.compare.material import Passage, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.compare.material import Kind, Pair

NEARNESS: dict[Kind, int] = {"verbatim": 0, "edited": 1, "reworded": 2}
DENSE = 0.5


def passages(pairs: Sequence[Pair], order: Sequence[str]) -> list[Passage]:
    """Return the passages of a story, by first place.

    Args:
        pairs: Pairs of stretches, of all articles.
        order: Ids of the articles as they are shown; decides the passages' order and ids.
    """
    nodes = _nodes(pairs)
    edges: dict[tuple[Stretch, Stretch], tuple[int, float]] = {}
    for pair in pairs:
        ends = (nodes[pair.a], nodes[pair.b])
        rank = (NEARNESS[pair.kind], -pair.score)
        edges[ends] = min(edges.get(ends, rank), rank)
    rows = {article: row for row, article in enumerate(order)}

    def by_place(stretch: Stretch) -> tuple[int, int, int]:
        return rows[stretch.article], stretch.start, stretch.end

    groups = _grouped(edges)
    kinds = _kinds(edges, groups)
    members = [(sorted(group, key=by_place), kinds[name]) for name, group in groups.items()]
    members.sort(key=lambda member: [by_place(stretch) for stretch in member[0]])
    return [
        Passage(f"P{number}", kind, tuple(group)) for number, (group, kind) in enumerate(members, 1)
    ]


def _nodes(pairs: Iterable[Pair]) -> dict[Stretch, Stretch]:
    """Return for every stretch the one that stands for all that are nearly the same."""
    stretches = sorted({end for pair in pairs for end in (pair.a, pair.b)})
    result: dict[Stretch, Stretch] = {}
    heads: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.article, -s.length, s.start)):
        if heads and heads[0].article != stretch.article:
            heads = []
        same = (h for h in heads if 2 * h.shared(stretch) > h.length)
        result[stretch] = next(same, stretch)
        if result[stretch] is stretch:
            heads.append(stretch)
    return result


def _grouped(
    edges: Mapping[tuple[Stretch, Stretch], tuple[int, float]],
) -> dict[Stretch, set[Stretch]]:
    """Return groups of stretches by one of them; the nearest pairs are joined first."""
    home = {end: end for ends in edges for end in ends}
    groups = {end: {end} for end in home}
    links: dict[Stretch, dict[Stretch, int]] = {end: {} for end in home}
    for left, right in edges:
        links[left][right] = links[right][left] = 1
    for (left, right), _ in sorted(edges.items(), key=lambda item: (item[1], item[0])):
        one, two = home[left], home[right]
        if one == two or links[one].get(two, 0) < DENSE * len(groups[one]) * len(groups[two]):
            continue
        if len(groups[one]) < len(groups[two]):
            one, two = two, one
        _join(one, two, home, groups, links)
    return groups


def _join(
    one: Stretch, two: Stretch, home: dict[Stretch, Stretch],
    groups: dict[Stretch, set[Stretch]], links: dict[Stretch, dict[Stretch, int]],
) -> None:  # fmt: skip
    """Move the second group into the first, with its links."""
    for member in groups[two]:
        home[member] = one
    groups[one] |= groups.pop(two)
    for other, number in links.pop(two).items():
        links[other].pop(two)
        if other != one:
            links[one][other] = links[other][one] = links[one].get(other, 0) + number


def _kinds(
    edges: Mapping[tuple[Stretch, Stretch], tuple[int, float]],
    groups: Mapping[Stretch, set[Stretch]],
) -> dict[Stretch, Kind]:
    """Return the nearest wording inside every group."""
    home = {member: name for name, group in groups.items() for member in group}
    nearest = dict.fromkeys(groups, len(NEARNESS) - 1)
    for (left, right), (rank, _) in edges.items():
        if home[left] == home[right]:
            nearest[home[left]] = min(nearest[home[left]], rank)
    kinds = tuple(NEARNESS)
    return {name: kinds[rank] for name, rank in nearest.items()}
