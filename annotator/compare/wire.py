"""Agency copy: who credits an agency, and which passages are suspected to be its text.

A suspicion, never a fact: several outlets have the same prose nearly word for word, and one of
them credits an agency, is one, or is not alone with it. Quotes and page furniture are no evidence,
for everybody copies those.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model.span import Span, covered, intersected, subtracted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.compare.material import Material, Passage
    from annotator.model.span import Fragments

AGENCIES = {
    "AP": ("AP", "Associated Press", "The Associated Press"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "UPI": ("UPI", "United Press International"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "PA": ("PA Media", "Press Association", "PA news agency"),
    "ANP": ("ANP",), "EFE": ("EFE",), "ANSA": ("ANSA",), "TASS": ("TASS", "Tass"),
    "Interfax": ("Interfax",), "Xinhua": ("Xinhua",), "Kyodo": ("Kyodo", "Kyodo News"),
    "Yonhap": ("Yonhap",), "PTI": ("PTI", "Press Trust of India"), "ANI": ("ANI",),
    "IANS": ("IANS",), "AAP": ("AAP", "Australian Associated Press"),
    "The Canadian Press": ("The Canadian Press", "Canadian Press"), "Bloomberg": ("Bloomberg",),
    "Anadolu": ("Anadolu", "Anadolu Agency"),
}  # fmt: skip
NAMES = "|".join(
    re.escape(name)
    for name in sorted({n for ns in AGENCIES.values() for n in ns}, key=lambda n: (-len(n), n))
)
CREDITS = (
    re.compile(rf"(?m)^[^\n]{{0,60}}\((?P<agency>{NAMES})\)\s*[-–—:]"),  # CITY (AP) —
    re.compile(rf"(?mi:^\s*source[sd]?\s*:\s*)(?P<agency>{NAMES})\b"),
    re.compile(rf"\b(?i:reporting by)\s+(?:[^\n.]{{0,40}}\s)?(?P<agency>{NAMES})\b"),
    re.compile(rf"\b(?i:with reporting from|material from|contributed by)\s+(?P<agency>{NAMES})\b"),
    re.compile(rf"(?m)^[ \t]*(?:[-–—(©]+\s*)?(?P<agency>{NAMES})[)\s.]*$"),  # a line of its own
)
REUTERS = re.compile(r"(?m)^\W{0,2}Reporting by [^\n]{3,150}[;.] ?(?:\W?Editing by\b|Writing by\b)")
COPIES = 3  # outlets with the same prose that need no credit
PROSE = 40  # copied characters outside quotes and furniture that every copy must have


def credit(material: Material) -> str:
    """Return the agency an article credits; "" if none.

    Looked at are what is known of the article, its byline and outlet, and its text: date lines,
    lines that name a source, and notes at the end.
    """
    known = _agency(material.wire_credit) or material.wire_credit.strip()
    named = known or _agency(material.byline) or _agency(material.outlet)
    if named:
        return named
    for pattern in CREDITS:
        if match := pattern.search(material.text):
            return _agency(match["agency"])
    return "Reuters" if REUTERS.search(material.text) else ""


def _agency(text: str) -> str:
    """Return the agency named in a short text.

    >>> _agency("By Ann Lee, Associated Press")
    'AP'
    """
    match = re.search(rf"(?<!\w)(?:{NAMES})(?!\w)", text)
    if match is None:
        return ""
    return next(short for short, names in AGENCIES.items() if match.group() in names)


def suspected(
    passages: Sequence[Passage], materials: Mapping[str, Material], credited: Mapping[str, str],
    copies: Mapping[str, Fragments],
) -> list[Passage]:  # fmt: skip
    """Return the passages, marked where they are suspected agency copy.

    Args:
        passages: Passages of the story.
        materials: Articles by id.
        credited: Agencies credited, by article; "" for none.
        copies: By article, what another has word for word or lightly edited.
    """
    prose = {name: _prose(material, copies[name]) for name, material in materials.items()}
    return [_judged(passage, materials, credited, prose) for passage in passages]


def _prose(material: Material, copies: Fragments) -> Fragments:
    """Return the copied stretches outside quotes and page furniture."""
    quoted = [span for quote in material.quotes for span in quote.quoted]
    return subtracted(copies, [*quoted, *(block.span for block in material.furniture)])


def _judged(
    passage: Passage, materials: Mapping[str, Material], credited: Mapping[str, str],
    prose: Mapping[str, Fragments],
) -> Passage:  # fmt: skip
    if passage.kind == "reworded":
        return passage
    copied = [
        s.article
        for s in passage.members
        if covered(intersected([Span(s.start, s.end)], prose[s.article])) >= PROSE
    ]
    outlets = {materials[article].outlet or article for article in copied}
    agencies = sorted({credited[article] for article in copied} - {""})
    if len(outlets) < 2 or not (agencies or len(outlets) >= COPIES):
        return passage
    why = f"{len(outlets)} outlets share it"
    if agencies:
        why += f"; credited to {', '.join(agencies)}"
    return replace(passage, is_wire=True, evidence=why)
