"""The list of articles: orders, filters, searches, states and counts, as a researcher relies on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model import acts, article_acts
from annotator.model.annotation import Assignment, Coder
from annotator.model.article import Outlet, Story
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.listing import SORTS, Listing, Wanted
from annotator.store.project import Project
from annotator.store.searching import terms_of

TEXT = "The mayor of Łódź said the “two thirds” cut hurt cafés. It is, she said, a tax."


class Corpus:
    """Four articles, two stories, two outlets, on top of the sample's people."""

    def __init__(self, project, sample) -> None:
        self.project, self.sample, self.desk = project, sample, sample.desk
        self.listing = Listing(project)
        self.post, self.alba = Outlet(new_id(), "The Harbour Post"), Outlet(new_id(), "Radio Álba")
        self.early = Story(new_id(), "Ferry strike", "2026-01-01")
        self.late = Story(new_id(), "School vote", "2026-05-01")
        facts = (
            ("Zebra at the quay", self.early.id, self.post.id, "2026-01-03", "en", TEXT),
            ("ape in the harbour", self.early.id, self.alba.id, "2026-01-02", "da", "En tekst."),
            ("Budget day", self.late.id, self.post.id, "2026-05-02", "en", "A mayor speaks."),
            ("Tides", None, None, "", "", "Nothing but two thirds of water."),
        )
        self.pairs = [
            article_acts.new_article(
                text, headline=head, story_id=story, outlet_id=outlet, published=day, language=tag
            )
            for head, story, outlet, day, tag, text in facts
        ]
        others = (self.post, self.alba, self.early, self.late)
        project.apply(article_acts.add(self.desk, self.pairs, others))
        project.apply(article_acts.delete(self.desk, [sample.article]))

    def heads(self, **wanted) -> list[str]:
        """Return the headlines that are listed."""
        asked = Wanted(coder_id=self.desk.coder_id, round_id=self.desk.round_id, **wanted)
        return [row.headline for row in self.page(self.listing.numbers(asked))]

    def page(self, numbers):
        """Return the rows for the desk's coder."""
        return self.listing.page(numbers, self.desk.coder_id, self.desk.round_id)

    def row(self, number: int):
        """Return the row of one of the four articles."""
        one = self.pairs[number][0].id
        return self.listing.article(one, self.desk.coder_id, self.desk.round_id)

    def tag(self, number: int, *spans: Span) -> None:
        """Tag a text as the desk's coder."""
        version = self.pairs[number][1]
        self.project.apply(acts.tag(self.desk, version, spans, self.sample.conflict))

    def suggest(self, number: int, *spans: Span):
        """Write a suggestion of a machine."""
        desk = acts.Desk(self.sample.machine.id)
        version = self.pairs[number][1]
        edit = acts.tag(desk, version, spans, self.sample.conflict)
        self.project.apply(edit)
        return edit.after[0]


@pytest.fixture
def corpus(project, sample):
    return Corpus(project, sample)


ZEBRA, APE, BUDGET, TIDES = "Zebra at the quay", "ape in the harbour", "Budget day", "Tides"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("story", [APE, ZEBRA, BUDGET, TIDES]),
        ("date", [TIDES, APE, ZEBRA, BUDGET]),
        ("outlet", [APE, ZEBRA, BUDGET, TIDES]),
        ("headline", [APE, BUDGET, TIDES, ZEBRA]),
    ],
)
def test_articles_come_in_the_order_that_was_asked_for(corpus, sort, order):
    assert corpus.heads(sort=sort) == order


@pytest.mark.parametrize("sort", SORTS)
def test_last_first_is_the_same_order_backwards(corpus, sort):
    assert corpus.heads(sort=sort, is_descending=True) == corpus.heads(sort=sort)[::-1]


def test_what_is_left_to_do_comes_first_by_status(corpus):
    corpus.tag(3, Span(0, 7))
    done = Assignment(
        new_id(), corpus.pairs[1][0].id, corpus.desk.coder_id, corpus.desk.round_id, status="done"
    )
    corpus.project.apply(Edit("Done", None, after=(done,)))
    assert corpus.heads(sort="status") == [ZEBRA, BUDGET, TIDES, APE]
    assert corpus.heads(statuses=("done", "doing"), sort="status") == [TIDES, APE]


