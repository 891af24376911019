"""Dates as articles and tables give them, in a dozen languages, to ISO 8601 with a precision.

Nothing is guessed: 03/04/2021 is ambiguous until other dates of the same file settle the order of
day and month. A time without a known zone stays local. Relative dates ("two hours ago") are not
dates here, since nobody knows when the page was saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# One row a month: en, de, fr, es, it, nl, pt, sv/da/nb, pl, ru, tr, id, ar, with abbreviations.
MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro stycznia styczeń "
    "января янв ocak oca يناير",
    "february feb februar feber février févr fév febrero febbraio febbr februari fevereiro fev "
    "lutego luty февраля фев şubat şub فبراير",
    "march mar märz mrz mär mars marzo maart mrt março marts marca marzec марта мар mart maret "
    "مارس",
    "april apr avril avr abril abr aprile kwietnia kwiecień апреля апр nisan nis أبريل ابريل",
    "may mai mayo maggio mag mei maio maj maja мая май mayıs مايو",
    "june jun juni juin junio giugno giu junho czerwca czerwiec июня июн haziran haz يونيو يونيه",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec июля июл temmuz tem يوليو "
    "يوليه",
    "august aug août aout agosto ago augustus augusti sierpnia sierpień августа авг ağustos ağu "
    "agustus أغسطس اغسطس",
    "september sep sept septembre septiembre settembre sett setembro set września wrzesień "
    "сентября сен eylül eyl سبتمبر",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik "
    "октября окт ekim eki أكتوبر اكتوبر",
    "november nov novembre noviembre novembro listopada listopad ноября ноя kasım kas نوفمبر",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia "
    "grudzień декабря дек aralık ara desember ديسمبر",
)
MONTHS = {name: number for number, row in enumerate(MONTH_NAMES, 1) for name in row.split()}
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<y>(?:1[6-9]|20)\d{2})(?!\d)"
_DAY = r"(?<![\d.,:/-])(?P<d>\d{1,2})"
# Each way of writing a day; the first that fits at the earliest place wins.
DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/.-]){_YEAR}(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\w){_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+){_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|er|[.ºª°])?[\s-]*(?:de\s+|of\s+)?{_MONTH},?[\s-]*"
        rf"(?:de\s+|del\s+|do\s+)?{_YEAR}",
        rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<m>\d{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}})\s*[日일]",
        rf"(?<![\d/.-])(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep){_YEAR}",
    )
)
MONTH_ONLY = (
    re.compile(rf"{_MONTH},?\s*(?:de\s+|del\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}[-/](?P<m>\d{{1,2}})"),
)
COMPACT = re.compile(
    r"(?P<y>(?:1[6-9]|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
ZONES = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0, "cet": 1.0, "mez": 1.0,
    "cest": 2.0, "mesz": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "est": -5.0, "edt": -4.0,
    "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "jst": 9.0, "kst": 9.0,
    "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "brt": -3.0,
}  # fmt: skip
_ZONE = (
    r"(?:\s*(?P<zone>Z\b|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?\b"
    rf"|\(?\b(?:{'|'.join(sorted(ZONES, key=len, reverse=True))})\b\)?))?"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.hH](?P<minute>\d{2}))(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?" + _ZONE
)
_WEEKDAY = r"(?:,?\s+[^\W\d]{3,10}\b)?"
_JOIN = r"(?:\s*(?:[T,|/·•–—-]|at|um|à|a\s+las|alle\s+ore|ore|às|om|kl\.?|klockan)\s*|\s+)"
TIME_AFTER = re.compile(rf"{_WEEKDAY}{_JOIN}{{0,2}}?{_CLOCK}", re.IGNORECASE)
TIME_BEFORE = re.compile(
    rf"(?<![\d.:]){_CLOCK}(?:\s*(?:[,|·•–—-]|on|uhr|h)\s*|\s+)+(?:[^\W\d]+[.,]?\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as found.

    Args:
        iso: ISO 8601, as precise as known; "" when ambiguous.
        precision: "minute", "day", "month", "year" or "".
        start: First code point in the text searched.
        end: One after the last.
        is_ambiguous: Whether day and month could be exchanged.
    """

    iso: str
    precision: str
    start: int = 0
    end: int = 0
    is_ambiguous: bool = False


