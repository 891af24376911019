"""A story told three times, written for the tests: an agency, a paper that rewrites it, a third."""

from __future__ import annotations

from annotator.compare.material import Material, Mention, Quote
from annotator.model.article import Block
from annotator.model.span import Span

AGENCY = (
    "Harbour council approves nine million crown ferry pier\n"
    "The harbour council of Vellmar approved a nine million crown pier for the island ferry on "
    "Tuesday, after two years of dispute with fishermen.\n"
    "Mayor Ines Dahl said the pier would be ready by spring.\n"
    "“We have waited long enough for a safe landing,” Dahl told reporters at the quay.\n"
    "Fishermen fear that dredging will destroy the herring grounds east of the breakwater.\n"
    "SOURCE: AFP\n"
)
PAPER = (
    "Vellmar pier gets green light\n"
    "Vellmar’s harbour council has agreed to build a 9m crown pier for the island ferry, ending a "
    "dispute of two years with fishermen.\n"
    "“We have waited long enough for a safe landing,” the mayor, Ines Dahl, told reporters.\n"
    "Fishermen fear that dredging will destroy the herring grounds east of the breakwater.\n"
    "A choir of schoolchildren sang sea shanties while the councillors counted their ballots.\n"
    "Subscribe to our newsletter for the best stories of the coast every single morning\n"
)
THIRD = (
    "Island ferry: what now?\n"
    "The dredging that the new pier needs could ruin herring grounds near the breakwater, "
    "fishermen worry.\n"
    "Dahl, the mayor, said people had waited “long enough”.\n"
    "Subscribe to our newsletter for the best stories of the coast every single morning\n"
)


def span(text: str, words: str, occurrence: int = 1) -> Span:
    """Return where words stand in a text."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def quote(text: str, words: str, speaker: str = "", code: str = "direct") -> Quote:
    """Return a quote of the words given with their marks; indirect if they have none."""
    place = span(text, words)
    return Quote((place,), () if code == "indirect" else (place,), speaker, code)


def mention(text: str, words: str, name: str, kind: str = "PER", occurrence: int = 1) -> Mention:
    """Return a mention of a name."""
    return Mention(span(text, words, occurrence), name, kind)


def block(text: str, words: str, role: str) -> Block:
    """Return furniture."""
    place = span(text, words)
    return Block(place.start, place.end, role)


def story() -> list[Material]:
    """Return the three articles with quotes, names and furniture."""
    newsletter = (
        "Subscribe to our newsletter for the best stories of the coast every single morning"
    )
    said = "“We have waited long enough for a safe landing,”"
    return [
        Material(
            "agency", AGENCY, "Coast Wire", "2026-03-03", headline="Harbour council approves",
            furniture=(block(AGENCY, "SOURCE: AFP", "wire-credit"),),
            quotes=(quote(AGENCY, said, "Ines Dahl"),),
            mentions=(mention(AGENCY, "Ines Dahl", "Ines Dahl"),
                      mention(AGENCY, "Dahl", "Ines Dahl", occurrence=2),
                      mention(AGENCY, "Vellmar", "Vellmar", "LOC")),
        ),
        Material(
            "paper", PAPER, "Vellmar Post", "2026-03-04",
            furniture=(block(PAPER, newsletter, "promo"),),
            quotes=(quote(PAPER, said, "Ines Dahl"),),
            mentions=(mention(PAPER, "Ines Dahl", "Ines Dahl"),
                      mention(PAPER, "Vellmar", "Vellmar", "LOC")),
        ),
        Material(
            "third", THIRD, "Third View", "2026-03-04",
            furniture=(block(THIRD, newsletter, "promo"),),
            quotes=(quote(THIRD, "“long enough”", "Dahl", "mixed"),),
            mentions=(mention(THIRD, "Dahl", "Dahl"),),
        ),
    ]  # fmt: skip
