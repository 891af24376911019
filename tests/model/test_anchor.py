"""Finding stretches again in a corrected text: right, in range, or not at all."""

from __future__ import annotations

from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.align import common_units, matching_blocks, tokens
from annotator.model.anchor import Anchored, Reanchoring
from annotator.model.span import Span
from tests.model.strategies import ALPHABETS, MIXED, texts

LONG = "The council voted on Tuesday to close the harbour bridge for a year."
OTHER = "Shopkeepers along the quay said that nobody had ever asked them."


def find(old, new, words, nth=0):
    """Re-anchor the nth occurrence of some words; return what stands there now, and exactness."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    found = Reanchoring(old, new).find(Span(start, start + len(words)))
    return None if found is None else (found.span.start, found.span.of(new), found.exact)


@st.composite
def two_texts(draw):
    """A text and a corrected one: pieces kept, dropped, doubled, swapped or put in."""
    letters = draw(st.sampled_from([*ALPHABETS.values(), MIXED, "ab .\n"]))
    pieces = draw(st.lists(st.text(letters, max_size=25), max_size=8))
    new = []
    for piece in pieces:
        match draw(st.integers(0, 5)):
            case 0:
                pass
            case 1:
                new += [piece, draw(st.text(letters, max_size=10))]
            case 2:
                new += [piece, piece]
            case 3:
                new.insert(0, piece)
            case _:
                new.append(piece)
    return "".join(pieces), "".join(new)


@given(two_texts())
def test_blocks_ascend_are_disjoint_and_equal_in_both_texts(both):
    old, new = both
    blocks = matching_blocks(old, new)
    for (i, j, n), (i2, j2, _) in pairwise(blocks):
        assert i + n <= i2
        assert j + n <= j2
    assert all(n > 0 and old[i : i + n] == new[j : j + n] for i, j, n in blocks)


@given(two_texts(), st.data())
def test_what_is_found_lies_in_the_text_and_exact_means_the_same_characters(both, data):
    old, new = both
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    found = Reanchoring(old, new).find(span)
    if found is not None:
        assert found.span.end <= len(new)
        if found.exact:
            assert found.span.of(new) == span.of(old)
        else:
            assert found.span.of(new) != span.of(old)


@given(texts().filter(bool), st.data())
def test_in_an_unchanged_text_everything_stays(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert Reanchoring(text, text).find(span) == Anchored(span, exact=True)


SCRIPTS = {
    "ascii": "abcdefg",
    "bmp": "éüßжщя",
    "astral": "😀🎈𝔘𝔫𐍈",
    "combining": ["e\u0301", "a\u0308", "o\u0323\u0302", "n"],
    "rtl": ["ש", "ל", "ו\u05b9", "م\u064f", "د"],
}


@st.composite
def untouched_region(draw):
    """An article of different words in which edits leave one stretch and its context alone."""
    letters = list(SCRIPTS[draw(st.sampled_from(sorted(SCRIPTS)))])
    numbers = count()

    def word():
        n = next(numbers)
        return "".join(letters[int(d) % len(letters)] for d in f"{n:03}") + str(n)

    def prose(most, least=0):
        made = (word() for _ in range(draw(st.integers(least, most))))
        return "".join(w + draw(st.sampled_from([" ", " ", ", ", ". ", "\n"])) for w in made)

    before, after = prose(12), prose(12)
    kept = prose(3, 3) + (middle := prose(6, 1)) + prose(3, 3)
    new_before = draw(
        st.sampled_from([before, "", prose(12), prose(6) + before, before + prose(4)])
    )
    new_after = draw(st.sampled_from([after, "", prose(12), after + prose(6), prose(4) + after]))
    return before + kept + after, new_before + kept + new_after, kept, middle.strip()


@settings(max_examples=300)
@given(untouched_region())
def test_what_was_not_touched_is_found_in_its_right_place(case):
    old, new, kept, middle = case
    start = old.index(kept) + kept.index(middle)
    found = Reanchoring(old, new).find(Span(start, start + len(middle)))
    right = new.index(kept) + kept.index(middle)
    assert found == Anchored(Span(right, right + len(middle)), exact=True)


def test_a_mended_word_before_moves_a_stretch():
    old, new = "The mayer spoke to nurses.", "The mayor of Brill spoke to nurses."
    assert find(old, new, "spoke to") == (19, "spoke to", True)


def test_a_mended_word_inside_keeps_the_ends_and_says_so():
    old = "He said that the brige was closed for good."
    new = "He said that the bridge was closed for good."
    assert find(old, new, "the brige was closed") == (13, "the bridge was closed", False)


@pytest.mark.parametrize(
    ("wrong", "right"), [("Jon Smith", "John Smith"), ("Jon Smith", "Jon Smyth"), ("Jon", "John")]
)
def test_a_mended_name_keeps_its_annotation_though_an_end_was_mended(wrong, right):
    old = f"Yesterday {wrong} spoke to the nurses at the gate."
    new = f"Yesterday {right} spoke to the nurses at the gate."
    assert find(old, new, wrong) == (10, right, False)


def test_a_name_at_the_very_start_or_end_can_be_mended_too():
    assert find("Jon Smith left town today.", "John Smith left town today.", "Jon Smith") == (
        0, "John Smith", False,
    )  # fmt: skip
    assert find("They all met Jon Smith", "They all met Jon Smythe", "Jon Smith") == (
        13, "Jon Smythe", False,
    )  # fmt: skip


def test_another_word_in_the_same_place_is_not_the_stretch():
    old = "Nobody knows whether the cat has left the house."
    assert find(old, old.replace("cat", "mayor"), "cat") is None


def test_a_stretch_that_was_deleted_is_lost():
    assert find(f"{LONG} {OTHER}", LONG, "nobody had ever asked") is None
    assert find(LONG, "", "council") is None


def test_words_are_not_taken_from_the_middle_of_others():
    old = "A long day. The cat sat on the mat."
    new = "A long day. The dog sat on the mat. Every category."
    assert find(old, new, "cat") is None


def test_a_moved_paragraph_takes_its_stretches_along():
    old, new = f"{LONG}\n{OTHER}\nThe end.", f"{OTHER}\nThe end.\n{LONG}"
    assert find(old, new, "harbour bridge") == (new.index("harbour"), "harbour bridge", True)


def test_of_two_equal_sentences_of_which_one_is_gone_neither_is_guessed():
    old, new = f"{LONG}\n{OTHER}\n{LONG}", LONG
    for nth in (0, 1):
        assert find(old, new, "harbour bridge", nth) is None
        assert find(old, new, LONG, nth) is None


def test_a_doubled_sentence_is_not_guessed():
    new = f"{LONG}\n{LONG}"
    assert find(LONG, new, "harbour bridge") is None


def test_equal_sentences_are_told_apart_by_what_stands_around_them():
    old = f"{LONG}\n{OTHER}\n{LONG}\nThe end."
    new = f"{LONG}\n{OTHER}\nThe end."
    assert find(old, new, LONG, 0) == (0, LONG, True)
    assert find(old, new, LONG, 1) is None


def test_a_repeated_word_goes_with_its_own_sentence():
    old = "The mayor spoke for an hour. The mayor left by the back door."
    new = "The mayor left by the back door."
    assert find(old, new, "The mayor", 1) == (0, "The mayor", True)
    assert find(old, new, "The mayor", 0) is None


def test_what_stands_in_hundreds_of_places_is_not_looked_for():
    old = f"{LONG} Again and again, he said. " + "and so on, and so forth; " * 3
    assert find(old, "Once again, he said. " * 300, "he said") is None
    assert find(f"{OTHER} {LONG}", f"{LONG} " * 300, OTHER) is None


def test_a_long_stretch_is_found_again_without_its_context():
    new = f"Nothing else was kept. {OTHER} Really nothing."
    assert find(f"{LONG} {OTHER} {LONG}", new, OTHER) == (new.index(OTHER), OTHER, True)


def test_a_word_is_not_taken_for_found_where_only_it_is_common():
    new = "In Rome, meanwhile, harbour dues rose again, as merchants complained loudly."
    assert find(LONG, new, "harbour") is None


def test_a_whole_text_that_was_corrected_keeps_its_whole():
    old, new = f"{LONG}\n{OTHER}", f"{LONG}\nMany {OTHER}"
    assert find(old, new, old) == (0, new, False)


def test_a_long_stretch_of_which_little_stayed_is_lost():
    inside = " ".join(f"word{n}" for n in range(60))
    fresh = " ".join(f"item{n}" for n in range(60))
    old, new = f"Begin here: {inside} so it ends.", f"Begin here: {fresh} so it ends."
    assert find(old, new, inside) is None


def test_all_fragments_are_found_or_none():
    old = "“We will stay,” the nurse said on Monday, “until the end.”"
    new = "“We will stay,” the head nurse said, “until the end.”"
    move = Reanchoring(old, new)
    first, last = Span(1, 13), Span(old.index("until"), old.index("until") + 13)
    both = move.find_all([first, last])
    assert [a.span.of(new) for a in both] == ["We will stay", "until the end"]
    gone = Span(old.index("Monday"), old.index("Monday") + 6)
    assert move.find_all([first, gone]) is None


def test_fragments_that_changed_places_are_lost():
    old, new = f"{LONG}\n{OTHER}", f"{OTHER}\n{LONG}"
    spans = [Span(0, len(LONG)), Span(len(LONG) + 1, len(old))]
    assert Reanchoring(old, new).find_all(spans) is None


def test_a_letter_and_its_accent_are_one_word_for_comparison():
    assert [s.of("cafe\u0301 x") for s in tokens("cafe\u0301 x")] == ["cafe\u0301", "x"]
    old = "Everybody went to the cafe yesterday at noon."
    new = "Everybody went to the cafe\u0301 yesterday at noon."
    assert find(old, new, "cafe") == (22, "cafe\u0301", False)


def test_chinese_is_compared_by_character():
    old, new = "市长昨天离开了这座城市然后回家了。", "市长今天离开了这座城市然后回家了。"
    assert find(old, new, "离开") == (4, "离开", True)


def test_many_doubtful_units_are_not_compared_pair_by_pair():
    left, right = ["a", "b"] * 100, ["b", "a", "c"] * 100
    assert common_units(left, right, from_end=False) == []


def test_few_doubtful_units_are_compared_pair_by_pair():
    left, right = "xabab", "yababz"
    pairs = common_units(left, right, from_end=False)
    assert "".join(left[i] for i, _ in pairs) == "abab"


@given(st.text("abcd", max_size=12), st.text("abcd", max_size=12), st.booleans())
def test_common_units_are_equal_and_ascend(left, right, from_end):
    pairs = common_units(left, right, from_end=from_end)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(i < i2 and j < j2 for (i, j), (i2, j2) in pairwise(pairs))
