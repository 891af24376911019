"""What coders said about one article, made flat: the rows that exporters write.

Identifiers become names (coder, round, code, variable, number of the codebook version), also where
the codebook has dropped the item since; annotations are put in the order of the text; a stretch
whose words are not those of the text is refused and counted. Nothing here writes a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from annotator.errors import BadCodebook, BadInput
from annotator.model.annotation import MISSING_CODES, Coder, origin
from annotator.model.codebook import Code, Codebook
from annotator.model.codebook_file import from_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.formats.protocol import Losses
    from annotator.model.annotation import Annotation, Answer, Fragment, Link
    from annotator.model.article import Article
    from annotator.model.codebook import Variable
    from annotator.model.corpus import CodedArticle, Corpus

OTHER_WORDS = "annotations whose words differ from the text"
NO_PLACE = "annotations without a place in the current text"
UNKNOWN_CODE = "annotations whose code is in no codebook (named by its id)"
YES_NO = ((1, "yes"), (0, "no"))


@dataclass(frozen=True, slots=True)
class Placed:
    """One annotation, ready to be written.

    Args:
        annotation: As stored.
        fragments: Its stretches in the current text, ascending; their words are checked.
        earlier: Its stretches in earlier texts.
        coder: Whose it is.
        origin: How it came about, as `annotation.origin` says.
        code: What it says; None if no codebook knows it.
        path: Slugs from the root of the code's tree down to it, joined by "/".
    """

    annotation: Annotation
    fragments: tuple[Fragment, ...]
    earlier: tuple[Fragment, ...]
    coder: Coder
    origin: str
    code: Code | None
    path: str

    @property
    def code_columns(self) -> dict[str, Any]:
        """Layer, slug, name, numeric code and path; the identifier where nothing is known."""
        if self.code is None:
            lost = self.annotation.code_id
            return {"layer": "", "code": lost, "code_name": "", "code_number": None, "path": lost}
        return {
            "layer": self.code.layer,
            "code": self.code.slug,
            "code_name": self.code.name,
            "code_number": self.code.number,
            "path": self.path,
        }


class Flattening:
    """Turns the articles of one corpus into rows.

    Args:
        corpus: What is exported.
        coders: Names of the only coders whose work is wanted; none for all.
        suggestions: Whether machine coders are wanted too; they may also be named.

    Raises:
        BadInput: if there is no coder of a name.
    """

    def __init__(self, corpus: Corpus, coders: Sequence[str], *, suggestions: bool) -> None:
        known = {coder.name for coder in corpus.coders.values()}
        for name in coders:
            if name not in known:
                raise BadInput(
                    f"There is no coder “{name}” in this project.",
                    hint=f"Known are {', '.join(sorted(known))}." if known else "",
                )
        self._corpus = corpus
        self._names = frozenset(coders)
        self._suggestions = suggestions

    def wants(self, coder_id: str) -> bool:
        """Say whether this coder's work is exported."""
        coder = self.coder(coder_id)
        if self._names:
            return coder.name in self._names
        return self._suggestions or coder.kind != "machine"

    def coder(self, coder_id: str) -> Coder:
        """Return the coder; one the project does not know is named by the identifier."""
        return self._corpus.coders.get(coder_id) or Coder(coder_id, coder_id)

    def round_name(self, round_id: str | None) -> str:
        """Return the name of the round, "" for none."""
        found = self._corpus.rounds.get(round_id or "")
        return found.name if found else round_id or ""

    def version_number(self, codebook_version_id: str | None) -> int | None:
        """Return the number of the codebook snapshot."""
        found = self._corpus.codebook_versions.get(codebook_version_id or "")
        return found.number if found else None

    @cached_property
    def ever(self) -> Codebook:
        """Everything that was ever in the codebook; what is in it now counts most."""
        result = Codebook()
        versions = self._corpus.codebook_versions.values()
        for version in sorted(versions, key=lambda v: v.number):
            try:
                result = result.combined(from_plain(version.snapshot))
            except BadCodebook:
                continue  # an unreadable snapshot only costs names of what was dropped since
        return result.combined(self._corpus.codebook)

    @cached_property
    def _variables(self) -> dict[str, Variable]:
        return {variable.id: variable for variable in self.ever.variables}

    @cached_property
    def _variable_order(self) -> dict[str, int]:
        return {variable.id: n for n, variable in enumerate(self._corpus.codebook.variables)}

    @cached_property
    def attribute_order(self) -> dict[str, int]:
        """Slugs of all attributes of the codebook, in its order."""
        return {a.slug: n for n, a in reversed(list(enumerate(self.ever.attributes)))}

    def placed(self, coded: CodedArticle, losses: Losses | None = None) -> list[Placed]:
        """Return the wanted annotations in the order of the text, those without a place last.

        Args:
            coded: One article.
            losses: Where refusals are counted, if they are.
        """
        sources = {a.id: a for a in coded.annotations}
        result = []
        for annotation in coded.annotations:
            if not self.wants(annotation.coder_id):
                continue
            here = tuple(f for f in annotation.fragments if f.text_version_id == coded.version.id)
            if any(coded.version.text[f.start : f.end] != f.exact for f in here):
                if losses is not None:
                    losses.note(OTHER_WORDS, _place(coded.article, here))
                continue
            result.append(self._placed(annotation, here, sources))
            if losses is not None and result[-1].code is None:
                losses.note(UNKNOWN_CODE, _place(coded.article, here))
        return sorted(result, key=_text_order)

    def _placed(
        self, annotation: Annotation, here: tuple[Fragment, ...], sources: dict[str, Annotation]
    ) -> Placed:
        now = self._corpus.codebook
        code = now.code_by_id(annotation.code_id)
        if code is None:
            now = self.ever
            code = now.code_by_id(annotation.code_id)
        coder = self.coder(annotation.coder_id)
        return Placed(
            annotation,
            here,
            tuple(f for f in annotation.fragments if f not in here),
            coder,
            origin(annotation, coder, sources),
            code,
            "/".join(c.slug for c in now.path(code)) if code is not None else "",
        )

    def answers(self, answers: Iterable[Answer]) -> list[Answer]:
        """Return the wanted answers by question, coder and round."""
        order, last = self._variable_order, len(self._variable_order)
        return sorted(
            (a for a in answers if self.wants(a.coder_id)),
            key=lambda a: (order.get(a.variable_id, last), self.coder(a.coder_id).name,
                           self.round_name(a.round_id), a.id),
        )  # fmt: skip

    def answer_columns(self, answer: Answer) -> dict[str, Any]:
        """Return what an answer says, by column: question, value, label, missing code."""
        variable = self._variables.get(answer.variable_id)
        return {
            "variable": variable.slug if variable else answer.variable_id,
            "variable_name": variable.name if variable else "",
            "variable_type": variable.type if variable else "",
            "value": answer.value,
            "value_label": value_label(variable, answer.value),
            "missing": answer.missing,
            "missing_label": MISSING_CODES.get(answer.missing or 0, ""),
        }

    def links(self, links: Iterable[Link]) -> list[Link]:
        """Return the wanted links, in one order whatever the store's."""
        wanted = (link for link in links if self.wants(link.coder_id))
        return sorted(wanted, key=lambda link: (link.kind, link.from_id, link.to_id, link.id))


