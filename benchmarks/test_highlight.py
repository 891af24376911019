"""How fast stories are highlighted: by rules, with the model's names, with everything.

    OMP_NUM_THREADS=1 python -m pytest benchmarks/test_highlight.py -p benchmark

Measured on the sample corpus, so that the texts are the program's own; `extra_info` holds words a
second. Budgets are half of what one core of a desktop machine of 2024 does.
"""

from __future__ import annotations

import itertools
import resource as limits

import pytest

from annotator.highlight.pipeline import Highlighter
from annotator.settings import sample_corpus

WORDS = 20_000
MEGABYTES = 500
TEXTS = 1_000


def articles() -> list[str]:
    """Return the sample corpus, as often as makes enough words."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(sample_corpus().rglob("*.txt"))]
    result, words = [], 0
    for text in itertools.cycle(texts):
        if words >= WORDS:
            return result
        result.append(text)
        words += len(text.split())
    return result


@pytest.mark.parametrize(
    ("layers", "model", "least"),
    [
        (("entities", "quotes", "boilerplate"), "rules", 20_000),
        (("entities",), None, 8_000),
        (("entities", "quotes", "boilerplate"), None, 4_000),
    ],
    ids=["rules", "names", "everything"],
)
def test_highlighting_keeps_its_pace(benchmark, layers, model, least):
    texts = articles()
    words = sum(len(text.split()) for text in texts)
    highlighter = Highlighter(layers=layers, model=model)
    list(highlighter.find(texts[:2]))
    benchmark.pedantic(lambda: list(highlighter.find(texts)), rounds=3)
    pace = words / benchmark.stats.stats.min
    benchmark.extra_info["words_a_second"] = round(pace)
    assert pace >= least / 2


def test_memory_stays_flat_over_a_thousand_texts():
    highlighter = Highlighter()
    texts = itertools.cycle(articles())
    seen = {}
    for number, _ in enumerate(highlighter.find(itertools.islice(texts, TEXTS)), 1):
        if number in {100, TEXTS}:
            seen[number] = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1024
    assert seen[TEXTS] <= MEGABYTES
    assert seen[TEXTS] - seen[100] <= 40
