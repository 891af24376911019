"""Tables as people have them: long, wide, with gaps, with several values, with mistakes."""

from __future__ import annotations

import pytest

from annotator.agreement.tabular import TableOptions, TableRow, table_ratings
from annotator.errors import BadInput


def table(text, **options):
    lines = [line.split(",") for line in text.strip().splitlines()]
    header = [cell.strip() for cell in lines[0]]
    rows = [
        TableRow(n, dict(zip(header, line, strict=False))) for n, line in enumerate(lines[1:], 2)
    ]
    return table_ratings(header, rows, TableOptions(**options))


def values(ratings):
    return [[None if c < 0 else ratings.values[c] for c in row] for row in ratings.codes.tolist()]


def test_a_long_table_is_known_by_its_columns():
    made, notes = table("Unit_ID,Rater,Rating\n1,A,2\n1,B,3\n2,A,2")
    assert made.coders == ("A", "B")
    assert made.units == ("1", "2")
    assert values(made) == [[2, 2], [3, None]]
    assert notes == []


def test_a_wide_table_has_a_column_for_each_coder():
    made, _ = table("id,Ada,Ben\nx,yes,no\ny,NA,no\nz,.,")
    assert made.units == ("x", "y")
    assert made.coders == ("Ada", "Ben")
    assert values(made) == [["yes", None], ["no", "no"]]


def test_a_wide_table_may_have_no_column_for_the_unit():
    made, _ = table("Ada,Ben\n1,1\n0,1")
    assert made.units == ("row 2", "row 3")


def test_columns_may_have_any_name_if_they_are_named():
    made, _ = table("wer,was,satz\nA,1,s1\nB,0,s1", unit="satz", coder="wer", value="was")
    assert values(made) == [[1], [0]]
    wide, _ = table("satz,x,A,B\ns1,9,1,0", unit="satz", coder="A, B")
    assert (wide.coders, values(wide)) == (("A", "B"), [[1], [0]])


def test_numbers_with_a_comma_or_a_zero_behind_are_the_same_numbers():
    made, _ = table("id,A,B\n1,1.0,1\n2,2.5,2.50", level="interval")
    assert values(made) == [[1, 2.5], [1, 2.5]]


def test_none_is_a_value_and_na_is_not():
    made, _ = table("id,A,B\n1,none,None\n2,NA,none")
    assert set(made.values) == {"none", "None"}


def test_further_missing_values_can_be_named_and_usual_ones_are_asked_about():
    text = "id,A,B\n1,-9,1\n2,0,1"
    made, notes = table(text)
    assert -9 in made.values
    assert notes == ["-9 counts as a value like others; if it says that there is none, add "
                     "--missing=-9."]  # fmt: skip
    made, notes = table(text, missing=("-9",))
    assert made.values == (0, 1)
    assert notes == []
    assert table("id,A,B\n1,-9,1\n2,-12,1")[1] == []


def test_words_have_an_order_if_it_is_named():
    made, _ = table("id,A,B\n1,low,high", level="ordinal", values=("low", "mid", "high"))
    assert made.codes.tolist() == [[0], [2]]


def test_several_values_make_a_set_in_one_cell_or_in_several_rows():
    cell, _ = table("id,A,B\n1,x|y,y", multiple="|")
    rows, _ = table("unit,coder,value\n1,A,x\n1,A,y\n1,B,y", multiple="|")
    assert values(cell) == values(rows) == [[frozenset("xy")], [frozenset("y")]]


def test_rows_can_be_chosen_and_articles_named():
    made, _ = table(
        "unit,coder,value,variable,article\n1,A,x,tone,a\n1,A,z,topic,a\n1,B,x,tone,a\n"
        "2,A,y,tone,a\n2,B,y,tone,a",
        where=(("variable", "tone"),), cluster="article",
    )  # fmt: skip
    assert made.values == ("x", "y")
    assert made.clusters.tolist() == [0, 0]


def test_a_column_of_names_among_the_coders_is_doubted():
    names = "\n".join(f"text {n},a,b" for n in range(8))
    _, notes = table(f"sentence text,Ada,Ben\n{names}")
    assert "“sentence text” has another value in each row" in notes[0]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("unit,coder,value\n1,A,x\n1,A,y", {}, "Rows 2 and 3 give two values of A for 1"),
        ("id,A,B\n1,x,y\n1,x,y", {}, "Rows 2 and 3 are both about the unit 1"),
        ("id,A,B\n1,x,y", {"unit": "nr"}, "no column “nr”; it has “id”, “A”, “B”"),
        ("id,A,B\n1,x,y", {"where": (("id", "9"),)}, "No row has id = 9"),
        ("id,A,B", {}, "The table has no rows"),
        ("id,A\n1,x", {}, "neither long"),
        ("text,A,B\n1,x,y", {"value": "A"}, "not clear which column --coder is"),
        ("unit,coder,value\n1,,x", {}, "Row 2 has no coder"),
        ("unit,coder,value\n,A,x", {}, "Row 2 has no unit"),
        ("id,A,B\n1,2,3\n2,4,x", {"level": "ratio"}, "Row 3 has the value “x”, which is no number"),
        ("id,A,B\n1,x,y", {"values": ("x",)}, "Row 2 has the value y, which --values lacks"),
        ("id,A,B\n1,1|2,1", {"level": "ordinal", "multiple": "|"}, "cannot be ordinal"),
        ("id,A,B\n1,2,3", {"level": "ratio", "values": ("low",)}, "“low” is no number"),
        ("id,A,B\n1,-1,1", {"level": "ratio", "values": ("-1", "1")}, "below zero"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text, options, sentence):
    with pytest.raises(BadInput, match=sentence.replace("(", r"\(")):
        table(text, **options)