def value_label(variable: Variable | None, value: Any) -> str:  # an answer is any JSON value
    """Return the label of an answer's value, of several joined by " | "; "" if it has none.

    >>> from annotator.model.codebook import Value, Variable
    >>> value_label(Variable("tone", "Tone", values=(Value(1, "pos", "Positive"),)), 1)
    'Positive'
    """
    if variable is None or value is None:
        return ""
    labels: dict[float, str] = {v.code: v.label or v.slug for v in variable.values}
    if not labels and variable.type == "yes-no":
        labels = dict(YES_NO)
    chosen = value if isinstance(value, (list, tuple)) else [value]
    return " | ".join(labels[v] for v in chosen if isinstance(v, (int, float)) and v in labels)


def note_dropped_places(losses: Losses, article: Article, rows: Iterable[Placed]) -> None:
    """Count what a format loses that knows the current text only."""
    for row in rows:
        if not row.fragments:
            losses.note(NO_PLACE, _place(article, row.earlier))
        elif row.earlier:
            losses.note(
                "stretches in earlier texts", _place(article, row.earlier), len(row.earlier)
            )


def begins_here(link: Link, coded: CodedArticle) -> bool:
    """Say whether a link is counted with this article, so that none is counted twice.

    A link between articles is known to both and counted where it begins; evidence for an answer on
    a story begins in no article and is counted where it ends.
    """
    here = {a.id for a in coded.annotations} | {a.id for a in coded.answers}
    return link.from_id in here or (link.kind == "evidence" and link.to_id in here)


def article_place(article: Article) -> str:
    """Return how messages name an article."""
    return article.headline or article.id


def _place(article: Article, fragments: Sequence[Fragment]) -> str:
    where = ";".join(f"{f.start}-{f.end}" for f in fragments)
    return f"{article_place(article)} [{where}]"


def _text_order(row: Placed) -> tuple[bool, int, int, str]:
    """Sort by start, longer ones first, then identifier; without a place last."""
    if not row.fragments:
        return True, 0, 0, row.annotation.id
    return False, row.fragments[0].start, -row.fragments[-1].end, row.annotation.id
