"""A small coded project in memory, with everything that is hard to export.

Run as a module (`python -m tests.formats.coded_corpus`), it writes the golden files anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.formats.coding_csv import CodingCsv, CodingCsvOptions
from annotator.formats.coding_jsonl import CodingJsonl, CodingJsonlOptions
from annotator.model.annotation import (
    Actor,
    Alias,
    Annotation,
    Answer,
    Assignment,
    Coder,
    Decision,
    Fragment,
    Link,
    Round,
)
from annotator.model.article import Article, Block, Outlet, Story, TextVersion, digest
from annotator.model.codebook import (
    Attribute,
    Code,
    Codebook,
    CodebookVersion,
    Layer,
    Value,
    Variable,
)
from annotator.model.codebook_file import to_plain
from annotator.model.corpus import CodedArticle

GOLDEN = Path(__file__).parents[1] / "golden" / "exports"
TIME = "2026-03-01T09:30:00.000Z"
LATER = "2026-03-02T10:00:00.000Z"

ANNA = Coder("coder-anna", "Anna")
BEN = Coder("coder-ben", "Ben; B.")
ROBOT = Coder("coder-quotes", "quotes 1.0", "machine")
JUDGE = Coder("coder-final", "Final", "adjudicator")
MAIN = Round("round-main", "Main", "main")
PILOT = Round("round-pilot", "Pilot", "pilot", 1)

CONFLICT = Code("frame", "conflict", "Conflict", number=10)
WAR = Code("frame", "war", "War metaphor", parent="conflict", number=10.5)
DIRECT = Code("quote", "direct", "Direct quote")
SOURCE = Code("attribution", "source", "Source")
PROMO = Code("boilerplate", "promo", "Promotion")
DROPPED = Code("frame", "blame", "Blame", parent="conflict")

TONE = Variable("tone", "Tone", type="ordinal",
                values=(Value(1, "neg", "Negative"), Value(2, "pos", "Positive")))  # fmt: skip
ISSUES = Variable(
    "issues", "Issues", type="nominal", multiple=True,
    values=(Value(1, "jobs", "Jobs"), Value(2, "fares", ""), Value(3, "law", "Law")),
)  # fmt: skip
HUMAN = Variable("human", "Human face?")
WHY = Variable("why", "Why?", type="text")
AGREE = Variable("agree", "Do outlets agree?", unit="story")
OLD = Variable("length", "Length", type="ratio")

BOOK = Codebook(
    (Layer("frame", "Frames"), Layer("quote", "Quotes"), Layer("attribution", "Attribution"),
     Layer("boilerplate", "Boilerplate")),
    (CONFLICT, WAR, DIRECT, SOURCE, PROMO),
    (Attribute("frame", "tone", "Tone", type="text"),
     Attribute("frame", "strength", "Strength", type="number"),
     Attribute("quote", "voice", "Voice", type="text")),
    (TONE, ISSUES, HUMAN, WHY, AGREE),
    name="Strike",
)  # fmt: skip
FORMER = replace(BOOK, codes=(CONFLICT, DROPPED), variables=(OLD,))
VERSIONS = {
    "book-1": CodebookVersion("book-1", 1, to_plain(FORMER)),
    "book-2": CodebookVersion("book-2", 2, to_plain(BOOK), frozen=True),
    "book-0": CodebookVersion("book-0", 0, {"unreadable": []}),
}


@dataclass(frozen=True)
class MemoryCorpus:
    """A project as an exporter sees it."""

    coded: tuple[CodedArticle, ...]
    answers: tuple[Answer, ...] = ()
    actors_named: tuple[tuple[Actor, tuple[Alias, ...]], ...] = ()
    name: str = "Strike"
    codebook: Codebook = BOOK
    codebook_versions: dict[str, CodebookVersion] = field(default_factory=lambda: VERSIONS)
    coders: dict[str, Coder] = field(
        default_factory=lambda: {c.id: c for c in (ANNA, BEN, ROBOT, JUDGE)}
    )
    rounds: dict[str, Round] = field(default_factory=lambda: {r.id: r for r in (MAIN, PILOT)})
    stories: dict[str, Story] = field(default_factory=lambda: {STRIKE.id: STRIKE})

    def count(self):
        return len(self.coded)

    def articles(self):
        yield from self.coded

    def story_answers(self):
        yield from self.answers

    def actors(self):
        yield from self.actors_named


STRIKE = Story("story-strike", "Ferry strike", "2026-02-27")
POST = Outlet("outlet-post", "Harbour Post", "https://post.example", "GB", "newspaper")

TEXT = (
    "Ferry crews walk out\n"
    "“We will stay,” Ida Brook said, “until the end.” The mayor spoke of war on the quay, "
    "and -5 degrees.\n"
    "Subscribe now"
)
TRICKY = "Zoe\u0308 wrote 😀😀: «שלום עולם» — مرحبا, 𝔘nd\u00a0so.\n=SUM(A1) costs -5 or +3.5."


def text_version(article_id, text, number=1, blocks=()):
    return TextVersion(f"{article_id}-v{number}", article_id, number, text, digest(text),
                       "as imported", blocks, TIME)  # fmt: skip


def fragments(version, *words):
    """Fragments where these words stand first."""
    made = []
    for word in words:
        start = version.text.index(word)
        made.append(Fragment(version.id, start, start + len(word), word))
    return tuple(made)


def note(name, coder, code, stretches, **more):
    """An annotation of the main round."""
    return Annotation(**{
        "id": name, "article_id": stretches[0].text_version_id.rsplit("-", 1)[0],
        "coder_id": coder.id, "code_id": code.id, "fragments": stretches,
        "round_id": MAIN.id if coder.kind == "human" else None, "codebook_version_id": "book-2",
        "created": TIME, "modified": TIME, **more,
    })  # fmt: skip


def first_article():
    version = text_version("a1", TEXT, 2, (Block(0, 20, "headline"), Block(21, 138, "main")))
    quote = fragments(version, "We will stay,", "until the end.")
    earlier = Fragment("a1-v1", 3, 9, "crisis")
    machine = note("s-quote", ROBOT, DIRECT, quote, score=0.875, run_id="run-1")
    annotations = (
        note("x-war", ANNA, WAR, fragments(version, "war on the quay"),
             attributes={"strength": 2.5, "tone": "=bad"}, note="why; \"so\"\nindeed",
             certainty=0.5, modified=LATER),
        note("x-conflict", ANNA, CONFLICT, fragments(version, "The mayor spoke of war"),
             attributes={"strength": 3, "tone": "calm", "zeal": True, "also": ["a", 1]}),
        note("x-inner", BEN, WAR, fragments(version, "war")),
        note("x-quote", ANNA, DIRECT, quote, derived_from="s-quote",
             attributes={"voice": "Ida Brook"}),
        note("x-source", ANNA, SOURCE, fragments(version, "Ida Brook")),
        note("x-minus", BEN, CONFLICT, fragments(version, "-5")),
        note("x-gold", JUDGE, WAR, (earlier, *fragments(version, "war on the quay"))),
        note("x-blame", BEN, DROPPED, fragments(version, "mayor"), codebook_version_id="book-1"),
        note("x-lost", ANNA, CONFLICT, (earlier,)),
        note("x-gone", BEN, Code("frame", "never", "Never"), fragments(version, "quay")),
        note("x-wrong", BEN, CONFLICT, (Fragment(version.id, 0, 5, "Fairy"),)),
        machine,
        note("s-source", ROBOT, SOURCE, fragments(version, "Ida Brook"), score=0.5),
        note("s-promo", ROBOT, PROMO, fragments(version, "Subscribe now"), score=1.0),
    )  # fmt: skip
    return CodedArticle(
        Article("a1", "Ferry crews walk out", STRIKE.id, POST.id, "By Lea Moss", "2026-02-28",
                "day", "https://post.example/1", "en", "News", "report", "", {"file": "a.html"},
                "", TIME),
        version, POST, STRIKE, annotations,
        (
            Answer("w1", TONE.id, "a1", ANNA.id, MAIN.id, 1, None, "sour", "book-2", TIME, LATER),
            Answer("w2", ISSUES.id, "a1", ANNA.id, MAIN.id, [1, 2], None, "", "book-2", TIME, TIME),
            Answer("w3", HUMAN.id, "a1", BEN.id, MAIN.id, 1, None, "", "book-2", TIME, TIME),
            Answer("w4", TONE.id, "a1", BEN.id, PILOT.id, None, -7, "torn", "book-2", TIME, TIME),
            Answer("w5", WHY.id, "a1", BEN.id, None, "+ more\nthan \"one\"", None, "", None),
            Answer("w6", OLD.id, "a1", BEN.id, "round-gone", -2.5, None, "", "book-1", TIME, TIME),
            Answer("w7", "variable-gone", "a1", BEN.id, MAIN.id, "-3", None, "", "gone"),
        ),
        (
            Link("l1", ANNA.id, "source", "x-quote", "x-source"),
            Link("l2", ROBOT.id, "source", "s-quote", "s-source", "run-1"),
            Link("l3", ANNA.id, "same_quote", "x-quote", "y-rtl"),
            Link("l4", ANNA.id, "evidence", "t1", "x-war"),
        ),
        (
            Decision("d1", ANNA.id, "a1", "attribution", "source", "Ida Brook", "", "", "rejected",
                     "quotes", TIME),
            Decision("d2", BEN.id, "a1", "boilerplate", "", "", "", "", "nothing_found"),
        ),
        (Assignment("as1", "a1", ANNA.id, MAIN.id, 1, "single", ("outlet",), "done"),),
    )  # fmt: skip


def second_article():
    version = text_version("a2", TRICKY)
    annotations = (
        note("y-name", ANNA, CONFLICT, fragments(version, "Zoe\u0308")),
        note("y-faces", ANNA, CONFLICT, fragments(version, "😀😀", "𝔘nd\u00a0so")),
        note("y-rtl", ANNA, DIRECT, fragments(version, "שלום עולם")),
        note("y-sum", ANNA, WAR, fragments(version, "=SUM(A1)"), note="@Ben?"),
        note("y-stranger", Coder("coder-gone", "?"), WAR, fragments(version, "مرحبا")),
    )
    return CodedArticle(
        Article("a2", "=Strike, day 2", STRIKE.id), version, None, STRIKE, annotations,
        links=(Link("l3", ANNA.id, "same_quote", "x-quote", "y-rtl"),),
    )  # fmt: skip


def corpus():
    """The whole project."""
    empty = CodedArticle(Article("a3"), text_version("a3", ""))
    return MemoryCorpus(
        (first_article(), second_article(), empty),
        (
            Answer("t1", AGREE.id, STRIKE.id, ANNA.id, MAIN.id, 0, None, "", "book-2", TIME, TIME),
            Answer("t2", AGREE.id, "story-gone", ROBOT.id, None, 1),
        ),
        ((Actor("ac1", "Ida Brook", "person"), (Alias("al1", "ac1", "Brook"),)),),
    )


def exported(exporter, options, out, project=None):
    """Export to the end; return the summary."""
    *_, summary = exporter.write(project or corpus(), out, options)
    return summary


if __name__ == "__main__":
    exported(CodingCsv(), CodingCsvOptions(), GOLDEN)
    exported(CodingJsonl(), CodingJsonlOptions(), GOLDEN / "coding.jsonl")
