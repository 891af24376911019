"""Dates of many forms and languages, none of them guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.dates import find_date, read_date, settle

DAYS = [
    "2026-01-16",
    "2026/1/16",
    "January 16, 2026",
    "Jan. 16 2026",
    "Jan 16th, 2026",
    "16 January 2026",
    "16th of January 2026",
    "16-Jan-2026",
    "Friday, 16. Januar 2026",
    "le 16 janvier 2026",
    "16 de enero de 2026",
    "16 gennaio 2026",
    "16 januari 2026",
    "16 de janeiro de 2026",
    "16 января 2026",
    "16 stycznia 2026",
    "16 Ocak 2026",
    "16 يناير 2026",
    "2026年1月16日",
    "2026년 1월 16일",
    "16/01/2026",
    "01/16/2026",
    "16.1.2026",
]
TIMES = {
    "Jan. 16, 2026 9:20 AM GMT": "2026-01-16T09:20+00:00",
    "January 16, 2026 at 9:20 p.m. EST": "2026-01-16T21:20-05:00",
    "January 16, 2026 Friday 9:20 AM GMT": "2026-01-16T09:20+00:00",
    "9:20 AM EST, January 16, 2026": "2026-01-16T09:20-05:00",
    "12:05 AM, January 16, 2026": "2026-01-16T00:05",
    "16 Jan 2026 09:20 GMT": "2026-01-16T09:20+00:00",
    "2026-01-16T09:20:05Z": "2026-01-16T09:20:05+00:00",
    "2026-01-16 09:20:05.123+01:00": "2026-01-16T09:20:05+01:00",
    "Fri, 16 Jan 2026 09:20:00 +0530": "2026-01-16T09:20:00+05:30",
    "16. Januar 2026, 9.20 Uhr MEZ": "2026-01-16T09:20",
    "16 janvier 2026 à 9h20": "2026-01-16T09:20",
    "16 gennaio 2026 alle ore 18:05": "2026-01-16T18:05",
    "16 de enero de 2026, 18:05 CET": "2026-01-16T18:05+01:00",
    "16 January 2026 9:20 IST": "2026-01-16T09:20",
    "16 January 2026 29:80": "2026-01-16",
}


@pytest.mark.parametrize("written", DAYS)
def test_the_sixteenth_of_january_is_found_as_written(written):
    when = find_date(written)
    assert (when.iso, when.precision) == ("2026-01-16", "day")


@pytest.mark.parametrize(("written", "iso"), TIMES.items())
def test_times_keep_their_zone_only_if_it_is_one(written, iso):
    when = find_date(written)
    assert when.iso == iso
    assert when.precision == ("minute" if "T" in iso else "day")


@pytest.mark.parametrize(
    "written", ["", "in 2026 the 16 men", "30 February 2026", "version 1.2", "May day", "9:20"]
)
def test_what_is_no_date_gives_none(written):
    assert find_date(written) is None


@pytest.mark.parametrize("written", ["03/04/2021", "3-4-2021", "on 03/04/2021 at 9:20"])
def test_an_exchangeable_date_is_not_guessed(written):
    when = find_date(written)
    assert when.is_ambiguous
    assert when.iso == ""


def test_an_exchangeable_date_follows_an_order_once_known():
    assert find_date("03/04/2021", "dmy").iso == "2021-04-03"
    assert find_date("03/04/2021", "mdy").iso == "2021-03-04"
    assert find_date("03/03/2021").iso == "2021-03-03"


def test_full_stops_mean_the_day_comes_first():
    assert find_date("03.04.2021").iso == "2021-04-03"


def test_the_order_is_settled_by_dates_that_allow_one_only():
    assert settle(["03/04/2021", "16/04/2021"]) == "dmy"
    assert settle(["03/04/2021", "04/16/2021"]) == "mdy"
    assert settle(["03/04/2021"]) == ""
    assert settle(["16/04/2021", "04/16/2021"]) == ""
    assert settle(["16.04.2021"]) == ""


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("2026", "2026", "year"),
        ("2026-01", "2026-01", "month"),
        ("January 2026", "2026-01", "month"),
        ("enero de 2026", "2026-01", "month"),
        ("20260116", "2026-01-16", "day"),
        ("20260116T092000Z", "2026-01-16T09:20:00+00:00", "minute"),
        ("1768555200", "2026-01-16T09:20:00+00:00", "minute"),
        ("1768555200000", "2026-01-16T09:20:00+00:00", "minute"),
    ],
)
def test_cells_may_be_coarse_or_machine_made(written, iso, precision):
    when = read_date(written)
    assert (when.iso, when.precision) == (iso, precision)


@pytest.mark.parametrize("written", ["45000", "spring 2026", "last week", "20261341", "x" * 300])
def test_cells_that_say_no_date_give_none(written):
    assert read_date(written) is None


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"]))
def test_every_day_comes_back(day, form):
    if day.year >= 1600 and day.year < 2100:
        assert find_date(day.strftime(form)).iso == day.isoformat()


@given(st.text(max_size=80))
def test_no_text_whatever_raises(text):
    when = read_date(text)
    assert when is None or when.iso or when.is_ambiguous
