"""How fast stories are compared: live for a desk of texts, in a breath for fifty.

Articles are made of invented sentences with words as rare as in a newspaper; some of an article's
sentences are another article's, lightly edited: a tenth among reporters who write for themselves, a
third among those who rewrite an agency.
"""

from __future__ import annotations

import random
import time

import pytest

from annotator.compare.grouping import near_duplicates, proposed_stories
from annotator.compare.material import Material
from annotator.compare.story import StoryIndex, compare

SYLLABLES = [f"{a}{b}" for a in "bdfgklmnprstv" for b in ("al", "en", "ir", "ost", "um", "ane")]
VOCABULARY = [f"{a}{b}" for a in SYLLABLES for b in SYLLABLES]
LITTLE = ["the", "of", "and", "to", "in", "on", "for", "with", "said", "a", "was", "by", "after"]
RARITY = [1 / (n + 8) for n in range(len(VOCABULARY))]
WORDS = 1000


def sentence(dice: random.Random) -> str:
    matter = dice.choices(VOCABULARY, RARITY, k=14)
    words = [w for m in matter for w in (m, dice.choice(LITTLE))][: dice.randint(14, 26)]
    return " ".join(words).capitalize() + "."


def edited(body: str, dice: random.Random) -> str:
    return " ".join(w for w in body.split() if dice.random() > 0.08)


def articles(number: int, reuse: float = 0.1) -> list[Material]:
    dice = random.Random(number)
    pool: list[str] = []
    made = []
    for place in range(number):
        body: list[str] = []
        while sum(len(s.split()) for s in body) < WORDS:
            is_reused = pool and dice.random() < reuse
            body.append(edited(dice.choice(pool), dice) if is_reused else sentence(dice))
        pool += body[:6]
        made.append(Material(str(place), "\n".join(body), published="2026-03-03"))
    return made


def quickest(work, times: int = 5) -> float:
    """Return the quickest of some runs, in seconds, as if the machine had nothing else to do."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize(
    ("number", "reuse", "budget"),
    [(5, 0.33, 0.06), (20, 0.33, 0.4), (50, 0.1, 1.2), (50, 0.33, 2.0)],
)
def test_comparing_a_story(number, reuse, budget):
    stories = articles(number, reuse)
    assert compare(stories).pairs
    took = quickest(lambda: compare(stories))
    print(f"{number} articles of {WORDS} words: {took * 1000:.0f} ms")
    assert took <= budget


def test_adding_one_article_to_twenty():
    stories = articles(21)
    index = StoryIndex(stories[:-1])

    def add() -> None:
        index.add(stories[-1])
        index.remove(stories[-1].id)

    took = quickest(add)
    print(f"one more article: {took * 1000:.0f} ms")
    assert took <= 0.05


def test_time_grows_with_the_text_and_not_with_its_square():
    dice = random.Random(1)

    def pair(sentences: int) -> list[Material]:
        return [
            Material(name, "\n".join(sentence(dice) for _ in range(sentences))) for name in "ab"
        ]

    short, long = pair(100), pair(800)
    compare(short)
    assert quickest(lambda: compare(long)) <= 16 * quickest(lambda: compare(short))


def test_proposing_stories_for_a_thousand_articles():
    many = articles(1000)
    for work in (proposed_stories, near_duplicates):
        took = quickest(lambda work=work: work(many), times=1)
        print(f"{work.__name__}: {took:.1f} s")
        assert took <= 20
