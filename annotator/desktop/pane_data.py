"""What one pane knows of its article: the records, and the marks they make. No Qt.

Read whole from the project whenever an edit touches the article; nothing is patched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.desktop.mark import (
    BOILERPLATE_OWN,
    BOILERPLATE_SUGGESTED,
    OTHER_CODER,
    OWN,
    SUGGESTION,
    Mark,
)
from annotator.model.article import Article, Outlet, Story
from annotator.model.span import hull
from annotator.model.suggestions import content_mask, open_suggestions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.desktop.session import Session
    from annotator.model.annotation import Annotation, Answer, Coder, Decision, Link
    from annotator.model.article import TextVersion
    from annotator.model.codebook import Code, Codebook
    from annotator.model.span import Fragments

KINDS = {
    ("entity", "PER"): "person",
    ("entity", "ORG"): "organisation",
    ("entity", "LOC"): "place",
    ("entity", "NORP"): "organisation",
    ("entity", "OTHER"): "organisation",
    ("attribution", "source"): "attribution",
    ("attribution", "cue"): "attribution",
}
# Suggestions that only serve another one are shown on hover, not painted by themselves.
SERVING = frozenset({"attribution"})


@dataclass(frozen=True, slots=True)
class PaneData:
    """One article as one coder sees it.

    Args:
        article: The article.
        version: Its current text.
        outlet: Who published it.
        story: The event it reports.
        own: The coder's annotations with a place in the current text, in reading order.
        suggestions: What machine coders suggest and the coder has not decided on, in order.
        others: Annotations of other people, where they may be seen.
        lost: The coder's annotations that have no place in the current text.
        links: Relations between annotations.
        decisions: The coder's decisions.
        answers: The coder's answers.
        codebook: What may be said.
        coders: Coders by id.
    """

    article: Article
    version: TextVersion
    outlet: Outlet | None
    story: Story | None
    own: tuple[Annotation, ...]
    suggestions: tuple[Annotation, ...]
    others: tuple[Annotation, ...]
    lost: tuple[Annotation, ...]
    links: tuple[Link, ...]
    decisions: tuple[Decision, ...]
    answers: tuple[Answer, ...]
    codebook: Codebook
    coders: Mapping[str, Coder]
    content_words: int = 0
    _by_id: dict[str, Annotation] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for annotation in (*self.own, *self.suggestions, *self.others, *self.lost):
            self._by_id[annotation.id] = annotation

    def annotation(self, annotation_id: str) -> Annotation | None:
        """Return an annotation of this article by id."""
        return self._by_id.get(annotation_id)

    def code(self, annotation: Annotation) -> Code | None:
        """Return an annotation's code."""
        return self.codebook.code_by_id(annotation.code_id)

    def spans(self, annotation: Annotation) -> Fragments:
        """Return an annotation's stretches in the current text."""
        return annotation.spans(self.version.id)

    def is_own(self, annotation: Annotation) -> bool:
        """Say whether the annotation is the coder's."""
        return any(annotation.id == mine.id for mine in self.own)

    def is_suggestion(self, annotation: Annotation) -> bool:
        """Say whether the annotation is an open suggestion."""
        return any(annotation.id == one.id for one in self.suggestions)

    def linked(self, annotation: Annotation, kind: str) -> list[Annotation]:
        """Return what an annotation is linked to by a kind of link."""
        ends = [x.to_id for x in self.links if x.from_id == annotation.id and x.kind == kind]
        return [self._by_id[end] for end in ends if end in self._by_id]

    def companions(self, annotation: Annotation) -> list[Annotation]:
        """Return what is accepted with a suggestion: the source and cue of a quote."""
        return [*self.linked(annotation, "source"), *self.linked(annotation, "cue")]

    def reviewable(self) -> list[Annotation]:
        """Return the suggestions one goes through, in reading order."""
        return [a for a in self.suggestions if not self._serves(a)]

    def _serves(self, annotation: Annotation) -> bool:
        code = self.code(annotation)
        return code is not None and code.layer in SERVING

    def marks(self) -> list[Mark]:
        """Return what the pane shows."""
        made = [self._mark(a, OWN) for a in self.own]
        made += [self._mark(a, SUGGESTION) for a in self.reviewable()]
        made += [self._mark(a, OTHER_CODER) for a in self.others]
        return [mark for mark in made if mark is not None]

    def _mark(self, annotation: Annotation, form: str) -> Mark | None:
        code = self.code(annotation)
        spans = self.spans(annotation)
        if code is None or not spans:
            return None
        if code.layer == "boilerplate":
            forms = {OWN: BOILERPLATE_OWN, SUGGESTION: BOILERPLATE_SUGGESTED}
            form = forms.get(form, form)
        kind = ""
        if form == SUGGESTION:
            default = "quote" if code.layer == "quote" else "organisation"
            kind = KINDS.get((code.layer, code.slug), default)
        return Mark(
            id=annotation.id,
            fragments=spans,
            form=form,
            kind=kind,
            colour_light=code.colour_light,
            colour_dark=code.colour_dark,
            pattern=code.pattern,
            label=code.label,
            code_id=code.id,
            title=" > ".join(c.name for c in self.codebook.path(code)),
            lines=tuple(self._lines(annotation, code)),
        )

    def _lines(self, annotation: Annotation, code: Code) -> list[str]:
        """Return what the tooltip says below the code's name."""
        coder = self.coders.get(annotation.coder_id)
        lines = []
        if coder is not None and coder.kind == "machine":
            score = f", {annotation.score:.2f}" if annotation.score is not None else ""
            lines.append(f"suggested{score}")
        elif coder is not None and not self.is_own(annotation):
            lines.append(coder.name)
        for attribute in self.codebook.attributes_of(code):
            value = annotation.attributes.get(attribute.slug)
            if value not in (None, "", []) and attribute.type != "spans":
                lines.append(f"{attribute.name}: {shown(attribute, value)}")
        if annotation.note:
            lines.append(annotation.note)
        return lines


