"""Stories proposed for articles, and texts that are nearly the same."""

from __future__ import annotations

from dataclasses import replace

from annotator.compare.grouping import near_duplicates, proposed_stories
from annotator.compare.material import Material
from tests.compare.samples import story

OTHERS = [
    Material("storm", "A storm tore roofs off barns in the hills above Lorne. Farmers counted dead "
             "sheep. The regional government promised money for feed and new roofs.",
             "A", "2026-03-03"),
    Material("roofs", "Farmers near Lorne lost sheep and roofs when the storm hit the hills. The "
             "government promised money for barns.", "B", "2026-03-04"),
    Material("chess", "A girl of eleven won the national chess title in the capital on Sunday, "
             "beating two grandmasters with the black pieces.", "A", "2026-03-03"),
]  # fmt: skip


def test_articles_on_one_event_are_proposed_as_a_story():
    assert proposed_stories([*story()[:2], *OTHERS]) == [("agency", "paper"), ("storm", "roofs")]


def test_articles_far_apart_in_time_are_no_story():
    late = replace(OTHERS[1], published="2026-05-04")
    assert proposed_stories([OTHERS[0], late, OTHERS[2]]) == []


def test_an_article_without_a_date_may_belong_to_any_story():
    undated = replace(OTHERS[1], published="")
    assert proposed_stories([OTHERS[0], undated, OTHERS[2]]) == [("storm", "roofs")]


def test_a_text_inside_a_longer_one_is_a_near_duplicate():
    agency = story()[0]
    longer = replace(agency, id="longer", text=agency.text + OTHERS[2].text * 2)
    (found,) = near_duplicates([agency, OTHERS[2], longer], least=0.95)[:1]
    assert (found.one, found.two) in {("agency", "longer"), ("chess", "longer")}
    assert found.contained > 0.95


def test_nothing_is_proposed_for_nothing():
    assert proposed_stories([]) == [] and near_duplicates([Material("a", "")]) == []
