"""Join the trained names and syntax parts to the pipeline that ships.

    python assemble.py NAMES SYNTAX OUT

Keeps what is needed at run time: the words of the training texts are taken out of the string
store (the embeddings hash words and need no list), and there are no vectors.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy

SYNTAX = ("tok2vec", "tagger", "morphologizer", "parser")
META = {
    "name": "news_small",
    "lang": "en",
    "version": "0.2.0",
    "description": "People, organisations and places, tags and Universal Dependencies of English "
    "news; trained on openly licensed corpora only.",
    "author": "The Parallax contributors",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD_English-EWT 2.16", "license": "CC BY-SA 4.0"},
        {"name": "UNER_English-EWT (Universal NER v1)", "license": "CC BY-SA 4.0"},
        {"name": "GUM 11.1", "license": "CC BY 4.0 (texts by genre: see NOTICE)"},
        {"name": "Wikigold", "license": "CC BY 4.0"},
        {"name": "CrossNER", "license": "MIT, texts CC BY-SA 3.0"},
        {"name": "GeoNames place names", "license": "CC BY 4.0"},
    ],
}


def main(names: str, syntax: str, out: str) -> None:
    """Write the joined pipeline to a folder."""
    trees, entities = spacy.load(syntax), spacy.load(names)
    nlp = spacy.blank("en")
    for part in SYNTAX:
        nlp.add_pipe(part, source=trees)
    nlp.add_pipe("ner", source=entities)
    nlp.meta.update(META)
    nlp.to_disk(out)
    strings = Path(out, "vocab", "strings.json")
    strings.write_text(json.dumps(sorted(_labels(nlp))), encoding="utf-8")


def _labels(nlp: spacy.language.Language) -> set[str]:
    """Return what the parts look up by name: their labels, and those without prefix."""
    labels = {
        label for part in nlp.pipe_names for label in getattr(nlp.get_pipe(part), "labels", ())
    }
    return labels | {label.partition("=")[2] for label in labels if "=" in label}


if __name__ == "__main__":
    main(*sys.argv[1:4])