def shown(attribute: object, value: object) -> str:
    """Return an attribute's value as a person reads it: labels instead of codes."""
    values = {v.code: v.label for v in getattr(attribute, "values", ())}
    values |= {v.slug: v.label for v in getattr(attribute, "values", ())}
    parts = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(str(values.get(part, part)) for part in parts)


def load(session: Session, article_id: str, *, has_suggestions: bool = True) -> PaneData | None:
    """Return an article as the session's coder sees it; None if it is gone.

    Args:
        session: The project and its coder.
        article_id: The article.
        has_suggestions: Whether suggestions may be seen.
    """
    project, desk, codebook = session.project, session.desk, session.codebook
    article = project.get(Article, article_id)
    version = project.current_text(article_id)
    if article is None or version is None:
        return None
    coders = session.coders
    everything = project.annotations(article_id)
    mine = [a for a in everything if a.coder_id == desk.coder_id]
    machine = [a for a in everything if _kind(coders, a) == "machine"] if has_suggestions else []
    decisions = project.decisions(article_id, desk.coder_id)
    placed = [a for a in mine if a.spans(version.id)]
    words = content_mask(version, everything, decisions, coders, codebook, desk.coder_id)
    return PaneData(
        article=article,
        version=version,
        outlet=project.get(Outlet, article.outlet_id) if article.outlet_id else None,
        story=project.get(Story, article.story_id) if article.story_id else None,
        own=tuple(_ordered(placed, version)),
        suggestions=tuple(
            _ordered(open_suggestions(machine, mine, decisions, version, codebook), version)
        ),
        others=(),
        lost=tuple(a for a in mine if not a.spans(version.id)),
        links=tuple(project.links_in(article_id)),
        decisions=tuple(decisions),
        answers=tuple(project.answers(article_id, desk.coder_id)),
        codebook=codebook,
        coders=coders,
        content_words=sum(len(span.of(version.text).split()) for span in words),
    )


def _kind(coders: Mapping[str, Coder], annotation: Annotation) -> str:
    coder = coders.get(annotation.coder_id)
    return coder.kind if coder is not None else ""


def _ordered(annotations: list[Annotation], version: TextVersion) -> list[Annotation]:
    """Return annotations in reading order, longer ones first where they begin together."""

    def place(annotation: Annotation) -> tuple[int, int, str]:
        whole = hull(annotation.spans(version.id))
        return whole.start, -whole.end, annotation.id

    return sorted(annotations, key=place)
