"""Data and coefficients as published, to three decimals unless said otherwise."""

from __future__ import annotations

from annotator.agreement.units import gathered

# Krippendorff (2011), section C; the lone 3 of unit 12 belongs to the second coder.
FOUR_CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# Gwet (2014): the same, but the lone 3 belongs to the third coder.
GWET = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . .",
    ". 3 3 3 2 3 4 2 2 5 1 3",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
WIKIPEDIA = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
# Rows of the worked example of Fleiss' kappa: how many of 14 coders gave each of 5 values.
FLEISS_COUNTS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)  # fmt: skip


def rated(rows, level="nominal", **more):
    """Return ratings of rows of values, one row a coder; a dot is no value."""
    numeric = all(v == "." or v.lstrip("-").isdigit() for row in rows for v in row.split())
    return gathered(
        [
            (f"u{place}", f"c{coder}", float(value) if numeric else value)
            for coder, row in enumerate(rows)
            for place, value in enumerate(row.split())
            if value != "."
        ],
        level,
        coders=tuple(f"c{coder}" for coder in range(len(rows))),
        **more,
    )


def crossed(table):
    """Return ratings of two coders from their table of counts."""
    entries = []
    for i, row in enumerate(table):
        for j, number in enumerate(row):
            for _ in range(number):
                unit = f"u{len(entries)}"
                entries += [(unit, "A", i), (unit, "B", j)]
    return gathered(entries)


def from_counts(counts):
    """Return ratings of as many coders as a unit has values."""
    return gathered(
        (f"u{unit}", f"c{coder}", value)
        for unit, row in enumerate(counts)
        for coder, value in enumerate(v for v, n in enumerate(row) for _ in range(n))
    )
