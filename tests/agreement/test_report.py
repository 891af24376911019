"""What is said about numbers: verdicts, warnings, paragraphs, explanations, layouts."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from annotator.agreement.bootstrap import Plan
from annotator.agreement.explain import explain, explain_span
from annotator.agreement.measuring import measure
from annotator.agreement.render import Report, as_csv, as_html, as_tex
from annotator.agreement.report import (
    grade,
    interval,
    listed,
    method_paragraph,
    rare_values,
    span_paragraph,
    verdict,
    with_span_warnings,
    with_warnings,
)
from annotator.agreement.results import Coefficient
from annotator.agreement.span_measuring import Asked, measure_spans
from annotator.agreement.spans import Continuum, Mark
from annotator.agreement.units import gathered
from annotator.model.span import Span
from tests.agreement.published import FOUR_CODERS, rated

PLAN = Plan(300, 11)


def coded(agreeing, differing, *, values=("yes", "no")):
    """Return two coders who agree evenly on both values, and differ on some units."""
    entries = []
    for number in range(agreeing):
        entries += [(f"u{number}", c, values[number % 2]) for c in ("Ada", "Ben")]
    for number in range(differing):
        entries += [(f"d{number}", "Ada", values[0]), (f"d{number}", "Ben", values[1])]
    return gathered(entries)


def said(ratings, **more):
    return with_warnings(measure(ratings, plan=PLAN, **more)).warnings


def spans(articles=2, code="frame <b>", other="other"):
    def text(number):
        return Continuum(f"a{number}", 50, ("Ada", "Ben"), (
            Mark("Ada", code, (Span(0, 10),), {"voice": "source"}),
            Mark("Ben", code, (Span(0, 9),), {"voice": "source" if number else "author"}),
            Mark("Ada", other, (Span(20, 30),), {}),
        ))  # fmt: skip

    return measure_spans([text(n) for n in range(articles)], name="framing",
                         asked=[Asked(code, "voice")], plan=PLAN)  # fmt: skip


@pytest.mark.parametrize(
    ("coefficient", "units", "word", "sentence"),
    [
        (Coefficient(0.95, (0.85, 1.0)), 50, "reliable", "Reliable: its lower bound"),
        (Coefficient(0.95, (0.79, 1.0)), 50, "tentative", "For tentative conclusions only"),
        (Coefficient(0.95, (0.5, 1.0)), 50, "unreliable", "Not reliable enough"),
        (Coefficient(1.0, (1.0, 1.0)), 4, "too few", "Too few units to conclude"),
        (Coefficient(0.9), 50, "reliable", "Reliable: it, without an interval,"),
        (Coefficient(None, why="no variation"), 50, "undefined", "Undefined: no variation."),
    ],
)
def test_the_verdict_rests_on_the_lower_bound(coefficient, units, word, sentence):
    assert grade(coefficient, units) == word
    assert verdict(coefficient, units).startswith(sentence)


def test_a_high_figure_with_a_wide_interval_is_not_called_reliable():
    made = measure(coded(27, 4), plan=PLAN)
    assert made.alpha.value > 0.7
    assert made.alpha.ci[0] < 0.667
    assert "Not reliable enough" in method_paragraph(made)


def test_few_units_and_single_codings_are_warned_about():
    ratings = gathered(
        [("u1", "A", 1), ("u1", "B", 0), ("u2", "A", 1), ("u2", "B", 1), ("u3", "A", 0)]
    )
    warnings = said(ratings)
    assert warnings[0] == "1 unit was coded by one coder only: left out of the pairs."
    assert warnings[1].startswith("Only 2 units coded by two coders or more")


def test_rare_values_and_the_paradox_are_warned_about():
    entries = [(f"u{i}", c, "no") for i in range(60) for c in "AB" if i not in (0, 1)]
    entries += [("u0", "A", "yes"), ("u0", "B", "no"), ("u1", "A", "no"), ("u1", "B", "yes")]
    made = with_warnings(measure(gathered(entries), plan=PLAN))
    assert rare_values(made) == [("yes", pytest.approx(2 / 120))]
    assert any(w.startswith("Rare: yes (1.7%)") for w in made.warnings)
    assert any("Report AC1" in w and "not instead" in w for w in made.warnings)


def test_numbers_on_a_scale_are_never_rare():
    made = measure(
        gathered([(f"u{i}", c, i) for i in range(40) for c in "AB"], "interval"), plan=PLAN
    )
    assert rare_values(made) == []


def test_no_variation_is_explained():
    assert any("it is not 1" in w for w in said(rated(("a a", "a a"))))


def test_one_coder_and_nothing_shared_are_told_alone():
    assert said(gathered([("u", "Ada", 1)])) == (
        "There is only one coder, Ada: nothing to compare.",
    )
    assert said(gathered([("u", "A", 1), ("v", "B", 1)])) == (
        "No unit was coded by two coders: nothing to compare.",
    )


def test_full_agreement_is_no_certainty():
    warnings = said(coded(40, 0))
    assert any(w.startswith("The interval has no width") for w in warnings)


def test_undefined_resamples_and_few_articles_are_told():
    entries = [("u1", "A", 1), ("u1", "B", 1), ("u2", "A", 0), ("u2", "B", 0)]
    warnings = said(gathered(entries, clusters={"u1": "x", "u2": "y"}))
    assert any(re.match(r"In \d+% of the resamples all values were the same", w) for w in warnings)
    assert any("The units lie in 2 articles" in w for w in warnings)


def test_what_the_gatherer_says_comes_first():
    made = with_warnings(measure(coded(40, 2), plan=PLAN), ["Blank twice."])
    assert made.warnings[0] == "Blank twice."


def test_the_method_paragraph_has_all_that_reviewers_ask():
    made = measure(rated(FOUR_CODERS, "ordinal"), name="Tone", plan=PLAN)
    text = method_paragraph(made)
    for part in ("“Tone” (ordinal)", "11 units", "4 coders", "[drawn how; when]", "α was .815",
                 "95% CI [", "300 resamples, seed 11", "77.8% of pairwise", "AC1 was .775",
                 "for α < .667"):  # fmt: skip
        assert part in text, part
    assert "not defined: no variation" in method_paragraph(measure(rated(("a a", "a a"))))


def test_explanations_use_the_figures_at_hand():
    made = measure(rated(("a a a b", "a a b b")), plan=Plan(0))
    assert "In 3 of 4 units" in explain(made, "percent_all")
    assert "75.0% of comparisons" in explain(made, "percent_agreement")
    alpha = explain(made, "alpha_nominal")
    assert "Alpha is 1 − 0.25 / 0.5357 = .533" in alpha
    assert "chance it would be 50.0%" in explain(made, "cohen_kappa")
    assert explain(measure(rated(("a", "a"))), "scott_pi") == "There is no value: no variation."
    assert "lie in [" in explain(measure(rated(FOUR_CODERS), plan=PLAN), "gwet_ac1")


def test_every_number_of_every_level_has_an_explanation():
    for level in ("nominal", "ordinal", "interval", "ratio"):
        made = measure(rated(("1 2 2 3", "1 2 3 3"), level), plan=Plan(0))
        for name in made.coefficients:
            assert explain(made, name).endswith(".")
    found = spans()
    for code in (*found.codes.values(), found.overall):
        for name in code.coefficients:
            assert explain_span(code, name).endswith(".")


def test_span_warnings_name_silent_coders_and_small_codes():
    warnings = with_span_warnings(spans(), ["Said before."]).warnings
    assert warnings[0] == "Said before."
    assert "Only 2 articles read by two coders or more: intervals are rough." in warnings
    assert "frame <b>: only 4 spans of all coders together." in warnings
    assert "other: Ben never used it." in warnings
    assert any("tokens of token_alpha are characters" in w for w in warnings)
    assert "there is no interval" in with_span_warnings(spans(1)).warnings[0]
    assert with_span_warnings(measure_spans([])).warnings == (
        "No article was read by two coders: nothing to compare.",
    )


def test_overlapping_codes_are_warned_about():
    marks = (Mark("A", "f", (Span(0, 9),), {}), Mark("A", "s", (Span(5, 12),), {}))
    made = measure_spans([Continuum("a", 40, ("A", "B"), marks)], plan=PLAN)
    assert any(w.startswith("Codes overlap") for w in with_span_warnings(made).warnings)


def test_the_span_paragraph_names_each_code():
    text = span_paragraph(spans())
    assert "of the layer “framing”" in text
    assert "“frame <b>” uα = " in text
    assert "“other” uα = " in text
    assert "By code" not in span_paragraph(measure_spans([]))
    both = {c: Mark(c, "all", (Span(0, 9),), {}) for c in "AB"}
    full = measure_spans([Continuum("a", 9, ("A", "B"), tuple(both.values()))])
    assert "uα not defined (no variation)" in span_paragraph(full)


def test_lists_and_intervals_read_as_sentences():
    assert [listed([]), listed(["A"]), listed(["A", "B"])] == ["", "A", "A and B"]
    assert interval(Coefficient(1.0)) == ""


# Layouts


@pytest.fixture
def report():
    made = with_warnings(measure(rated(FOUR_CODERS), name="=Tone <i> & more_", plan=PLAN))
    sets = gathered([(f"u{i}", c, frozenset(s)) for i, pair in enumerate((("x", "xy"), ("y", "y")))
                     for c, s in zip("AB", pair, strict=True)])  # fmt: skip
    several = with_warnings(measure(sets, name="Topics", plan=PLAN))
    return Report("A study", ("Compared are 12 articles.",), (made, several),
                  (with_span_warnings(spans()),), ("Mind this.",))  # fmt: skip


def test_the_page_escapes_names_and_loads_nothing(report):
    page = as_html(report)
    assert "=Tone &lt;i&gt; &amp; more_" in page
    assert "frame &lt;b&gt;" in page
    assert "<i>" not in page
    assert "http" not in page
    assert page.count("<details>") > 20
    for part in ("Mind this.", "Pairs of coders", "Aligned pairs", "Topics: x", "<blockquote>"):
        assert part in page, part


def test_a_page_of_nothing_is_still_a_page():
    assert as_html(Report("Empty")).endswith("</body></html>\n")


def test_long_scales_are_not_laid_out_as_a_table():
    made = measure(gathered([(f"u{i}", c, i) for i in range(40) for c in "AB"], "ratio"), plan=PLAN)
    assert "Values given to" not in as_html(Report("Ratio", variables=(made,)))


def test_the_table_has_a_row_for_each_coefficient_and_starts_no_formula(report):
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    kinds = {row["kind"] for row in rows}
    assert kinds == {"variable", "option", "spans", "attribute"}
    tone = [row for row in rows if row["subject"] == "'=Tone <i> & more_"]
    assert {row["coefficient"] for row in tone} >= {"alpha_nominal", "gwet_ac1"}
    alpha = next(row for row in tone if row["coefficient"] == "alpha_nominal")
    assert float(alpha["value"]) == pytest.approx(0.743, abs=5e-4)
    assert float(alpha["ci_low"]) < float(alpha["value"]) < float(alpha["ci_high"])
    assert float(alpha["p_below_667"]) <= float(alpha["p_below_800"])
    pi = next(row for row in tone if row["coefficient"] == "scott_pi")
    assert (pi["value"], pi["why"]) == ("", "for two coders only; see fleiss_kappa")


def test_the_latex_tables_escape_and_balance(report):
    text = as_tex(report)
    assert r"=Tone <i> \& more\_" in text
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") == 2
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert {line.replace(r"\&", "").count("&") for line in rows} == {6, 4}
    assert all(line.startswith("%") for line in text.splitlines() if "bootstrap" in line)


def test_a_report_without_variables_or_spans_has_no_tables():
    assert as_tex(Report("Empty", ("Nothing.",))) == "% Empty\n% Nothing.\n"


def test_results_are_plain_json(report):
    tone, topics = (made.plain() for made in report.variables)
    assert tone["values"] == [1, 2, 3, 4, 5]
    assert len(tone["details"]["pairs"]) == 6
    assert topics["values"] == [["x"], ["x", "y"], ["y"]]
    assert set(topics["options"]) == {"x", "y"}
    json.dumps([tone, topics, report.spans[0].plain()], allow_nan=False)
    assert measure(rated(("1 2", "1 2"), "interval"), plan=PLAN).plain()["values"] == [1, 2]
    half = gathered([("u", "A", 0.5), ("u", "B", 1)], "interval")
    assert measure(half, plan=PLAN).plain()["values"] == [0.5, 1]


def test_enough_articles_words_and_spans_need_no_warning():
    texts = [
        Continuum(f"a{n}", 50, ("A", "B"), tuple(Mark(c, "f", (Span(0, 9),), {}) for c in "AB"),
                  (Span(0, 4), Span(5, 9), Span(20, 30)))
        for n in range(30)
    ]  # fmt: skip
    assert with_span_warnings(measure_spans(texts, plan=PLAN)).warnings == ()


def test_a_figure_without_an_interval_has_its_paragraph():
    text = method_paragraph(measure(rated(("a b a", "a b b")), plan=Plan(0)))
    assert "CI" not in text
    assert "Krippendorff’s α was .444." in text
