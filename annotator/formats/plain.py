"""Plain text and Markdown files: usually one article each, sometimes several with lines between.

A file may begin with a block of `key: value` lines (plain text) or front matter (Markdown); it is
read for facts and is not part of the text. The rest is the canonical text as it stands, markup and
page furniture included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annotator.formats.assemble import Origin, Record, assemble
from annotator.formats.facts import canonical_agencies
from annotator.formats.fields import field_of
from annotator.formats.headline import find_headline
from annotator.formats.page import lines_of
from annotator.formats.protocol import FoundArticle, Refused
from annotator.formats.reading import RawText, looks_like_text, read_text
from annotator.model.article import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.formats.protocol import SourceFile

KEY_LINE = re.compile(r"([^\W\d_][\w .'’/-]{0,30}?)[ \xa0]*[:：](?:[ \t\xa0]*|$)(.*)")
CERTAIN = frozenset({"headline", "outlet", "published", "url", "byline"})
RULE_LINE = re.compile(r"[ \t]*([=_*#~])\1{9,}[ \t]*")
LEAST_WORDS = 40
FENCES = {"---": re.compile(r"---|\.\.\."), "+++": re.compile(r"\+\+\+")}
QUOTED = re.compile(r"""(["'])(.*)\1""")


class TxtImporter:
    """Reads plain text."""

    name = "txt"
    title = "Plain text"
    suffixes: tuple[str, ...] = (".txt", ".text")
    holds = (
        "One article a file, or several with a line of ===== between them or at lines that match "
        "the option “separator”; facts in a block of “key: value” lines at the top."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Return a half for its suffixes, a little for any other text."""
        if name.lower().endswith(self.suffixes):
            return 0.5
        return 0.1 if looks_like_text(head) else 0.0

    def read(
        self, source: SourceFile, options: Mapping[str, Any]
    ) -> Iterator[FoundArticle | Refused]:
        """Yield the file's articles."""
        raw = read_text(source)
        if isinstance(raw, Refused):
            yield raw
            return
        text = clean(raw.text).text
        parts = _split(text, options, source)
        if isinstance(parts, Refused):
            yield parts
            return
        for index, part in enumerate(parts):
            notes = list(raw.encoding.warnings)
            if len(parts) > 1 and index == 0:
                notes.append(f"The file was split at its separator lines into {len(parts)} texts.")
            known, extra, body = _header(part)
            if not body.strip():
                yield Refused(_textless(source, index, len(parts)))
                continue
            record = Record(body, known, extra, warnings=tuple(notes))
            yield assemble(record, Origin(source, index, self.name, options))


class MarkdownImporter:
    """Reads Markdown, with or without front matter."""

    name = "markdown"
    title = "Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown", ".mdown")
    holds = (
        "One article a file; facts in front matter between lines of --- or +++; the first # "
        "heading is the headline; markup stays in the text."
    )

    def recognises(self, _head: bytes, name: str) -> float:
        """Return a half for its suffixes."""
        return 0.5 if name.lower().endswith(self.suffixes) else 0.0

    def read(
        self, source: SourceFile, options: Mapping[str, Any]
    ) -> Iterator[FoundArticle | Refused]:
        """Yield the file's article."""
        raw = read_text(source)
        if isinstance(raw, Refused):
            yield raw
            return
        yield self._article(raw, Origin(source, 0, self.name, options))

    def _article(self, raw: RawText, origin: Origin) -> FoundArticle | Refused:
        text = clean(raw.text).text
        pairs, body = front_matter(text)
        known, extra = _facts_of(pairs)
        if not pairs:
            known, extra, body = _header(text)
        if not body.strip():
            return Refused(_textless(origin.source, 0, 1))
        return assemble(Record(body, known, extra, warnings=raw.encoding.warnings), origin)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Return the pairs of a file's front matter and the text below it.

    Lists are joined with commas; nested tables are left as text.

    >>> front_matter('---\ntitle: "Rain"\ntags: [a, b]\n---\nIt rained.\n')
    ({'title': 'Rain', 'tags': 'a, b'}, 'It rained.\n')
    """
    lines = text.split("\n")
    fence = FENCES.get(lines[0].rstrip())
    end = next((i for i, line in enumerate(lines[1:80], 1) if _closes(fence, line)), 0)
    if fence is None or end == 0:
        return {}, text
    pairs: dict[str, str] = {}
    key = ""
    for line in lines[1:end]:
        match = re.match(r"([^\s:=#-][^:=]*?)\s*[:=](?:\s+(.*)|$)", line)
        if match:
            key = match[1].strip("\"' ")
            pairs[key] = _scalar(match[2] or "")
        elif key and line.strip() and not line.lstrip().startswith("#"):
            item = _scalar(re.sub(r"^\s*-\s*", "", line))
            pairs[key] = f"{pairs[key]}, {item}" if _is_item(line) and pairs[key] else item
    return pairs, "\n".join(lines[end + 1 :])


def _closes(fence: re.Pattern[str] | None, line: str) -> bool:
    return fence is not None and fence.fullmatch(line.rstrip()) is not None


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("-")


def _scalar(value: str) -> str:
    value = value.strip()
    if value in ("|", ">", "|-", ">-", "~", "null"):
        return ""
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_scalar(item) for item in value[1:-1].split(",") if item.strip())
    match = QUOTED.fullmatch(value)
    return match[2] if match else value


def _split(text: str, options: Mapping[str, Any], source: SourceFile) -> list[str] | Refused:
    """Return the texts between separator lines, blank ones left out."""
    wanted = str(options.get("separator") or "")
    if not wanted:
        return _split_carefully(text)
    try:
        pattern = re.compile(wanted)
    except re.error as error:
        return Refused(
            f"{source.name} was not read: the separator “{wanted}” is no regular expression "
            f"({error})."
        )
    parts = _parts(text, pattern)
    return parts or Refused(f"{source.name} holds nothing but separator lines.")


def _parts(text: str, pattern: re.Pattern[str]) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if pattern.search(line):
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return [text]
    return ["\n".join(part).strip("\n") for part in parts if "".join(part).strip()]


def _split_carefully(text: str) -> list[str]:
    """Split at lines of ===== only if every part looks like an article of its own."""
    if not RULE_LINE.search(text):
        return [text]
    parts = _parts(text, re.compile(f"^(?:{RULE_LINE.pattern})$"))
    if len(parts) > 1 and all(map(_is_article, parts)):
        return parts
    return [text]


def _is_article(part: str) -> bool:
    """Say whether a part has its own header or headline, and some paragraphs."""
    known, _, body = _header(part)
    lines = lines_of(body)
    words = sum(line.words for line in lines if line.is_prose)
    if known:
        return bool(lines)
    return words >= LEAST_WORDS and find_headline(lines) is not None


def _header(text: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Return the facts of a `key: value` block at the top, what is unknown, and the text below."""
    lines = text.lstrip("\n").split("\n")
    pairs: dict[str, str] = {}
    key = ""
    end = len(lines)
    for i, line in enumerate(lines):
        if not line.strip():
            end = i
            break
        match = KEY_LINE.fullmatch(line)
        if match and len(match[2]) < 500 and not match[2].startswith("//"):
            key = match[1].strip()
            pairs[key] = match[2].strip()
        elif key and line[0] in " \t":
            pairs[key] = f"{pairs[key]} {line.strip()}".strip()
        else:
            return {}, {}, text
    known, extra = _facts_of(pairs)
    is_header = len(known) > 1 or (len(pairs) == 1 and not CERTAIN.isdisjoint(known))
    if not is_header or len(known) < len(extra):
        return {}, {}, text
    return known, extra, "\n".join(lines[end + 1 :])


def _facts_of(pairs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Sort pairs into fields and the rest; an agency as “Source” is a wire credit."""
    known: dict[str, str] = {}
    extra: dict[str, str] = {}
    for key, value in pairs.items():
        field = field_of(key)
        if field == "outlet" and canonical_agencies(value) and "source" in key.lower():
            field = "wire_credit"
        if field and field != "text" and field not in known:
            if value:
                known[field] = value
        elif value:
            extra[key] = value
    return known, extra


def _textless(source: SourceFile, index: int, parts: int) -> str:
    which = f"Text {index + 1} of {source.name}" if parts > 1 else source.name
    return f"{which} has a header but no text below it; it was left out."
