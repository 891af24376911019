"""Turn the corpora into the binary files spaCy trains on.

    python build_docbin.py DATA WORK

Names are JSON Lines with character offsets, trees are CoNLL-U (gzip). A name that does not end at
token borders is widened to them; a name that overlaps the one before is left out. Both are counted.
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

Row = list[str]
NAMES = {
    "ner_train": ("ner/train.jsonl", "ner/train_aug.jsonl"),
    "ner_dev": ("ner/dev.jsonl",),
}
TREES = {
    "syntax_train": "syntax/train.conllu.gz",
    "syntax_dev": "syntax/dev.conllu.gz",
}
SENTENCES_A_DOC = 6  # so that the parser learns where sentences end
FORM, UPOS, XPOS, HEAD, DEPREL, MISC = 1, 3, 4, 6, 7, 9


@dataclass
class Tally:
    """What became of the names of a file."""

    kept: int = 0
    widened: int = 0
    left_out: int = 0


def named_docs(nlp: Language, path: Path, tally: Tally) -> Iterator[Doc]:
    """Yield a document with entities for every line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            doc = nlp.make_doc(record["text"])
            doc.set_ents(_entities(doc, record["ents"], tally))
            yield doc


def _entities(doc: Doc, marked: list[tuple[int, int, str]], tally: Tally) -> list[Span]:
    result: list[Span] = []
    for start, end, label in marked:
        span = doc.char_span(start, end, label=label)
        if span is None:
            tally.widened += 1
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or (result and span.start < result[-1].end):
            tally.left_out += 1
            continue
        result.append(span)
    tally.kept += len(result)
    return result


@dataclass
class Columns:
    """The sentences of a document, column by column."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    sent_starts: list[bool] = field(default_factory=list)

    def add(self, rows: list[Row]) -> None:
        """Append a sentence."""
        offset = len(self.words)
        for number, row in enumerate(rows):
            head = int(row[HEAD])
            self.words.append(row[FORM])
            self.spaces.append("SpaceAfter=No" not in row[MISC])
            self.tags.append(row[XPOS])
            self.pos.append(row[UPOS])
            self.heads.append(offset + (head - 1 if head else number))
            self.deps.append(row[DEPREL] if head else "ROOT")
            self.sent_starts.append(number == 0)
        self.spaces[-1] = True


def parsed_docs(nlp: Language, path: Path) -> Iterator[Doc]:
    """Yield documents of a few sentences each, never across two source documents."""
    waiting: list[list[Row]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
            is_full = len(waiting) >= SENTENCES_A_DOC or block.startswith("# newdoc")
            if waiting and rows and is_full:
                yield _joined(nlp, waiting)
                waiting = []
            if rows:
                waiting.append(rows)
    if waiting:
        yield _joined(nlp, waiting)


def _joined(nlp: Language, sentences: list[list[Row]]) -> Doc:
    columns = Columns()
    for rows in sentences:
        columns.add(rows)
    return Doc(nlp.vocab, **vars(columns))


def main(data: str, work: str) -> None:
    """Write one file for every corpus."""
    nlp = spacy.blank("en")
    Path(work).mkdir(parents=True, exist_ok=True)
    for target, sources in NAMES.items():
        tally = Tally()
        docs = [doc for name in sources for doc in named_docs(nlp, Path(data, name), tally)]
        DocBin(docs=docs).to_disk(Path(work, f"{target}.spacy"))
        sys.stdout.write(f"{target}: {len(docs)} texts, {tally}\n")
    for target, name in TREES.items():
        docs = list(parsed_docs(nlp, Path(data, name)))
        DocBin(docs=docs, store_user_data=False).to_disk(Path(work, f"{target}.spacy"))
        sys.stdout.write(f"{target}: {sum(len(doc) for doc in docs)} words\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