def test_a_story_an_outlet_and_a_language_narrow_the_list_together(corpus):
    assert corpus.heads(stories=(corpus.early.id,)) == [APE, ZEBRA]
    assert corpus.heads(stories=(corpus.early.id,), outlets=(corpus.post.id,)) == [ZEBRA]
    assert corpus.heads(languages=("da", "")) == [APE, TIDES]


def test_none_asks_for_articles_without_a_story_or_outlet(corpus):
    assert corpus.heads(stories=(None,)) == [TIDES]
    assert corpus.heads(stories=(None, corpus.late.id)) == [BUDGET, TIDES]
    assert corpus.heads(outlets=(None,)) == [TIDES]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("mayor", [ZEBRA, BUDGET]),
        ("may", [ZEBRA, BUDGET]),
        ("may ", []),
        ("mayor thi", [ZEBRA]),
        ("łodz cafes", [ZEBRA]),
        ('"two thirds"', [ZEBRA, TIDES]),
        ("“thirds two”", []),
        ("harbour", [APE, ZEBRA, BUDGET]),
        ("harb mayor", []),
        ("harbour mayor", [ZEBRA, BUDGET]),
        ("alba", [APE]),
        ("ferry", [APE, ZEBRA]),
        ("ferry ape", [APE]),
        ("water ferry", []),
        ("  ", [APE, ZEBRA, BUDGET, TIDES]),
    ],
)
def test_a_search_looks_in_headline_text_outlet_and_story(corpus, search, found):
    assert corpus.heads(search=search) == found


def test_blind_coding_does_not_find_outlets(corpus):
    assert corpus.heads(search="post", is_blind=True) == []
    assert corpus.heads(search="post") == [ZEBRA, BUDGET]


def test_a_search_follows_what_was_renamed_and_corrected(corpus):
    assert corpus.heads(search="alba") == [APE]
    rename = article_acts.edit_outlet(corpus.desk, corpus.alba, {"name": "Island Radio"})
    corpus.project.apply(rename)
    assert corpus.heads(search="alba") == []
    assert corpus.heads(search="island") == [APE]
    article, version = corpus.pairs[3]
    fixed = acts.correct_text(corpus.desk, version, "Nothing but otters.", [], number=2)
    corpus.project.apply(fixed.edit)
    assert corpus.heads(search="otters") == [TIDES]
    assert corpus.heads(search="water") == []
    assert corpus.listing.article(article.id).words == 3


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("ab\"“”*-+^:(){}[]NEARANDORNOT \x00'")) | st.text(max_size=12))
def test_nothing_that_is_typed_breaks_the_search(corpus, search):
    assert set(corpus.heads(search=search)) <= {ZEBRA, APE, BUDGET, TIDES}


def test_only_the_last_open_word_is_unfinished():
    assert [t.is_unfinished for t in terms_of('one "two three" fo')] == [False, False, True]
    assert [t.is_unfinished for t in terms_of('"two three"')] == [False]
    assert [t.is_unfinished for t in terms_of("“two thr")] == [True]


def test_a_row_shows_story_outlet_date_language_and_words(corpus):
    row = corpus.row(0)
    assert (row.story, row.outlet, row.published, row.language) == (
        "Ferry strike", "The Harbour Post", "2026-01-03", "en",
    )  # fmt: skip
    assert row.words == len(TEXT.split())
    assert (row.status, row.annotations, row.suggestions) == ("todo", 0, 0)


def test_an_article_is_begun_with_its_first_annotation_of_this_coder(corpus, sample):
    corpus.tag(0, Span(4, 9))
    assert (corpus.row(0).status, corpus.row(0).annotations) == ("doing", 1)
    theirs = corpus.listing.article(corpus.pairs[0][0].id, sample.ben.id, sample.round.id)
    assert (theirs.status, theirs.annotations) == ("todo", 0)


def test_an_article_is_begun_with_its_first_answer(corpus, sample):
    corpus.project.apply(acts.answer(corpus.desk, sample.tone, corpus.pairs[2][0].id, value=-1))
    assert corpus.row(2).status == "doing"
    assert corpus.heads(statuses=("doing",)) == [BUDGET]


