"""Records that the tests of the store write: one coder, three codes, articles with texts."""

from __future__ import annotations

from annotator.model import acts
from annotator.model.annotation import Annotation, Coder, Link, Round, fragments_in
from annotator.model.article import Article, Block, Outlet, Story, TextVersion, digest
from annotator.model.codebook import (
    Attribute,
    Code,
    Codebook,
    CodebookVersion,
    Layer,
    Scale,
    Setting,
    ShownIf,
    Value,
    Variable,
)
from annotator.model.codebook_file import to_plain
from annotator.model.edit import Edit
from annotator.model.ids import new_id, now
from annotator.model.span import Span

TEXT = (
    "Harbour talks end\nThe mayor 😀 of Łódź said: “We are close.”\n"
    "قال الوزير إن السفن ستعود. Cafe\u0301 owners waited.\n"
    "“It is,” she said, “a start.”"
)


class Sample:
    """One project's worth of records."""

    def __init__(self) -> None:
        self.ada = Coder(new_id(), "Ada")
        self.ben = Coder(new_id(), "Ben")
        self.machine = Coder(new_id(), "Entities (machine)", "machine")
        self.judge = Coder(new_id(), "Judge", "adjudicator")
        self.layer = Layer("frame", "Framing", position=1)
        self.furniture = Layer("boilerplate", "Boilerplate", position=2)
        self.quotes = Layer("quote", "Quotes", position=3)
        self.conflict = Code("frame", "conflict", "Conflict", key="1", position=1)
        self.economy = Code(
            "frame", "economy", "Economy", parent="conflict", number=2.0, position=2
        )
        self.caption = Code("boilerplate", "caption", "Caption", position=3)
        self.direct = Code("quote", "direct", "Direct quote", position=4)
        self.voice = Attribute(
            "frame",
            "voice",
            "Voice",
            values=(Value(1, "journalist", "Journalist"),),
            required=True,
            shown_if=ShownIf("kind", (1, 2)),
            position=1,
        )
        self.kind = Attribute("frame", "kind", "Kind", values=(Value(1, "a", "A"),), position=2)
        self.tone = Variable("tone", "Tone", values=(Value(-1, "neg", "Negative"),), type="ordinal")
        self.score = Scale("score", "Score", ("tone",))
        self.version = CodebookVersion(new_id(), 1, to_plain(self.codebook))
        self.round = Round(new_id(), "Main")
        self.outlet = Outlet(new_id(), "Harbour Post", country="NL")
        self.story = Story(new_id(), "Port strike", "2026-03-01")
        self.article, self.text = self.made_article()
        self.desk = acts.Desk(self.ada.id, self.round.id, self.version.id)

    @property
    def codebook(self) -> Codebook:
        """The sample's codebook."""
        return Codebook(
            (self.layer, self.furniture, self.quotes),
            (self.conflict, self.economy, self.caption, self.direct),
            (self.voice, self.kind),
            (self.tone,),
            (self.score,),
        )

    def made_article(self, text: str = TEXT, headline: str = "Harbour talks end"):
        """Return an article and its first text."""
        article = Article(
            new_id(),
            headline,
            self.story.id,
            self.outlet.id,
            published="2026-03-02",
            provenance={"file": "a.txt", "index": 0},
            added=now(),
        )
        blocks = (Block(0, min(17, len(text)), "headline"),) if text else ()
        return article, TextVersion(
            new_id(), article.id, 1, text, digest(text), blocks=blocks, created=now()
        )

    def people(self):
        """Return everything but articles."""
        book = self.codebook
        return (
            Setting("name", "Study"),
            self.ada,
            self.ben,
            self.machine,
            self.judge,
            self.round,
            self.outlet,
            self.story,
            *book.items(),
            self.version,
        )

    def founding(self) -> Edit:
        """Return the edit that makes it all."""
        return Edit("Found", None, after=(*self.people(), self.article, self.text))

    def suggestion(self, *spans: Span, code: Code | None = None) -> Annotation:
        """Return a machine's annotation, not yet stored."""
        return Annotation(
            new_id(),
            self.article.id,
            self.machine.id,
            (code or self.conflict).id,
            fragments_in(self.text, spans),
            score=0.9,
            created=now(),
            modified=now(),
        )

    def tagged(self, *spans: Span, code: Code | None = None, **more) -> Edit:
        """Return the edit by which Ada tags."""
        return acts.tag(self.desk, self.text, spans or (Span(0, 7),), code or self.conflict, **more)

    def linked(self, one: Annotation, other: Annotation, kind: str = "source") -> Edit:
        """Return the edit that links two annotations."""
        made = Link(new_id(), self.ada.id, kind, one.id, other.id)
        return Edit("Link", self.ada.id, after=(made,))
