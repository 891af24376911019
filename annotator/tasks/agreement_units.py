"""What stored codings are for agreement: answers as ratings, annotations as marks on a continuum.

A missing code is no value; a blank is one that was asked and not given. Marks lie on the article's
own words: page furniture is cut out of the text and the rest closed up, except where somebody
marked something.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from annotator.agreement.report import counted
from annotator.agreement.span_measuring import Asked
from annotator.agreement.spans import Continuum, Mark
from annotator.agreement.units import gathered, shown
from annotator.errors import BadInput
from annotator.model.annotation import MISSING_CODES
from annotator.model.codebook import is_shown
from annotator.model.segment import words
from annotator.model.span import Span, intersected, united
from annotator.model.suggestions import content_mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.agreement.units import Entry, Ratings, Value
    from annotator.model.annotation import Annotation, Answer, Coder, Round
    from annotator.model.codebook import Attribute, Codebook, Variable
    from annotator.model.corpus import CodedArticle
    from annotator.model.span import Fragments

LEVELS = {"yes-no": "nominal", "nominal": "nominal", "ordinal": "ordinal", "interval": "interval",
          "ratio": "ratio"}  # fmt: skip
ATTRIBUTE_LEVELS = {"choice": "nominal", "yes-no": "nominal", "actor": "nominal",
                    "scale": "ordinal", "number": "interval"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What all codings are read with.

    Args:
        codebook: The codebook now.
        names: Names of the compared coders by id.
        everybody: All coders by id.
    """

    codebook: Codebook
    names: Mapping[str, str]
    everybody: Mapping[str, Coder]


@dataclass(frozen=True, slots=True)
class Question:
    """A variable's ratings, and what was left out of them."""

    ratings: Ratings
    notes: tuple[str, ...]


# Answers


def question(
    reading: Reading,
    variable: Variable,
    read: Sequence[tuple[CodedArticle, frozenset[str]]],
    story_answers: Iterable[Answer],
    round_: Round | None,
) -> Question | None:
    """Return the ratings of a variable, None for free text and for what nobody answered.

    Args:
        reading: What codings are read with.
        variable: The question.
        read: Articles with those who read them.
        story_answers: Answers on stories.
        round_: The round; None for all.
    """
    if variable.type not in LEVELS:
        return None
    found = _Found(variable)
    if variable.unit == "story":
        found.take(_in_round(story_answers, round_), reading)
    else:
        for coded, readers in read:
            answers = [a for a in _in_round(coded.answers, round_) if a.coder_id in readers]
            found.take(answers, reading)
            found.miss(reading, readers, answers)
    return found.question(reading)


def _in_round(answers: Iterable[Answer], round_: Round | None) -> list[Answer]:
    """Return the answers of a round; of several rounds a coder's newest."""
    newest: dict[tuple[str, str, str], Answer] = {}
    for answer in sorted(answers, key=lambda a: a.modified):
        if round_ is None or answer.round_id == round_.id:
            newest[answer.variable_id, answer.unit_id, answer.coder_id] = answer
    return list(newest.values())


class _Found:
    """The answers to one question as they come in."""

    def __init__(self, variable: Variable) -> None:
        self._variable = variable
        self._entries: list[Entry] = []
        self._missing: Counter[int] = Counter()
        self._blank: Counter[str] = Counter()

    def take(self, answers: Iterable[Answer], reading: Reading) -> None:
        """Take answers of the compared coders in."""
        for answer in answers:
            name = reading.names.get(answer.coder_id)
            if answer.variable_id != self._variable.id or name is None:
                continue
            if answer.missing is not None:
                self._missing[answer.missing] += 1
            else:
                self._entries.append((answer.unit_id, name, _value(self._variable, answer.value)))

    def miss(self, reading: Reading, readers: Iterable[str], answers: list[Answer]) -> None:
        """Count readers who were asked and did not answer."""
        slugs = {v.id: v.slug for v in reading.codebook.variables}
        for reader in readers:
            own = {slugs.get(a.variable_id, ""): a.value for a in answers if a.coder_id == reader}
            if self._variable.slug not in own and is_shown(self._variable.shown_if, own):
                self._blank[reading.names[reader]] += 1

    def question(self, reading: Reading) -> Question | None:
        """Return the ratings; None if nobody answered."""
        if not self._entries:
            return None
        variable = self._variable
        notes = [
            f"{counted(n, 'answer')} “{MISSING_CODES.get(code, code)}” ({code}) left out."
            for code, n in sorted(self._missing.items())
        ]
        notes += [f"{name} left it blank {counted(n, 'time')}."
                  for name, n in sorted(self._blank.items())]  # fmt: skip
        level = LEVELS[variable.type]
        values = self._values(notes)
        people = sorted({coder for _, coder, _ in self._entries})
        coders = [name for name in reading.names.values() if name in people]
        try:
            return Question(
                gathered(self._entries, level, values=values, coders=coders), tuple(notes)
            )
        except BadInput as error:
            raise BadInput(error.message, hint="Correct the answers or the type of the question.",
                           where=variable.name) from error  # fmt: skip

    def _values(self, notes: list[str]) -> tuple[Value, ...]:
        """Return what may be answered, in the codebook's order, and whatever else was."""
        variable = self._variable
        if variable.multiple or (variable.type in {"interval", "ratio"} and not variable.values):
            return ()
        listed: list[Value] = [value.code for value in variable.values]
        if not listed and variable.type == "yes-no":
            listed = [0, 1]
        other = {value for _, _, value in self._entries} - set(listed)
        if listed and other:
            strange = ", ".join(sorted(shown(value) for value in other))
            notes.append(f"The codebook does not have the value {strange} (any more).")
        return (*listed, *sorted(other, key=shown)) if listed else ()


