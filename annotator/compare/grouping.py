"""Which articles report the same event, and which are nearly the same text.

Proposals for a person to confirm: articles of a few days whose words weigh alike, grouped by
average likeness. Near-duplicates are found by the runs of five words that one text holds of the
other; the measure is not symmetrical, for a short text can lie wholly inside a long one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from annotator.compare.passages import shingles
from annotator.compare.reading import silent_furniture
from annotator.compare.stems import word_lists
from annotator.compare.tokens import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.compare.material import Material

WINDOW = 3  # days between two articles of one story
ALIKE = 0.2  # cosine of two articles of one story
MEAN = 0.14  # mean cosine between two groups that are joined
HEAD = 60  # words at the beginning that say what an article is about, and count twice
DUPLICATE = 0.8
TOO_COMMON = 50  # texts that share a run of words; beyond it the run is a template's


@dataclass(frozen=True, slots=True, order=True)
class Duplicate:
    """Two texts of which one holds most of the other.

    Args:
        one: Id of the article added first.
        two: Id of the other.
        contained: Share of the shorter text's runs of five words that the longer one has.
    """

    one: str
    two: str
    contained: float


def proposed_stories(
    materials: Sequence[Material], *, window: int = WINDOW, alike: float = ALIKE
) -> list[tuple[str, ...]]:
    """Return groups of two or more articles that seem to report one event.

    Args:
        materials: Articles; those without a date may meet any other.
        window: Days that may lie between two articles.
        alike: Cosine from which two articles are taken together.

    Returns:
        Ids in the order given, groups by their first article.
    """
    days = [_day(material.published) for material in materials]
    edges: dict[tuple[int, int], float] = {}
    for one, two, cosine in _cosines(materials, MEAN / 2):
        near = days[one] is None or days[two] is None or (
            abs((days[one] or 0) - (days[two] or 0)) <= window
        )  # fmt: skip
        if near:
            edges[one, two] = cosine
    groups = _average_linked(len(materials), edges, alike)
    return [tuple(materials[i].id for i in group) for group in groups if len(group) > 1]


def _day(published: str) -> int | None:
    """Return a date as a number of days; None if it is no full date.

    >>> _day("2024-03-02T10:00:00Z") - _day("2024-02-28")
    3
    """
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def _cosines(materials: Sequence[Material], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of articles, by place, whose words weigh alike."""
    import numpy as np  # noqa: PLC0415  # a third of a second that --help does not need

    bags = [_bag(material) for material in materials]
    spread = Counter(sign for bag in bags for sign in bag)
    number = {sign: n for n, sign in enumerate(s for s, times in spread.items() if times > 1)}
    postings: list[list[tuple[int, float]]] = [[] for _ in number]
    rows: list[list[tuple[int, float]]] = []
    for place, bag in enumerate(bags):
        weights = {
            sign: (1 + np.log(times)) * np.log((1 + len(bags)) / spread[sign])
            for sign, times in bag.items()
        }
        norm = float(np.sqrt(sum(w * w for w in weights.values()))) or 1.0
        row = [(number[s], float(w) / norm) for s, w in weights.items() if s in number]
        rows.append(row)
        for sign, weight in row:
            postings[sign].append((place, weight))
    columns = [_column(posting) for posting in postings]
    for place, row in enumerate(rows):
        yield from _likes(place, row, columns, len(rows), least)


def _bag(material: Material) -> Counter[str]:
    """Return how often each sign stands in an article; the beginning counts twice."""
    words = read(material.text)
    silent = silent_furniture(material)
    hidden = {i for span in silent for i in words.within(span)}
    signs = [s for i, s in enumerate(words.signs) if s and i not in hidden]
    common = word_lists().common
    title = read(material.headline).signs
    return Counter(s for s in (*signs, *signs[:HEAD], *title) if s and s not in common)


def _column(posting: list[tuple[int, float]]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    import numpy as np  # noqa: PLC0415  # as above

    places, weights = zip(*posting, strict=True)
    return np.array(places, dtype=np.int64), np.array(weights)


def _likes(
    place: int, row: Iterable[tuple[int, float]],
    columns: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]], number: int, least: float,
) -> Iterator[tuple[int, int, float]]:  # fmt: skip
    """Yield the later articles that are like one."""
    import numpy as np  # noqa: PLC0415  # as above

    entries = list(row)
    if not entries:
        return
    others = np.concatenate([columns[sign][0] for sign, _ in entries])
    weights = np.concatenate([columns[sign][1] * weight for sign, weight in entries])
    cosines = np.bincount(others, weights, minlength=number)
    for other in np.nonzero(cosines >= least)[0]:
        if other > place:
            yield place, int(other), float(cosines[other])


def _average_linked(
    number: int, edges: Mapping[tuple[int, int], float], alike: float
) -> list[list[int]]:
    """Return groups, joined from the most alike on while their mean likeness stays high."""
    home = list(range(number))
    groups = {place: [place] for place in range(number)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, two), cosine in edges.items():
        sums[one][two] = sums[two][one] = cosine
    for (one, two), cosine in sorted(edges.items(), key=lambda item: (-item[1], item[0])):
        left, right = sorted((home[one], home[two]))
        if cosine < alike:
            break
        size = len(groups[left]) * len(groups[right])
        if left == right or sums[left][right] < MEAN * size:
            continue
        for member in groups[right]:
            home[member] = left
        groups[left] += groups.pop(right)
        for other, total in sums.pop(right).items():
            sums[other].pop(right)
            if other != left:
                sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + total
    return [sorted(group) for _, group in sorted(groups.items())]


def near_duplicates(materials: Sequence[Material], least: float = DUPLICATE) -> list[Duplicate]:
    """Return the pairs of texts of which one holds most of the other.

    Args:
        materials: Articles.
        least: Share of the shorter text's runs of five words that the longer one must have.
    """
    texts = [_shingles(material) for material in materials]
    homes: dict[int, list[int]] = {}
    for place, own in enumerate(texts):
        for shingle in own:
            homes.setdefault(shingle, []).append(place)
    common: Counter[tuple[int, int]] = Counter()
    for places in homes.values():
        if 1 < len(places) <= TOO_COMMON:
            common.update(combinations(places, 2))
    found = [
        Duplicate(materials[one].id, materials[two].id, round(share, 3))
        for (one, two), number in sorted(common.items())
        if (share := number / min(len(texts[one]), len(texts[two]))) >= least
    ]
    return sorted(found, key=lambda pair: -pair.contained)


def _shingles(material: Material) -> set[int]:
    """Return hashes of the runs of five words outside page furniture."""
    words = read(material.text)
    hidden = {i for span in silent_furniture(material) for i in words.within(span)}
    forms = [form for i, form in enumerate(words.forms) if i not in hidden]
    return set(map(hash, shingles(forms)))
