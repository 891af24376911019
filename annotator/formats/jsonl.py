"""JSON: one object a line, a list of objects, or the answer of a news interface.

Keys are matched by name as columns are. A broken line is refused by its number and the rest goes
on. Lines written by `annotator text` come back as they were, roles of lines included.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from annotator.formats.assemble import Origin, Record, assemble
from annotator.formats.dates import settle
from annotator.formats.fields import match_names, wrong_fields
from annotator.formats.protocol import FoundArticle, Refused
from annotator.formats.reading import decode_head, open_text, read_text
from annotator.model.article import BLOCK_ROLES, UNSTORABLE, Block, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.formats.protocol import SourceFile
    from annotator.formats.reading import Encoding

LISTS = ("articles", "results", "items", "documents", "docs", "records", "data", "hits", "response")
NAMES = (
    "name",
    "title",
    "fullName",
    "label",
    "$date",
    "$oid",
    "uri",
    "id",
)  # of an outlet or author given as object
BLANK = re.compile(r"[\s,]*")
CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
Item = tuple[int, str, Any]  # number, place for messages, value or Refused


class JsonlImporter:
    """Reads JSON Lines and JSON lists."""

    name = "jsonl"
    title = "JSON Lines, JSON"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".json")
    holds = (
        "One article a line or list item, also under “articles” as news interfaces give them; keys "
        "for text, headline, outlet, date and so on under their usual names; other keys as extra."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Return much for its suffixes, and for text that begins as JSON does."""
        if name.lower().endswith(self.suffixes):
            return 0.6
        start = decode_head(head[:4096]).lstrip()
        return 0.6 if re.match(r"(?:\[\s*)?\{\s*\"", start) else 0.0

    def read(
        self, source: SourceFile, options: Mapping[str, Any]
    ) -> Iterator[FoundArticle | Refused]:
        """Yield an article or a refusal for each object."""
        mapping = {str(k): str(v) for k, v in dict(options.get("map") or {}).items()}
        unknown = wrong_fields(mapping)
        if unknown:
            yield Refused(f"{source.name}: the mapping names the field “{unknown[0]}”.")
            return
        opened = open_text(source)
        if isinstance(opened, Refused):
            yield opened
            return
        opened[0].close()
        order = cache(partial(_order_of, source, mapping))
        origin = Origin(source, 0, self.name, options, order)
        yield from _articles(source, mapping, origin, opened[1])


def _articles(
    source: SourceFile, mapping: Mapping[str, str], origin: Origin, encoding: Encoding
) -> Iterator[FoundArticle | Refused]:
    """Yield what each object gives."""
    notes = encoding.warnings
    number = -1
    for number, place, value in _items(source):
        if isinstance(value, Refused):
            yield value
            continue
        record = _record(value, mapping) if isinstance(value, dict) else None
        if record is None:
            what = "has no text" if isinstance(value, dict) else "is no object with keys"
            yield Refused(f"{place} of {source.name} {what}; it was left out.")
            continue
        record = replace(record, warnings=(*notes, *record.warnings))
        notes = ()
        yield assemble(record, replace(origin, index=number))
    if number < 0:
        yield Refused(f"{source.name} holds no articles.")


def _items(source: SourceFile) -> Iterator[Item]:
    """Yield the objects of a file in order, numbered from 0."""
    opened = open_text(source)
    if isinstance(opened, Refused):
        yield 0, "", opened
        return
    with opened[0] as stream:
        first = next((line.strip() for line in stream if line.strip()), "")
    is_named_so = source.name.lower().endswith((".jsonl", ".ndjson"))
    is_lines = first.startswith("{") and first != "{"
    if is_lines and (is_named_so or not isinstance(_loads(first), str)):
        yield from _lines(source)
    else:
        yield from _whole(source)


def _lines(source: SourceFile) -> Iterator[Item]:
    """Yield the object of each line, and of each item if a line holds a list of them."""
    opened = open_text(source)
    if isinstance(opened, Refused):
        yield 0, "", opened
        return
    number = -1
    with opened[0] as stream:
        for line_number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            place = f"Line {line_number}"
            value = _loads(line)
            if isinstance(value, str):
                number += 1
                yield number, place, Refused(f"{place} of {source.name} {value}; it was left out.")
                continue
            for item in _expanded(value[0]):
                number += 1
                yield number, place, item


def _whole(source: SourceFile) -> Iterator[Item]:
    """Yield the items of a list, as far as it can be read, or of the list inside an object."""
    raw = read_text(source)
    if isinstance(raw, Refused):
        yield 0, "", raw
        return
    text = raw.text.lstrip("\ufeff \t\r\n")
    if text.startswith("["):
        yield from _list_items(source, text)
        return
    value = _loads(text)
    if isinstance(value, str):
        yield 0, "", Refused(f"{source.name} {value}.")
        return
    for number, item in enumerate(_expanded(value[0])):
        yield number, f"Item {number + 1}", item


