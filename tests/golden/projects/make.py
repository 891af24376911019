"""Make the project file that later versions must open: run once a format, never again.

    python -m tests.golden.projects.make tests/golden/projects/v1_0.annot

A file of a released format is a promise; a new format gets a file of its own beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from annotator.model import acts
from annotator.model.annotation import (
    Actor,
    Alias,
    Assignment,
    Link,
    Run,
)
from annotator.model.edit import Edit, joined
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.project import Project
from tests.store.samples import Sample


def make(path: Path) -> None:
    """Write a project with at least one record of every table."""
    s = Sample()
    with Project.create(path, s.founding(), journal="delete") as project:
        quote = acts.tag(s.desk, s.text, [Span(46, 61)], s.direct, attributes={"speaker": "mayor"})
        source = acts.tag(s.desk, s.text, [Span(18, 27)], s.conflict, note="ß😀")
        link = Link(new_id(), s.ada.id, "source", quote.after[0].id, source.after[0].id)
        project.apply(joined("Quote", [quote, source, Edit("Link", None, after=(link,))]))
        run = Run(new_id(), s.machine.id, "entities", "1.0", {"model": "blank"}, {"entity": 2})
        one, two = s.suggestion(Span(0, 7)), s.suggestion(Span(28, 30))
        project.apply(Edit("Highlight", s.machine.id, after=(run, one, two), batch=new_id()))
        project.apply(acts.accept(s.desk, one, s.text))
        project.apply(acts.decide(s.desk, two, s.text, s.conflict, verdict="rejected"))
        project.apply(acts.answer(s.desk, s.tone, s.article.id, value=-1, note="quite sharp"))
        project.apply(acts.answer(s.desk, s.tone, s.story.id, missing=-7))
        actor = Actor(new_id(), "Mayor of Łódź", "person", s.story.id)
        alias = Alias(new_id(), actor.id, "the mayor")
        given = Assignment(new_id(), s.article.id, s.ada.id, s.round.id, blinds=("outlet",))
        project.apply(Edit("Team", None, after=(actor, alias, given)))
        fix = acts.correct_text(
            s.desk, s.text, s.text.text.replace("close", "very close"),
            project.annotations(s.article.id), number=2, reason="typing error",
        )  # fmt: skip
        project.apply(fix.edit)
        gone = acts.tag(s.desk, fix.version, [Span(0, 3)], s.economy)
        project.apply(gone)
        project.apply(gone.inverted())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
