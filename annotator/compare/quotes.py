"""The same utterance in several articles: word for word, shortened, altered or reported.

What stands between marks is compared word by word, marks and case aside; indirect speech by what
it says, and only with quotes of the same speaker. Marks around a term that nobody says ("dual-use")
join a cluster only where a full quote holds the words. Copying of quotes is reported here and never
as wire copy.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.compare.groups import Groups
from annotator.compare.material import QuoteCluster, Stretch, Utterance
from annotator.compare.reading import silent_furniture
from annotator.compare.stems import word_lists
from annotator.compare.tokens import read
from annotator.compare.wording import likeness
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.compare.material import Material, Relation

NEAR = 0.8  # ratio of agreeing words of a near-verbatim quote
CONTAINED = 0.75  # share of the shorter quote's words that the longer one holds
OVERLAP = 5  # words in a row that two overlapping quotes share
REPORTED = 0.6  # share of the matter of the shorter version, for indirect and translated speech
MATTER = 3  # signs such versions share at least
LEAST_INNER = 4
# Marks inside marks: an opening one after a blank or a mark, a closing one before such.
INNER = re.compile(
    r"(?<![\w’'])[‘'](?=\w)[^‘“”\"\n]*?[\w.,!?…][’'](?!\w)"
    r"|(?<!\w)[“\"](?=\w)[^“”\"\n]*?[\w.,!?…][”\"](?!\w)"
)
OFTEN = 60  # quotes with the same key that are compared with one another


@dataclass(frozen=True, slots=True)
class Said:
    """One stretch of speech.

    Args:
        place: Where it stands, marks included.
        exact: The words, marks included.
        forms: Its words in lower case.
        matter: Its different signs, common words left out.
        speaker: Canonical name; "" if unknown.
        names: Signs of the speaker's name.
        code: direct, indirect, mixed or term.
    """

    place: Stretch
    exact: str
    forms: tuple[str, ...]
    matter: frozenset[str]
    speaker: str
    names: frozenset[str]
    code: str

    @property
    def is_marked(self) -> bool:
        """Whether it stands between marks."""
        return self.code != "indirect"


def said_in(material: Material) -> list[Said]:
    """Return the stretches of speech of an article, in order of the text."""
    silent = silent_furniture(material)
    found: dict[tuple[Span, bool], tuple[str, str]] = {}
    for quote in material.quotes:
        code = quote.code if quote.quoted else "indirect"
        for span in quote.quoted or quote.content:
            if not any(span.overlaps(one) for one in silent):
                found.setdefault((span, code == "indirect"), (quote.speaker, code))
                for inner in _inner(material.text, span) if code != "indirect" else ():
                    found.setdefault((inner, False), (quote.speaker, code))
    marked = [span for span, is_indirect in found if not is_indirect]
    return [
        _said(material, span, speaker, code)
        for (span, is_indirect), (speaker, code) in sorted(found.items())
        if not (is_indirect and any(span.overlaps(one) for one in marked))
    ]


def _inner(text: str, span: Span) -> list[Span]:
    """Return the utterances quoted inside a quote: of four words or more, marks included."""
    return [
        Span(span.start + 1 + match.start(), span.start + 1 + match.end())
        for match in INNER.finditer(text[span.start + 1 : max(span.start + 1, span.end - 1)])
        if len(read(match.group())) >= LEAST_INNER
    ]


def _said(material: Material, span: Span, speaker: str, code: str) -> Said:
    exact = span.of(material.text)
    words = read(exact)
    common = word_lists().common
    return Said(
        place=Stretch(material.id, span.start, span.end),
        exact=exact,
        forms=words.forms,
        matter=frozenset(sign for sign in words.signs if sign and sign not in common),
        speaker=speaker,
        names=frozenset(read(speaker).signs) - {""},
        code=code,
    )


def clusters(said: Sequence[Said]) -> list[QuoteCluster]:
    """Return the utterances, each with its versions; single ones too, but for mere terms.

    Args:
        said: Stretches of speech of all articles, in the order in which articles are shown.
    """
    groups = Groups(len(said))
    for one, two in _candidates(said):
        if groups.root(one) != groups.root(two) and is_same(said[one], said[two]):
            groups.join(one, two)
    found = []
    for places in groups.all():
        members = [said[place] for place in places]
        if any(m.code not in {"term", "indirect"} for m in members):
            found.append((places[0], members))
        elif len({m.place.article for m in members if m.code == "indirect"}) > 1:
            found.append((places[0], [m for m in members if m.code == "indirect"]))
    return [
        _cluster(f"Q{number}", members)
        for number, (_, members) in enumerate(sorted(found, key=lambda item: item[0]), 1)
    ]


def _candidates(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Yield pairs worth a look: they share two neighbouring words, or matter and the speaker."""
    homes: dict[tuple[str, ...], list[int]] = {}
    seen: set[tuple[int, int]] = set()
    for place, one in enumerate(said):
        for key in sorted(set(_keys(one))):
            there = homes.setdefault(key, [])
            for other in there:
                if (other, place) not in seen:
                    seen.add((other, place))
                    yield other, place
            if len(there) < OFTEN:
                there.append(place)


