"""Codebooks as files: nothing changes on the way, or the loss is said; bad files are told where."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import BadCodebook, BadInput
from annotator.formats import codebook_csv, codebook_qdc
from annotator.formats.codebook_parts import FIELD_NAMES
from annotator.formats.codebooks import (
    FORMATS,
    combine,
    read_codebook,
    write_codebook,
)
from annotator.model.codebook import (
    PATTERNS,
    SNAPS,
    Attribute,
    Code,
    Codebook,
    Layer,
    Scale,
    ShownIf,
    Value,
    Variable,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NAME = TEXT.filter(lambda text: text.strip() != "")
SLUG = st.text("abcxyz059", min_size=1, max_size=4)
COLOUR = st.sampled_from(["", "#D55E00", "#ff8a47"])
TEXTS = st.lists(TEXT, max_size=2).map(tuple)


@st.composite
def codes_of(draw, layer, keys):
    slugs = draw(st.lists(SLUG, unique=True, max_size=4))
    codes = []
    for number, slug in enumerate(slugs):
        codes.append(
            Code(
                layer,
                slug,
                draw(NAME),
                short=draw(TEXT),
                parent=draw(st.sampled_from(["", *slugs[:number]])),
                definition=draw(TEXT),
                include=draw(TEXTS),
                exclude=draw(TEXTS),
                examples=draw(TEXTS),
                near_misses=draw(TEXTS),
                decision_rule=draw(TEXT),
                citation=draw(TEXT),
                colour_light=draw(COLOUR),
                colour_dark=draw(COLOUR),
                pattern=draw(st.sampled_from(PATTERNS)),
                key=next(keys) if draw(st.booleans()) else "",
                snap=draw(st.sampled_from(SNAPS)),
                exclusive_with=draw(st.lists(st.sampled_from(slugs), max_size=2).map(tuple)),
                may_overlap=draw(st.booleans()),
                counts_as_content=draw(st.booleans()),
                number=draw(st.none() | st.floats(-9, 99, allow_subnormal=False)),
            )
        )
    return codes


@st.composite
def values(draw):
    numbers = draw(st.lists(st.integers(-9, 99), unique=True, min_size=1, max_size=3))
    return tuple(Value(n, f"v{n}", draw(TEXT), draw(TEXT)) for n in numbers)


@st.composite
def codebooks(draw):
    keys = iter("123456789abcdefghijkl")
    slugs = draw(st.lists(SLUG, unique=True, max_size=3))
    layers = [Layer(slug, draw(NAME), draw(TEXT), draw(TEXT)) for slug in slugs]
    codes = [code for layer in layers for code in draw(codes_of(layer.slug, keys))]
    attributes = [
        Attribute(code.layer, "a", draw(TEXT), code=code.slug, values=draw(values()))
        for code in codes[:2]
    ]
    variables = [
        Variable(
            f"q{number}",
            draw(TEXT),
            values=draw(values()),
            missing=draw(st.sampled_from([(), (-8,), (-8, -7)])),
            preset=draw(st.none() | st.integers(-9, 9)),
            shown_if=ShownIf("q0", draw(st.sampled_from([(1,), ("x", 2)]))) if number else None,
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    scales = [Scale("s", draw(TEXT), ("q0",))] if variables else []
    return Codebook(
        *(
            tuple(replace(item, position=n) for n, item in enumerate(items, 1))
            for items in (layers, codes, attributes, variables, scales)
        ),
        name=draw(TEXT),
        citation=draw(TEXT),
    )


@pytest.fixture
def codebook():
    return Codebook(
        layers=(Layer("mood", "Mood", "How it sounds.", "Own", position=1),),
        codes=(
            Code("mood", "glad", "Glad & merry", key="1", colour_light="#00875F", position=1),
            Code(
                "mood",
                "elated",
                "Elated",
                parent="glad",
                definition="More than glad.",
                include=("cheers",),
                exclude=("mere content: Glad",),
                examples=("“Hurrah!” 🚢",),
                decision_rule="When in doubt, Glad.",
                citation="Own (2026)",
                number=2,
                position=2,
            ),
        ),
        attributes=(Attribute("mood", "who", "Who", type="text", position=1),),
        name="Moods",
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("suffix", [".toml", ".json"])
@given(book=codebooks())
def test_toml_and_json_give_back_the_same_codebook(tmp_path, suffix, book):
    path = tmp_path / f"book{suffix}"
    assert write_codebook(book, path) == []
    assert read_codebook(path) == book
    first = path.read_bytes()
    write_codebook(read_codebook(path), path)
    assert path.read_bytes() == first


@settings(max_examples=80)
@given(book=codebooks())
def test_a_table_gives_back_the_same_codes_or_says_what_it_lost(book):
    data, lost = codebook_csv.write(book)
    read = codebook_csv.read(data, "book.csv")
    assert [c.id for c in read.codes] == [c.id for c in book.codes]
    if not any("line breaks" in loss for loss in lost):
        assert read.codes == book.codes


@settings(max_examples=80)
@given(book=codebooks())
def test_a_qdc_file_gives_back_tree_and_descriptions_or_says_what_it_lost(book):
    data, lost = codebook_qdc.write(book)
    read = codebook_qdc.read(data, "book.qdc")
    if not any("control" in loss or "exact" in loss for loss in lost):
        kept = {"layer", "slug", "name", *codebook_qdc.CODE_FIELDS}
        assert _kept(read.codes, kept) == _kept(book.codes, kept)
        kept = {"slug", "name", "description", "citation"}
        assert _kept(read.layers, kept) == _kept(book.layers, kept)


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


def test_identifiers_that_do_not_follow_from_slugs_are_listed_as_lost(tmp_path):
    book = Codebook((Layer("l", "L", id="mine"),))
    assert write_codebook(book, tmp_path / "b.toml") == [
        "identifiers that do not follow from slugs (1)"
    ]


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
    data = "Name;Definition;Include\nHuman interest;A face;one\nHuman Interest;;\n\n".encode()
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


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("b.toml", b"[[code]]\nlayer = \n", "line 2"),
        ("b.toml", b'[[code]]\nlayer = "l"\nslug = "s"\n', "code 1 has no “name”"),
        ("b.toml", b'[[layer]]\nslug = "l"\nname = 3\n', "layer 1, field “name” must be text"),
        ("b.json", b'{"layer": [\n}', "line 2 column 1"),
        ("b.json", b'{"layer": [{"slug": "a", "slug": "b"}]}', "the field “slug” twice"),
        ("b.json", b'{"layer": NaN}', "“NaN” is no number"),
        ("b.json", b"[" * 100_000, "nested too deeply"),
        ("b.json", b"[]", "holds tables"),
        ("b.toml", b"# one\n# t\xe9\n", "Line 2 is not UTF-8"),
    ],
)
def test_a_bad_file_is_told_by_line_or_by_table_and_field(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadCodebook) as caught:
        read_codebook(path)
    assert told in str(caught.value)
    assert caught.value.where == str(path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "b.toml"
    path.write_bytes(b'\xef\xbb\xbf[[layer]]\nslug = "l"\nname = "L"\n')
    assert read_codebook(path).layers[0].name == "L"


def test_a_missing_file_and_an_unknown_kind_are_told_apart(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_codebook(tmp_path / "gone.toml")
    with pytest.raises(BadInput, match="“.docx” is no kind of codebook file"):
        read_codebook(tmp_path / "b.docx")


def test_a_codebook_that_contradicts_itself_leaves_the_old_file(tmp_path, codebook):
    path = tmp_path / "b.toml"
    write_codebook(codebook, path)
    before = path.read_bytes()
    broken = replace(codebook, codes=(*codebook.codes, Code("gone", "x", "X")))
    with pytest.raises(BadCodebook, match="gone"):
        write_codebook(broken, path)
    assert path.read_bytes() == before


def test_a_value_that_toml_cannot_hold_is_refused_in_one_sentence(tmp_path):
    book = Codebook(
        variables=(Variable("a", "A"), Variable("b", "B", shown_if=ShownIf("a", (None,))))
    )
    with pytest.raises(BadCodebook, match="TOML cannot hold"):
        write_codebook(book, tmp_path / "b.toml")
    half = Codebook(name="\ud83d")
    for suffix in (".toml", ".json"):
        with pytest.raises(BadCodebook):
            write_codebook(half, tmp_path / f"b{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_failed_writing_leaves_nothing_beside_the_file(tmp_path, codebook):
    folder = tmp_path / "b.toml"
    folder.mkdir()
    with pytest.raises(BadInput, match="could not be written"):
        write_codebook(codebook, folder)
    with pytest.raises(BadInput, match="could not be written"):
        write_codebook(codebook, tmp_path / "gone" / "b.toml")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_combined_codebook_keeps_order_and_drops_a_clashing_row_of_keys(codebook):
    other = Codebook(
        layers=(Layer("tone", "Tone", position=1), Layer("pace", "Pace", position=2)),
        codes=(
            Code("tone", "low", "Low", key="1", position=1),
            Code("tone", "high", "High", key="2", position=2),
            Code("pace", "slow", "Slow", key="3", position=3),
        ),
    )
    both = combine([codebook, other])
    assert [(c.slug, c.key) for c in both.codes] == [
        ("glad", "1"),
        ("elated", ""),
        ("low", ""),
        ("high", ""),
        ("slow", "3"),
    ]
    assert [layer.slug for layer in both.layers] == ["mood", "tone", "pace"]
    assert [code.position for code in both.codes] == [1, 2, 3, 4, 5]
    assert combine([]) == Codebook()


def test_what_stands_in_two_codebooks_is_taken_from_the_later(codebook):
    newer = replace(codebook, codes=(replace(codebook.codes[0], name="Cheerful"),))
    both = combine([codebook, newer])
    assert [code.name for code in both.codes] == ["Cheerful", "Elated"]


def test_every_format_says_what_it_holds():
    assert list(FORMATS) == [".toml", ".json", ".csv", ".qdc", ".html"]
    assert all(kind.holds for kind in FORMATS.values())