def _value(variable: Variable, value: Any) -> Value:  # an answer is any JSON value
    """Return an answer as it can be compared."""
    if variable.multiple or isinstance(value, (list, tuple)):
        chosen = value if isinstance(value, (list, tuple)) else [value]
        labels = {v.code: v.label or v.slug for v in variable.values}
        return frozenset(str(labels.get(one, one)) for one in chosen)
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, float)) else str(value)


# Annotations


def continuum(
    reading: Reading,
    coded: CodedArticle,
    readers: frozenset[str],
    layer: str,
    round_: Round | None,
    notes: list[str],
) -> Continuum:
    """Return an article with the marks that its readers made in a layer.

    Args:
        reading: What codings are read with.
        coded: The article.
        readers: Ids of those who read it.
        layer: Slug of the layer.
        round_: The round; None for all.
        notes: Sentences on what was left out are added here.
    """
    version = coded.version
    own = list(_own(reading, coded.annotations, readers, layer, round_))
    placed = [(a, a.spans(version.id)) for a in own]
    lost = sum(not spans for _, spans in placed)
    if lost:
        notes.append(
            f"{coded.article.headline or coded.article.id}: {counted(lost, 'annotation')} without "
            "a place in the current text left out."
        )
    kept = _kept(reading, coded, layer, [span for _, spans in placed for span in spans])
    closed = ClosedUp(kept)
    marks = tuple(
        _mark(reading, a, closed.fragments(spans))
        for a, spans in placed
        if spans
    )  # fmt: skip
    return Continuum(
        coded.article.headline or coded.article.id,
        closed.length,
        tuple(sorted(reading.names[reader] for reader in readers)),
        marks,
        tuple(closed.span(word) for word in intersected(words(version.text), kept)),
    )


def _own(
    reading: Reading, annotations: Iterable[Annotation], readers: frozenset[str], layer: str,
    round_: Round | None,
) -> Iterator[Annotation]:  # fmt: skip
    """Yield the readers' annotations in a layer and round; a machine codes in no round."""
    for annotation in annotations:
        code = reading.codebook.code_by_id(annotation.code_id)
        if annotation.coder_id not in readers or code is None or code.layer != layer:
            continue
        is_person = reading.everybody[annotation.coder_id].kind == "human"
        if round_ is None or annotation.round_id == round_.id or not is_person:
            yield annotation


def _mark(reading: Reading, annotation: Annotation, fragments: Fragments) -> Mark:
    """Return an annotation as agreement sees it, its attributes in the codebook's words."""
    code = reading.codebook.code_by_id(annotation.code_id)
    name = reading.names[annotation.coder_id]
    if code is None:
        return Mark(name, annotation.code_id, fragments, annotation.attributes)
    attributes = dict(annotation.attributes)
    for attribute in reading.codebook.attributes_of(code):
        if attribute.slug in attributes:
            attributes[attribute.slug] = _attribute_value(attribute, attributes[attribute.slug])
    return Mark(name, code.slug, fragments, attributes)


def _attribute_value(attribute: Attribute, value: Any) -> Any:  # any JSON value
    """Return an attribute's value as the codebook says it; None for a number that is none."""
    if attribute.type == "number":
        try:
            return float(value)
        except (TypeError, ValueError):
            return None
    known: dict[Any, str] = {v.code: v.slug for v in attribute.values}
    known |= {v.label: v.slug for v in attribute.values} | {v.slug: v.slug for v in
                                                            attribute.values}  # fmt: skip
    return known.get(value, value) if isinstance(value, (str, int, float)) else value


def _kept(
    reading: Reading, coded: CodedArticle, layer: str, marked: Sequence[Span]
) -> Fragments:  # fmt: skip
    """Return the text that counts: the article's own words, and whatever somebody marked."""
    version = coded.version
    if layer == "boilerplate" or not version.text:
        return (Span(0, len(version.text)),) if version.text else ()
    own = content_mask(version, coded.annotations, coded.decisions, reading.everybody,
                       reading.codebook, None)  # fmt: skip
    return united((*own, *marked))


class ClosedUp:
    """A text of which only some stretches are kept, laid end to end.

    >>> closed = ClosedUp((Span(0, 4), Span(10, 16)))
    >>> closed.length, closed.span(Span(11, 12))
    (10, Span(start=5, end=6))
    """

    def __init__(self, kept: Fragments) -> None:
        self._kept = kept
        self._starts = [span.start for span in kept]
        self._before = [0, *accumulate(len(span) for span in kept)]

    @property
    def length(self) -> int:
        """How many code points are kept."""
        return self._before[-1]

    def span(self, span: Span) -> Span:
        """Return where a stretch inside one kept stretch comes to lie."""
        place = bisect_right(self._starts, span.start) - 1
        shift = self._before[place] - self._starts[place]
        return Span(span.start + shift, span.end + shift)

    def fragments(self, spans: Iterable[Span]) -> Fragments:
        """Return where stretches come to lie; those that now touch are one."""
        return united(self.span(span) for span in spans)


# Attributes


def asked_attributes(codebook: Codebook, layer: str) -> list[Asked]:
    """Return the attributes of a layer's codes that can be compared, with their levels."""
    return [
        _asked(code.slug, attribute)
        for code in codebook.codes_of(layer)
        for attribute in codebook.attributes_of(code)
        if attribute.type in ATTRIBUTE_LEVELS
    ]


def _asked(code: str, attribute: Attribute) -> Asked:
    level = ATTRIBUTE_LEVELS[attribute.type]
    slugs = tuple(value.slug for value in attribute.values)
    return Asked(code, attribute.slug, level, slugs if level == "ordinal" else ())
