"""Kill a coder at a random moment, again and again: is every act that was reported done there?

A process writes acts as fast as it can and reports each one before and after. It is killed with
SIGKILL while it opens, writes, checkpoints or takes a snapshot. Then the project is opened again:
it must hold exactly what was reported done (and at most the act that was under way), `check` must
find nothing, and the dead process's lock must not hinder.

    python -m benchmarks.kill_rounds 1000 --journal wal
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pickle
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.model import acts
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.rows import TABLES, canonical
from tests.store.samples import Sample

LONGEST_SECS = 0.25
ROUNDS_A_FILE = 20


class Coder:
    """What the process does that will be killed."""

    def __init__(self, project, sample, report, seed):
        self.project = project
        self.sample = sample
        self.report = report
        self.random = random.Random(seed)
        self.done: list[Edit] = []

    def work(self):
        while True:
            for act in (self.tag, self.tag, self.change, self.undo, self.run, self.correct):
                self.do(act())
            self.random.choice([self.project.checkpoint, self.project.snapshot, int])()

    def do(self, edit):
        if edit is None:
            return
        self.report.send_bytes(b"?" + pickle.dumps(edit))
        self.project.apply(edit)
        self.report.send_bytes(b"!")
        self.done.append(edit)

    def tag(self):
        start = self.random.randrange(len(self.sample.text.text) - 12)
        return self.sample.tagged(Span(start, start + 5), Span(start + 6, start + 12))

    def own(self):
        found = self.project.annotations(self.sample.article.id, [self.sample.ada.id])
        return self.random.choice(found)

    def change(self):
        return self.random.choice([self.recode, self.reshape, self.delete])()

    def recode(self):
        return acts.recode(self.sample.desk, self.own(), self.sample.economy)

    def reshape(self):
        return acts.reshape(self.sample.desk, self.own(), self.sample.text, [Span(3, 9)])

    def delete(self):
        return acts.delete(self.sample.desk, [self.own()])

    def undo(self):
        last = self.done.pop()
        return None if last.batch else last.inverted()

    def run(self):
        """Write much at once, so that the kill often falls into one transaction."""
        base = self.sample.suggestion(Span(0, 7), Span(18, 27))
        made = tuple(replace(base, id=new_id()) for _ in range(self.random.randrange(400)))
        return Edit("Run", self.sample.machine.id, after=made, batch=new_id()) if made else None

    def correct(self):
        """Import an article and correct its text."""
        article, text = self.sample.made_article("Ferry 😀 news. " * self.random.randrange(1, 900))
        self.do(Edit("Import", None, after=(article, text)))
        return acts.correct_text(self.sample.desk, text, text.text + "!", [], number=2).edit


def code(path, journal, sample, report, seed):
    """Open the project and write until killed; starts when somebody listens."""
    report.send_bytes(b"@")
    Coder(Project.open(path, journal=journal), sample, report, seed).work()


@dataclass
class Expected:
    """What the project must hold, by what the coder reported."""

    rows: dict = field(default_factory=dict)
    under_way: Edit | None = None
    acts: int = 0

    def hear(self, message):
        if message[:1] == b"?":
            self.under_way = pickle.loads(message[1:])  # noqa: S301  # from our own child
        elif message == b"!":
            self.rows = after(self.rows, self.under_way)
            self.under_way = None
            self.acts += 1

    def settle(self, stored):
        """Compare with what is stored; what was under way may have been written or not."""
        if stored != self.rows:
            assert self.under_way is not None, "an act that was reported done is missing"
            self.rows = after(self.rows, self.under_way)
            assert stored == self.rows, "half an act was written"
        self.under_way = None


def after(rows, edit):
    """Return the records as an edit leaves them."""
    changed = dict(rows)
    for record in edit.before:
        del changed[type(record), record.id]
    changed.update(((type(r), r.id), canonical(r)) for r in edit.after)
    return changed


def stored_in(project):
    """Return all records of a project."""
    return {(kind, r.id): canonical(r) for kind in TABLES for r in project.all(kind)}


def kill_once(context, work, expected, seed, longest):
    """Let a coder write, kill it, and compare; `work` is the path, the journal and the sample."""
    listener, report = context.Pipe(duplex=False)
    child = context.Process(target=code, args=(*work, report, seed), daemon=True)
    child.start()
    report.close()
    assert listener.recv_bytes() == b"@"
    until = time.monotonic() + random.Random(seed).uniform(0, longest)
    while (left := until - time.monotonic()) > 0:
        if listener.poll(left):
            expected.hear(listener.recv_bytes())
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert child.exitcode == -signal.SIGKILL, "it died before it was killed"
    try:
        while True:
            expected.hear(listener.recv_bytes())
    except EOFError:
        listener.close()
    check_after(*work[:2], expected, seed)


def check_after(path, journal, expected, seed):
    """Open what the dead process left: read-only or for writing first, both must do."""
    if seed % 2:
        assert check(path) == []
    with Project.open(path, journal=journal) as project:
        expected.settle(stored_in(project))
        assert check(path) == []
    left = {p.name for p in path.parent.iterdir()} - {f"{path.name}-snapshots"}
    # An empty rollback journal stays until the next act; it says nothing.
    assert left - ({f"{path.name}-journal"} if journal == "delete" else set()) == {path.name}
    for part in path.parent.glob("*-snapshots/.*.part"):
        part.unlink()
    for snapshot in path.parent.glob("*-snapshots/*.annot"):
        assert check(snapshot) == []
        snapshot.unlink()


def context_for_killing():
    """Return where children come from: forked from one that has imported everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["annotator.store.checking", "tests.store.samples"])
    return context


def kill_rounds(rounds, journal, longest=LONGEST_SECS, first_seed=0, *, note=None):
    """Kill and compare; return how many acts were reported done in all."""
    context = context_for_killing()
    acts_done = 0
    for start in range(0, rounds, ROUNDS_A_FILE):
        with tempfile.TemporaryDirectory() as home:
            path, sample = Path(home) / "killed.annot", Sample()
            Project.create(path, sample.founding(), journal=journal).close()
            expected = Expected(after({}, sample.founding()))
            for turn in range(start, min(start + ROUNDS_A_FILE, rounds)):
                kill_once(context, (path, journal, sample), expected, first_seed + turn, longest)
                if note is not None:
                    note(turn + 1, acts_done + expected.acts)
            acts_done += expected.acts
    return acts_done


def main():
    """Run as many rounds as asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rounds", type=int)
    parser.add_argument("--journal", choices=["wal", "delete"], default="wal")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()

    def note(turn, acts_done):
        if turn % 50 == 0:
            print(f"{turn} rounds, {acts_done} acts reported done, none lost", flush=True)

    done = kill_rounds(asked.rounds, asked.journal, first_seed=asked.seed, note=note)
    print(f"{asked.rounds} rounds ({asked.journal}): {done} acts reported done, none lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