def test_the_status_is_that_of_the_round(corpus, sample):
    done = Assignment(new_id(), corpus.pairs[0][0].id, sample.ada.id, None, status="done")
    corpus.project.apply(Edit("Done", None, after=(done,)))
    assert corpus.row(0).status == "todo"
    assert corpus.listing.article(corpus.pairs[0][0].id, sample.ada.id).status == "done"


def test_suggestions_wait_until_they_are_accepted_or_rejected(corpus, sample):
    version = corpus.pairs[0][1]
    one, two, _ = (corpus.suggest(0, Span(a, a + 5)) for a in (4, 18, 30))
    assert corpus.row(0).suggestions == 3
    corpus.project.apply(acts.accept(corpus.desk, one, version))
    assert corpus.row(0).suggestions == 2
    reject = acts.decide(corpus.desk, two, version, sample.conflict, verdict="rejected")
    corpus.project.apply(reject)
    assert corpus.row(0).suggestions == 1
    theirs = corpus.listing.article(corpus.pairs[0][0].id, sample.ben.id, sample.round.id)
    assert theirs.suggestions == 3


def test_a_rejected_suggestion_of_several_fragments_is_recognised(corpus, sample):
    pair = corpus.suggest(0, Span(4, 9), Span(18, 22))
    version = corpus.pairs[0][1]
    corpus.project.apply(
        acts.decide(corpus.desk, pair, version, sample.conflict, verdict="rejected")
    )
    assert corpus.row(0).suggestions == 0


def test_suggestions_that_lost_their_words_do_not_wait(corpus):
    corpus.suggest(0, Span(4, 9))
    version = corpus.pairs[0][1]
    found = corpus.project.annotations(version.article_id)
    fixed = acts.correct_text(corpus.desk, version, "Quite another text.", found, number=2)
    assert len(fixed.lost) == 1
    corpus.project.apply(fixed.edit)
    assert corpus.row(0).suggestions == 0


def test_groups_count_articles_and_end_with_those_in_none(corpus, sample):
    stories = [(group.name, group.articles) for group in corpus.listing.stories()]
    assert stories == [("Ferry strike", 2), ("Port strike", 0), ("School vote", 1), ("", 1)]
    outlets = [(group.name, group.articles) for group in corpus.listing.outlets()]
    assert outlets[-3:] == [("Radio Álba", 1), ("The Harbour Post", 2), ("", 1)]
    assert corpus.listing.languages() == [("en", 2), ("", 1), ("da", 1)]


def test_numbers_and_ids_lead_to_each_other(corpus):
    ids = [article.id for article, _ in corpus.pairs]
    numbers = corpus.listing.numbers_of([*ids, "nobody"])
    assert set(numbers) == set(ids)
    assert corpus.listing.ids([numbers[one] for one in ids]) == ids


def test_a_deleted_article_leaves_an_empty_row_until_the_list_is_read_again(corpus):
    numbers = corpus.listing.numbers(Wanted(sort="date"))
    corpus.project.apply(article_acts.delete(corpus.desk, [corpus.pairs[3][0]]))
    assert corpus.page(numbers)[0] is None
    assert corpus.listing.article(corpus.pairs[3][0].id) is None
    assert len(corpus.listing.numbers(Wanted(sort="date"))) == len(numbers) - 1


def test_a_reader_beside_sees_what_another_connection_wrote(corpus):
    with corpus.project.reader() as reader:
        listing = Listing(reader)
        assert len(listing.numbers(Wanted(search="mayor"))) == 2
        more = article_acts.new_article("Another mayor.", headline="More")
        corpus.project.apply(article_acts.add(corpus.desk, [more]))
        assert len(listing.numbers(Wanted(search="mayor"))) == 3


def test_an_empty_project_lists_nothing():
    with Project.in_memory(Edit("Found", None, after=(Coder(new_id(), "Ada"),))) as project:
        listing = Listing(project)
        assert listing.numbers(Wanted(search="x")) == listing.numbers(Wanted()) == []
        assert listing.page([]) == listing.stories() == listing.outlets() == []
