"""Copied words: found wherever they stand, joined over small changes, kept apart from furniture."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.compare.material import Material
from annotator.compare.passages import ShingleIndex, copied
from annotator.compare.reading import Vocabulary, read_article
from annotator.compare.story import compare
from annotator.compare.wire import credit

LONG = "the council met behind closed doors for three hours before anybody spoke to the press"


def runs(one: str, two: str):
    vocabulary, index = Vocabulary(), ShingleIndex()
    index.add(read_article(Material("a", one), vocabulary))
    return index.add(read_article(Material("b", two), vocabulary)).get("a", [])


def test_a_copied_run_is_found_at_full_length():
    (run,) = runs(f"Yesterday {LONG} again.", f"It is said that {LONG}.")
    assert (run.same, run.a, run.b, run.is_exact) == (15, 1, 4, True)


def test_case_marks_and_apostrophes_do_not_break_a_run():
    (run,) = runs("He said: “The mayor’s men, all of them, left.”",
                  "THE MAYOR'S MEN ALL OF THEM LEFT")  # fmt: skip
    assert run.same == 7


def test_runs_parted_by_a_few_changed_words_are_one_edited_run():
    found = runs(LONG, LONG.replace("doors", "heavy gates"))
    (run,) = copied(found)
    assert not run.is_exact and run.same == 14


def test_words_in_common_by_chance_are_no_copy():
    assert copied(runs("one of the members of the board", "some of the members of the board")) == []


def test_a_run_over_short_sentences_stays_whole():
    text = "He came. He saw. He won. We lost. It was over. All went home."
    made = compare([Material("a", text), Material("b", f"So they say: {text}")])
    assert any(p.kind == "verbatim" for p in made.pairs)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30),
       st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30))  # fmt: skip
def test_every_common_run_of_five_words_lies_in_a_found_one(left, right):
    found = runs(" ".join(left), " ".join(right))
    for run in found:
        assert left[run.a : run.a_end] == right[run.b : run.b_end]
    if len(left) == len(set(zip(left, left[1:], left[2:], strict=False))) + 2:
        for i in range(len(left) - 4):
            for j in range(len(right) - 4):
                if left[i : i + 5] == right[j : j + 5]:
                    assert any(r.a <= i and i + 5 <= r.a_end and r.a - r.b == i - j for r in found)


def test_an_agency_is_recognised_where_pages_credit_it():
    def of(text, **facts):
        return credit(Material("x", text, **facts))

    assert of("VELLMAR (AP) — The pier opened.") == "AP"
    assert of("The pier opened.\nSOURCE: AFP") == "AFP"
    assert of("The pier opened.\n(Reporting by Ann Lee; Editing by Bo Ek)") == "Reuters"
    assert of("The pier opened.", byline="Ann Lee, Associated Press") == "AP"
    assert of("The pier opened.", wire_credit="CPS") == "CPS"
    assert of("An APPLE fell; AP exams were held on Friday.") == ""