def find_date(text: str, order: str = "", start: int = 0) -> When | None:
    """Return the first date with a day in a line, with its time if one stands beside it.

    Args:
        text: A short text, such as a line or a cell.
        order: "dmy" or "mdy" where the file settles it, else "".
        start: Where to begin.

    >>> find_date("Updated Jan. 16, 2026 9:20 AM GMT").iso
    '2026-01-16T09:20+00:00'
    >>> find_date("03/04/2021").is_ambiguous
    True
    """
    for match in sorted(_matches(text, start), key=lambda m: m.start()):
        groups = match.groupdict()
        if groups.get("a"):
            found = _numeric(match, order)
        else:
            month = MONTHS.get((groups.get("month") or "").lower()) or int(groups.get("m") or 0)
            found = _day(int(groups["y"]), month, int(groups["d"]))
        if found == "?":
            return When("", "", match.start(), match.end(), is_ambiguous=True)
        if found:
            return _with_time(text, found, match.start(), match.end())
    return None


def read_date(value: str, order: str = "") -> When | None:
    """Return the date that a cell or header field holds, also a bare month, year or time stamp.

    >>> read_date("März 2021").iso, read_date("20260116T092000Z").iso
    ('2021-03', '2026-01-16T09:20:00+00:00')
    """
    value = value.strip()
    if len(value) > 200:
        return None
    if match := COMPACT.fullmatch(value):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        return _timed(day, match, 0, len(value)) if day else None
    return find_date(value, order) or _coarse(value) or _stamp(value)


def settle(values: Iterable[str]) -> str:
    """Return the order of day and month that a file's numeric dates prove, "" if they do not.

    >>> settle(["03/04/2021", "16/04/2021"])
    'dmy'
    """
    seen = set()
    for value in values:
        for match in DAYS[-1].finditer(value):
            if match["sep"] == ".":
                continue
            a, b = int(match["a"]), int(match["b"])
            if a > 12 >= b:
                seen.add("dmy")
            elif b > 12 >= a:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""


def _matches(text: str, start: int) -> list[re.Match[str]]:
    if not any(c.isdigit() for c in text):
        return []
    return [match for pattern in DAYS if (match := pattern.search(text, start))]


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _numeric(match: re.Match[str], order: str) -> str:
    """Read 16/01/2026; "?" when both orders are possible. With full stops the day is first."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    day_first, month_first = _day(year, b, a), _day(year, a, b)
    if match["sep"] == "." or order == "dmy":
        return day_first or month_first
    if order == "mdy":
        return month_first or day_first
    if day_first and month_first and day_first != month_first:
        return "?"
    return day_first or month_first


def _with_time(text: str, day: str, start: int, end: int) -> When:
    after = TIME_AFTER.match(text, end)
    if after:
        return _timed(day, after, start, after.end())
    before = TIME_BEFORE.search(text[max(0, start - 40) : start])
    if before:
        return _timed(day, before, max(0, start - 40) + before.start(), end)
    return When(day, "day", start, end)


def _timed(day: str, match: re.Match[str], start: int, end: int) -> When:
    """Add the time of a match to a day; an impossible time is left out."""
    groups = match.groupdict()
    hour, minute = int(groups.get("hour") or -1), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if not (0 <= hour < 24 and minute < 60):
        return When(day, "day", start, end)
    second = groups.get("second")
    clock = f"{hour:02}:{minute:02}" + (f":{int(second):02}" if second else "")
    return When(f"{day}T{clock}{_offset(groups.get('zone') or '')}", "minute", start, end)


def _offset(zone: str) -> str:
    """Return a zone as +HH:MM, "" when it is unknown or names several."""
    name = zone.strip(" ()").lower()
    match = re.fullmatch(r"(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?", name)
    if match:
        hours, minutes = int(match[2]), int(match[3] or 0)
        return f"{match[1]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    if name not in ZONES:
        return ""
    shift = timezone(timedelta(hours=ZONES[name]))
    return datetime(2000, 1, 1, tzinfo=shift).isoformat()[-6:]


def _coarse(value: str) -> When | None:
    """Read a month with its year, or a year alone."""
    for pattern in MONTH_ONLY:
        match = pattern.fullmatch(value)
        if match:
            groups = match.groupdict()
            month = MONTHS.get((groups.get("month") or "").lower()) or int(groups.get("m") or 0)
            if 1 <= month <= 12:
                return When(f"{match['y']}-{month:02}", "month", 0, len(value))
    if re.fullmatch(_YEAR, value):
        return When(value, "year", 0, len(value))
    return None


def _stamp(value: str) -> When | None:
    """Read seconds or milliseconds since 1970, as many interfaces give them."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?(?:\.0+)?", value):
        return None
    seconds = int(value.split(".", 1)[0][:10])
    return When(datetime.fromtimestamp(seconds, UTC).isoformat(), "minute", 0, len(value))
