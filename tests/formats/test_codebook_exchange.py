"""Codes as CSV, REFI-QDA and a printed page: what is kept, and what is said to be lost."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings

from annotator.errors import BadCodebook, BadInput
from annotator.formats import codebook_csv, codebook_qdc
from annotator.formats.codebook_parts import FIELD_NAMES
from annotator.formats.codebooks import read_codebook, write_codebook
from annotator.model.codebook import Code, Codebook, Layer, Scale, Value, Variable
from tests.formats.codebook_samples import WILD, codebooks, moods


@pytest.fixture
def codebook():
    return moods()


@settings(max_examples=60)
@given(book=codebooks())
def test_a_table_gives_back_the_same_codes(book):
    data, lost = codebook_csv.write(book)
    assert codebook_csv.read(data, "book.csv").codes == book.codes
    assert not any("line breaks" in loss for loss in lost)


@settings(max_examples=60)
@given(book=codebooks())
def test_a_qdc_file_gives_back_tree_and_descriptions(book):
    data, lost = codebook_qdc.write(book)
    read = codebook_qdc.read(data, "book.qdc")
    kept = {"layer", "slug", "name", *codebook_qdc.CODE_FIELDS}
    assert _kept(read.codes, kept) == _kept(book.codes, kept)
    kept = {"slug", "name", "description", "citation"}
    assert _kept(read.layers, kept) == _kept(book.layers, kept)
    assert not any("control" in loss or "exact" in loss for loss in lost)


@settings(max_examples=60)
@given(book=codebooks(WILD))
def test_texts_that_a_format_cannot_hold_exactly_are_listed_and_never_stop_it(book):
    data, lost = codebook_csv.write(book)
    read = codebook_csv.read(data, "book.csv")
    assert read.codes == book.codes or any("line breaks" in loss for loss in lost)
    data, lost = codebook_qdc.write(book)
    read = codebook_qdc.read(data, "book.qdc")
    kept = {"name", "definition", "include", "citation"}
    assert _kept(read.codes, kept) == _kept(book.codes, kept) or any(
        "control" in loss or "exact" in loss for loss in lost
    )


def _kept(items, names):
    return {item.id: {name: getattr(item, name) for name in names} for item in items}


def test_every_field_of_a_code_that_a_format_drops_is_listed(tmp_path):
    full = Code(
        "l", "c", "C", "C", "", "d", ("i",), ("e",), ("x",), ("n",), "r", "z", "#000000",
        "#FFFFFF", "dashed", "1", "none", ("d",), may_overlap=False, counts_as_content=True,
        number=1, position=1,
    )  # fmt: skip
    book = Codebook((Layer("l", "L"),), (full, replace(full, slug="d", key="2", id="")))
    lost = " ".join(write_codebook(book, tmp_path / "b.qdc"))
    unset = {"id", "position", "layer", "slug", "name", "parent"}
    dropped = {f.name for f in fields(Code)} - codebook_qdc.CODE_FIELDS - unset
    assert {name for name in FIELD_NAMES if FIELD_NAMES[name] in lost} == dropped
    assert write_codebook(book, tmp_path / "b.csv") == []


def test_attributes_questions_and_scales_are_listed_as_lost(tmp_path, codebook):
    book = replace(
        codebook,
        variables=(Variable("q", "Q"),),
        scales=(Scale("s", "S", ("q",)),),
    )
    for suffix in (".csv", ".qdc"):
        lost = write_codebook(book, tmp_path / f"b{suffix}")
        assert {"attributes of spans (1)", "questions of the coding sheet (1)", "scales (1)"} < set(
            lost
        )


def test_a_table_for_spreadsheets_has_a_byte_order_mark_and_one_row_a_code(tmp_path, codebook):
    path = tmp_path / "b.csv"
    write_codebook(codebook, path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbflayer,layer_name,slug,name,short,parent,definition,")
    assert data.count(b"\r\n") == 3
    assert "mood,Mood,elated,Elated,,glad,More than glad.,cheers," in data.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["=1+1", "+a", "-a", "@a", "'=1", "''+x", "'plain", "\ta"])
def test_a_cell_that_looks_like_a_formula_is_defused_and_restored(name):
    book = Codebook((Layer("l", "L", position=1),), (Code("l", "c", name, position=1),))
    data, _ = codebook_csv.write(book)
    cell = data.decode("utf-8-sig").splitlines()[1].split(",")[3].strip('"')
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert codebook_csv.read(data, "b.csv") == book


def test_a_table_made_by_hand_needs_only_names():
    data = b"Name;Definition;Include\nHuman interest;A face;one\nHuman Interest;;\n\n"
    book = codebook_csv.read(data, "mine.csv")
    assert [(c.layer, c.slug, c.name) for c in book.codes] == [
        ("codes", "human-interest", "Human interest"),
        ("codes", "human-interest-2", "Human Interest"),
    ]
    assert book.codes[0].include == ("one",)
    assert book.layers == (Layer("codes", "Codes", position=1),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The table is empty"),
        ("slug,definition\na,b\n", "no column “name”"),
        ("name,wieght\na,1\n", "The column “wieght” is unknown"),
        ("name,name\na,b\n", "The column “name” stands 2 times"),
        ("name,key\na,1\n,2\n", "Row 3 has no name"),
        ('name,definition\n"a\nb",x\n,y\n', "Row 4 has no name"),
        ("name\na,b\n", "Row 2 has more cells than the header"),
        ("name,number\na,one\n", "Row 2, column “number”: “one” is no number"),
        ("name,may_overlap\na,perhaps\n", "Row 2, column “may_overlap”: “perhaps” is neither"),
        ("name,parent\na,b\n", "it refers to “b”"),
        ('name\n"a\n', "Line 2 is no line of a table"),
    ],
)
def test_a_bad_table_is_told_by_row_and_column(tmp_path, text, told):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(BadCodebook) as caught:
        read_codebook(path)
    assert told in str(caught.value)
    assert caught.value.where == str(path)


def test_a_qdc_file_is_written_as_the_standard_says(codebook):
    data, _ = codebook_qdc.write(codebook)
    glad, elated = codebook.codes
    layer = codebook.layers[0]
    assert data.decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Parallax">\n'
        "<Codes>\n"
        f'<Code guid="{layer.id.upper()}" name="Mood" isCodable="false">\n'
        "<Description>How it sounds.\n\nCitation:\n- Own\n\nId:\n- mood</Description>\n"
        f'<Code guid="{glad.id.upper()}" name="Glad &amp; merry" isCodable="true"'
        ' color="#00875F">\n'
        "<Description>Id:\n- glad</Description>\n"
        f'<Code guid="{elated.id.upper()}" name="Elated" isCodable="true">\n'
        "<Description>More than glad.\n\nCode when:\n- cheers\n\nNot when:\n- mere content: Glad\n"
        "\nExamples:\n- “Hurrah!” 🚢\n\nDecision rule:\n- When in doubt, Glad.\n\n"
        "Citation:\n- Own (2026)\n\nId:\n- elated</Description>\n"
        "</Code>\n</Code>\n</Code>\n</Codes>\n</CodeBook>\n"
    )


@pytest.mark.parametrize(
    "namespace",
    [
        ' xmlns="urn:QDA-XML:codebook:1.0"',
        ' xmlns="urn:QDA-XML:codebook:1:0"',
        ' xmlns="urn:QDA-XML:project:1.0"',
        "",
    ],
)
def test_a_qdc_file_of_another_program_is_read(namespace):
    xml = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook{namespace} origin="Elsewhere"><Codes>
  <Code guid="{{A}}" name="Themes" isCodable="false">
    <Code guid="B" name="Water" isCodable="true" color="#00ff00">
      <Description>Rivers &amp; lakes</Description>
      <Code guid="C" name="Water" isCodable="true" color="green"/>
    </Code>
  </Code>
  <Code guid="D" name="Loose end" isCodable="true"/>
</Codes><Sets><Set guid="E" name="A set"><MemberCode guid="B"/></Set></Sets></CodeBook>"""
    book = codebook_qdc.read(xml.encode(), "x.qdc")
    assert [(layer.slug, layer.name) for layer in book.layers] == [
        ("themes", "Themes"),
        ("codes", "Codes"),
    ]
    assert [(c.layer, c.slug, c.parent, c.colour_light, c.definition) for c in book.codes] == [
        ("themes", "water", "", "#00ff00", "Rivers & lakes"),
        ("themes", "water-2", "water", "", ""),
        ("codes", "loose-end", "", "", ""),
    ]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE CodeBook [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<CodeBook><Codes><Code name="&b;"/></Codes></CodeBook>"""


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (BOMB, "Line 2: a codebook may not have a document type"),
        ("<CodeBook>\n<Codes>\n<Code name='a'>\n</Codes></CodeBook>", "Line 4: this is no well"),
        ("<Project/>", "Line 1: “Project” is no REFI-QDA codebook"),
        ("<CodeBook><Codes>\n<Code name=' '/></Codes></CodeBook>", "Line 2: a code has no name"),
        ("", "no well-formed XML"),
        ("name,slug\na,b", "no well-formed XML"),
    ],
)
def test_a_bad_qdc_file_is_told_by_line(tmp_path, xml, told):
    path = tmp_path / "bad.qdc"
    path.write_text(xml)
    with pytest.raises(BadCodebook) as caught:
        read_codebook(path)
    assert told in str(caught.value)
    assert caught.value.where == str(path)


def test_the_printable_page_has_everything_a_coder_is_told(tmp_path, codebook):
    book = replace(
        codebook,
        codes=(*codebook.codes, Code("mood", "x", "<script>x</script>", exclusive_with=("glad",))),
        variables=(
            Variable(
                "q",
                "Loud",
                question="Is it <loud>?",
                values=(Value(0, "no", "Not at all", "silence"),),
                preset=-8,
                group="Sound",
            ),
        ),
        scales=(Scale("s", "Loudness", ("q",)),),
    )
    path = tmp_path / "b.html"
    assert write_codebook(book, path) == []
    page = path.read_text(encoding="utf-8")
    for told in (
        "Moods", "How it sounds.", "More than glad.", "cheers", "mere content: Glad",
        "“Hurrah!” 🚢", "When in doubt, Glad.", "Own (2026)", "Is it &lt;loud&gt;?", "Not at all",
        "silence", "Loudness", "-8 not applicable", "Glad &amp; merry", "#00875F", "<kbd>1</kbd>",
        "&lt;script&gt;x", "May not overlap", "number 2", "Sound",
    ):  # fmt: skip
        assert told in page
    assert "<script" not in page
    assert "http" not in page


def test_a_printed_page_cannot_be_read_back(tmp_path, codebook):
    path = tmp_path / "b.html"
    write_codebook(codebook, path)
    with pytest.raises(BadInput, match=r"for printing\. Read it from \.toml, \.json"):
        read_codebook(path)