def _list_items(source: SourceFile, text: str) -> Iterator[Item]:
    """Yield a list's items one by one, so that a broken one does not take the others with it."""
    decoder = json.JSONDecoder(strict=False, parse_constant=_no_number)
    position, number = _skip(text, 1), -1
    while position < len(text) and text[position] != "]":
        number += 1
        place = f"Item {number + 1}"
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, position) + 1
            yield (
                number,
                place,
                Refused(
                    f"{place} of {source.name} (from line {line}) is no valid JSON "
                    f"({_reason(error)}); it and what follows was left out."
                ),
            )
            return
        yield number, place, value
        position = _skip(text, position)
    if position >= len(text):
        yield number + 1, "", Refused(f"The list in {source.name} has no end: is the file whole?")


def _skip(text: str, position: int) -> int:
    match = BLANK.match(text, position)
    return match.end() if match else position


def _loads(text: str) -> tuple[Any] | str:
    """Return the value of a JSON text in a tuple, or what is wrong as the end of a sentence."""
    try:
        return (json.loads(text, strict=False, parse_constant=_no_number),)
    except (ValueError, RecursionError) as error:
        return f"is no valid JSON ({_reason(error)})"


def _no_number(_name: str) -> None:
    """Read NaN and Infinity, which JSON does not know, as nothing."""


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"{error.msg} at {line}column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _expanded(value: Any) -> list[Any]:  # any JSON value
    """Return the articles of a list, or of an object that only wraps one."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "text" not in match_names(value, {}):
        for name in LISTS:
            if isinstance(value.get(name), list | dict) and value[name]:
                return _expanded(value[name])
    elif isinstance(value, dict) and isinstance(value.get("articles"), list | dict):
        return _expanded(value["articles"])
    return [value]


def _record(item: Mapping[str, Any], mapping: Mapping[str, str]) -> Record | None:
    """Return an object as a record, None if it has no text."""
    flat = dict(item)
    for nest in ("meta", "metadata"):
        inner = flat.get(nest)
        if isinstance(inner, dict):
            del flat[nest]
            flat = {**inner, **flat}
    columns = match_names(flat, mapping)
    known = {field: as_text(_at(flat, key), field) for field, key in columns.items()}
    text = known.pop("text", "")
    if not text.strip():
        return None
    used = {columns[field] for field, value in known.items() if value} | {columns["text"]}
    extra = {
        key: storable(value)
        for key, value in flat.items()
        if key not in used and key not in ("blocks", "warnings") and value not in (None, "", [], {})
    }
    notes = [str(note) for note in flat.get("warnings") or () if isinstance(note, str)]
    if CUT.search(text[-80:]):
        notes.append("The text is cut: the interface that gave it holds back the rest.")
    blocks = _blocks(flat.get("blocks"), text)
    if flat.get("blocks") and not blocks:
        notes.append("The roles of lines that were given do not fit the text; they were made anew.")
    return Record(text, known, extra, blocks, tuple(notes))


def _at(item: Mapping[str, Any], key: str) -> Any:  # any JSON value
    """Return the value of a key, or of a path of keys with full stops between."""
    if key in item or "." not in key:
        return item.get(key)
    first, rest = key.split(".", 1)
    inner = item.get(first)
    return _at(inner, rest) if isinstance(inner, dict) else None


def as_text(value: Any, field: str = "") -> str:  # any JSON value
    """Return a JSON value as text: paragraphs on lines, other lists with commas.

    >>> as_text([{"name": "A. Brink"}, "B. Cole"])
    'A. Brink, B. Cole'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool | None):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return next((text for name in NAMES if (text := as_text(value.get(name)))), "")
    parts = [as_text(part) for part in value]
    return "\n".join(parts) if field == "text" else ", ".join(filter(None, parts))


def storable(value: Any, depth: int = 0) -> Any:  # any JSON value
    """Return a JSON value without characters that cannot be stored."""
    if isinstance(value, str):
        return clean_text(value) if UNSTORABLE.search(value) else value
    if depth > 40:
        return json.dumps(value)
    if isinstance(value, list):
        return [storable(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {storable(k): storable(v, depth + 1) for k, v in value.items()}
    return value


def _blocks(given: Any, text: str) -> tuple[Block, ...]:  # any JSON value
    """Return the roles of lines as given, () if they do not fit the text."""
    if not isinstance(given, list) or clean_text(text) != text:
        return ()
    blocks = []
    last = 0
    for entry in given:
        if not isinstance(entry, dict) or entry.get("role") not in BLOCK_ROLES:
            return ()
        start, end = entry.get("start"), entry.get("end")
        if type(start) is not int or type(end) is not int:
            return ()
        if not last <= start < end <= len(text):
            return ()
        blocks.append(Block(start, end, entry["role"]))
        last = end
    return tuple(blocks)


def _order_of(source: SourceFile, mapping: Mapping[str, str]) -> str:
    """Return the order of day and month that the dates of the whole file prove."""
    dates = []
    for _, _, item in _items(source):
        record = _record(item, mapping) if isinstance(item, dict) else None
        if record is not None:
            dates.append(record.known.get("published", ""))
    return settle(dates)