def _keys(one: Said) -> Iterable[tuple[str, ...]]:
    if one.is_marked:
        stop = word_lists().stop
        yield from (pair for pair in pairwise(one.forms) if not set(pair) <= stop)
        if len(one.forms) < 3:
            yield from ((form, "·") for form in one.forms if form not in stop)
    for name in one.names:
        yield from (("»", name, sign) for sign in one.matter)


def is_same(one: Said, two: Said) -> bool:
    """Say whether two stretches are versions of the same utterance."""
    if one.code == two.code == "term":
        return False
    if one.place.shared(two.place):
        return one.is_marked and two.is_marked
    if one.place.article == two.place.article:
        return one.is_marked and two.is_marked and _is_repeated(one, two)
    is_one_speaker = bool(one.names & two.names)
    is_open = not one.names or not two.names
    if one.is_marked and two.is_marked and _agree(
        one, two, is_one_speaker=is_one_speaker, is_open=is_open
    ):  # fmt: skip
        return True
    if "term" in {one.code, two.code} or not is_one_speaker:
        return False
    both = one.matter & two.matter
    least = min(len(one.matter), len(two.matter))
    return len(both) >= MATTER and len(both) >= REPORTED * least


def _is_repeated(one: Said, two: Said) -> bool:
    """Say whether an article has the shorter stretch again inside the longer one."""
    like = likeness(one.forms, two.forms)
    least = min(len(one.forms), len(two.forms))
    return like.longest[2] == least >= 2 and bool(one.matter & two.matter)


def _agree(one: Said, two: Said, *, is_one_speaker: bool, is_open: bool) -> bool:
    """Say whether the words between marks agree: contained, or overlapping."""
    like = likeness(one.forms, two.forms)
    least = min(len(one.forms), len(two.forms))
    shared = one.matter & two.matter
    first, _, length = like.longest
    if least <= 2:
        enough = 1 if is_one_speaker else 2
        run = one.forms[first : first + length]
        content = sum(form not in word_lists().stop for form in run)
        return like.contained == 1 and length == least and content >= enough
    if like.contained >= CONTAINED and length >= min(least, 3):
        return len(shared) >= 2 and (is_one_speaker or is_open or least >= OVERLAP)
    run = one.forms[first : first + length]
    stop = word_lists().stop
    return length >= OVERLAP and sum(form not in stop for form in run) >= 3


def _cluster(name: str, members: Sequence[Said]) -> QuoteCluster:
    """Return a cluster; its reference is the fullest version between marks, the first of equals."""
    marked = [m for m in members if m.code not in {"term", "indirect"}] or list(members)
    reference = max(marked, key=lambda m: len(m.forms))
    rest = [m for m in members if m is not reference]
    versions = [
        Utterance(m.place, m.exact, m.speaker, relation(reference, m)) for m in (reference, *rest)
    ]
    named = Counter(m.speaker for m in members if m.speaker)
    speaker = max(named, key=lambda n: (named[n], len(n), n)) if named else ""
    return QuoteCluster(name, speaker, tuple(versions))


def relation(reference: Said, other: Said) -> Relation:
    """Return how a version relates to the reference."""
    if reference.forms == other.forms:
        return "verbatim"
    if not other.is_marked:
        return "reworded"
    like = likeness(reference.forms, other.forms)
    if like.ratio >= NEAR:
        return "near-verbatim"
    if like.contained >= CONTAINED or like.longest[2] >= OVERLAP:
        return "partial"
    return "reworded"
