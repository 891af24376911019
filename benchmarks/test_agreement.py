"""How fast intervals are: bootstraps of large tables and of many spans.

Measured with the clock, as medians, so that a busy machine does not decide.
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np
import pytest

from annotator.agreement.alpha import alpha
from annotator.agreement.bootstrap import Plan, resampled
from annotator.agreement.measuring import measure
from annotator.agreement.span_measuring import measure_spans
from annotator.agreement.spans import Continuum, Mark
from annotator.agreement.units import LEVELS, Ratings, tallied
from annotator.model.span import Span

UNITS, CODERS, VALUES, RESAMPLES = 100_000, 3, 5, 1_000


def seconds(work, times=3):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def ratings(level):
    random = np.random.default_rng(1)
    truth = random.integers(0, VALUES, UNITS)
    codes = np.array([
        np.where(random.random(UNITS) < 0.8, truth, random.integers(0, VALUES, UNITS))
        for _ in range(CODERS)
    ])  # fmt: skip
    return Ratings(level, ("A", "B", "C"), tuple(map(str, range(UNITS))),
                   tuple(float(v + 1) for v in range(VALUES)), codes)  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_a_bootstrap_is_twenty_times_faster_than_a_loop_of_single_alphas(level):
    data = ratings(level)
    random = np.random.default_rng(2)

    def single():
        drawn = data.codes[:, random.integers(0, UNITS, UNITS)]
        tally = tallied(Ratings(level, data.coders, data.units, data.values, drawn))
        return alpha(tally, tally.frequency[None, :]).value[0]

    def bootstrap():
        tally = tallied(data)
        return [alpha(tally, w).value for w in resampled(tally, Plan(RESAMPLES))]

    loop, ours = seconds(single) * RESAMPLES, seconds(bootstrap)
    print(f"{level}: loop {loop:.2f} s, bootstrap {ours:.3f} s, {loop / ours:.0f} times faster")
    assert loop / ours >= 20


def test_all_coefficients_of_a_large_table_take_less_than_a_second():
    data = ratings("ordinal")
    taken = seconds(lambda: measure(data))
    print(f"all coefficients, {UNITS:,} units, 2,000 resamples: {taken:.3f} s")
    assert taken < 1.0


def test_three_hundred_articles_of_spans_take_less_than_five_seconds():
    random = np.random.default_rng(3)

    def article(number):
        marks = []
        for start in range(0, 4800, 160):
            code = f"c{random.integers(0, 8)}"
            for coder in "AB":
                shift = int(random.integers(0, 40))
                marks.append(Mark(coder, code, (Span(start + shift, start + shift + 80),), {}))
        return Continuum(f"a{number}", 5000, ("A", "B"), tuple(marks))

    texts = [article(number) for number in range(300)]
    taken = seconds(lambda: measure_spans(texts), times=1)
    print(f"300 articles, 18,000 spans, 8 codes, 2,000 resamples: {taken:.2f} s")
    assert taken < 5.0
