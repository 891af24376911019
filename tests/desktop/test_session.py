"""A session: one door for writes, undo across everything, long work in steps."""

from __future__ import annotations

import threading

import pytest

from annotator.desktop.session import Session
from annotator.desktop.worker import Job
from annotator.errors import BadInput
from annotator.model import acts
from annotator.model.annotation import Coder
from annotator.model.codebook import Setting
from annotator.model.edit import Edit
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.model.step import Step
from annotator.tasks.highlighting import highlighting

pytestmark = pytest.mark.gui


@pytest.fixture
def session(sample_copy, qtbot):
    made = Session(sample_copy, "Ada")
    yield made
    made.deleteLater()


def tagged(session, start=0):
    article = next(session.project.articles())
    code = next(c for c in session.codebook.codes if c.layer == "framing")
    return acts.tag(session.desk, article.version, [Span(start, start + 5)], code)


def test_an_edit_is_written_told_and_undone(session, qtbot):
    edit = tagged(session)
    with qtbot.waitSignals([session.changed, session.history_changed]):
        assert session.do(edit)
    assert session.history.undoable.edit == edit
    assert session.saved_at is not None
    assert session.undo()
    assert edit.after[0] not in session.project.annotations(edit.after[0].article_id)
    assert session.redo()
    assert edit.after[0] in session.project.annotations(edit.after[0].article_id)


def test_a_stale_edit_is_told_and_not_remembered(session, qtbot):
    edit = tagged(session)
    session.do(edit)
    with qtbot.waitSignal(session.failed) as told:
        assert not session.do(edit)
    assert "there already" in str(told.args[0])
    assert session.history.undoable.edit == edit


def test_an_act_whose_rows_changed_since_is_dropped_from_undo(session, qtbot):
    edit = tagged(session)
    session.do(edit)
    code = session.codebook.codes[0]
    session.project.apply(acts.recode(session.desk, edit.after[0], code))
    with qtbot.waitSignal(session.failed):
        assert not session.undo()
    assert session.history.undoable is None


def test_a_new_coder_is_made_and_undo_starts_anew(session, qtbot):
    session.do(tagged(session))
    with qtbot.waitSignal(session.coder_changed):
        session.change_coder("Cem")
    assert session.coder == Coder(session.desk.coder_id, "Cem")
    assert session.history.undoable is None


def test_long_work_writes_in_the_windows_thread_and_is_one_undo(session, qtbot):
    writers = set()
    session.changed.connect(lambda _edit: writers.add(threading.get_ident()))
    job = Job("Highlighting", highlighting, session)
    with qtbot.waitSignal(job.ended, timeout=60_000):
        job.start()
    assert writers == {threading.get_ident()}
    assert session.project.count_suggestions() > 100
    assert job.step.done == job.step.total == 5
    assert session.undo()
    assert session.project.count_suggestions() == 0


def test_stopping_keeps_what_was_done(session, qtbot):
    go_on = threading.Event()

    def task(_reader):
        for n in range(50):
            yield Step(n, 50, edit=Edit("Set", None, after=(Setting(f"s{n}", n),)))
            go_on.wait(0.02)

    job = Job("Setting", task, session)
    job.start()
    qtbot.waitUntil(lambda: job.step.done >= 3)
    with qtbot.waitSignal(job.ended):
        job.stop()
    stored = [s for s in session.project.all(Setting) if s.id.startswith("s")]
    assert 3 <= len(stored) < 50
    assert not job.is_running


def test_a_problem_in_long_work_is_told(session, qtbot):
    def task(_reader):
        yield Step(1, 2)
        raise BadInput("The file broke off.")

    job = Job("Reading", task, session)
    with qtbot.waitSignals([job.ended, session.failed]):
        job.start()


def test_a_bug_in_long_work_is_handed_over(session, qtbot):
    def task(_reader):
        yield Step(1, 2)
        raise ValueError("bug")

    job = Job("Reading", task, session)
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert isinstance(ended.args[0], ValueError)


def test_what_is_no_step_is_the_jobs_result(session, qtbot):
    job = Job("Counting", lambda reader: iter([Step(1, 1), reader.count()]), session)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert job.result == 5


def test_a_read_only_project_refuses_with_a_sentence(sample_copy, qtbot):
    with sample_copy.reader() as reader:
        session = Session(reader, "Ada")
        with qtbot.waitSignal(session.failed) as told:
            assert not session.do(Edit("Set", None, after=(Setting(new_id(), 1),)))
        assert "read-only" in str(told.args[0])
        session.deleteLater()
