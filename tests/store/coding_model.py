"""A project and a dictionary that says what must be in it; what holds after every act."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)

from annotator.errors import StaleEdit
from annotator.model.annotation import Annotation
from annotator.model.article import TextVersion, digest
from annotator.model.span import Span
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.rows import TABLES, canonical
from tests.store.samples import Sample

TOKENS = (
    "mayor", "ferry", "strike", " ", " ", "\n", "“", "”", ",", ".", "\u00a0",  # ASCII and quotes
    "Łódź", "Straße", "東京", "Ω",  # one code point each in UTF-16
    "😀", "𝔘𝔫𝔡", "👩\u200d👧",  # two UTF-16 units each
    "Cafe\u0301", "n\u0303\u0304",  # combining
    "שלום", "السفن", "\u200f",  # right to left
)  # fmt: skip
texts = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)
attributes = st.dictionaries(
    st.sampled_from(["voice", "kind", "speaker"]), st.sampled_from([1, 2.5, "ß😀", [1, 2], None])
)


class CodingModel(RuleBasedStateMachine):
    """A project on disk beside the records that it must hold."""

    @initialize(journal=st.sampled_from(["wal", "delete"]))
    def found(self, journal):
        # In memory where there is such a place: waiting for the disk proves nothing here.
        quick = Path("/dev/shm")  # noqa: S108
        self.home = Path(tempfile.mkdtemp(dir=quick if os.access(quick, os.W_OK) else None))
        self.journal = journal
        self.sample = Sample()
        founding = self.sample.founding()
        self.project = Project.create(self.home / "study.annot", founding, journal=journal)
        self.rows = {}
        self.take_in(founding)
        self.done = []
        self.undone = []
        self.steps = 0

    def teardown(self):
        if hasattr(self, "home"):
            assert check(self.project.path) == []
            self.project.close()
            assert check(self.project.path) == []
            shutil.rmtree(self.home)

    # The model

    def take_in(self, edit):
        for record in edit.before:
            del self.rows[type(record), record.id]
        for record in edit.after:
            assert (type(record), record.id) not in self.rows
            self.rows[type(record), record.id] = record

    def live(self, kind, **facts):
        return [
            r
            for (its_kind, _), r in self.rows.items()
            if its_kind is kind and all(getattr(r, k) == v for k, v in facts.items())
        ]

    def do(self, edit, batch=None):
        there = {(type(r), r.id) for r in edit.after if (type(r), r.id) in self.rows}
        if there - {(type(r), r.id) for r in edit.before}:
            with pytest.raises(StaleEdit):
                self.project.apply(edit)
            return
        self.project.apply(edit)
        self.take_in(edit)
        self.done.append((edit, batch))
        self.undone.clear()

    # Choosing

    def pick(self, data, kind, **facts):
        """Return one of the records, which are known to be there."""
        return data.draw(st.sampled_from(self.live(kind, **facts)))

    def picked_text(self, data):
        """Return the current text of an article, which is not empty."""
        current = {}
        for version in sorted(self.live(TextVersion), key=lambda v: v.number):
            current[version.article_id] = version
        return data.draw(st.sampled_from([v for v in current.values() if v.text] or [None]))

    def current(self, article_id):
        return max(self.live(TextVersion, article_id=article_id), key=lambda v: v.number)

    def spans(self, data, text):
        count = data.draw(st.integers(1, min(3, max(1, len(text) // 2))))
        borders = data.draw(
            st.lists(st.integers(0, len(text)), min_size=2, max_size=2 * count, unique=True).map(
                sorted
            )
        )
        pairs = zip(borders[::2], borders[1::2], strict=False)
        return [Span(start, end) for start, end in pairs]

    def code(self, data):
        s = self.sample
        return data.draw(st.sampled_from([s.conflict, s.economy, s.caption, s.direct]))

    def desk(self, data):
        coder = data.draw(st.sampled_from([self.sample.ada, self.sample.ben]))
        return replace(self.sample.desk, coder_id=coder.id)

    def has_own(self):
        return any(a.coder_id != self.sample.machine.id for a in self.live(Annotation))

    def own(self, data):
        humans = [a for a in self.live(Annotation) if a.coder_id != self.sample.machine.id]
        annotation = data.draw(st.sampled_from(humans))
        return annotation, replace(self.sample.desk, coder_id=annotation.coder_id)

    # What always holds

    @invariant()
    def the_file_holds_the_model(self):
        if not hasattr(self, "project"):
            return
        for kind in TABLES:
            stored = {r.id: canonical(r) for r in self.project.all(kind)}
            assert stored == {r.id: canonical(r) for r in self.live(kind)}, kind

    @invariant()
    def every_fragment_is_what_stands_in_its_text(self):
        if not hasattr(self, "project"):
            return
        for annotation in self.live(Annotation):
            assert annotation.fragments
            for f in annotation.fragments:
                version = self.project.get_all(TextVersion, [f.text_version_id], removed=True)[
                    f.text_version_id
                ]
                assert version.text[f.start : f.end] == f.exact
                assert version.article_id == annotation.article_id
                assert digest(version.text) == version.sha256

    @invariant()
    def check_finds_nothing(self):
        self.steps = getattr(self, "steps", 0) + 1
        if self.steps % 10 == 0:
            assert check(self.project.path) == []
