"""Identifiers: fresh for what people make, stable for what follows from its content."""

from __future__ import annotations

import re
import uuid

from annotator.model.ids import new_id, now, stable_id


def test_new_ids_are_random_uuids():
    made = {new_id() for _ in range(50)}
    assert len(made) == 50
    assert all(uuid.UUID(i).version == 4 for i in made)


def test_stable_ids_never_change():
    assert stable_id("code", "frame", "conflict") == stable_id("code", "frame", "conflict")
    assert uuid.UUID(stable_id("code", "x")).version == 5
    assert len({stable_id("a", "bc"), stable_id("ab", "c"), stable_id("abc")}) == 3


def test_times_are_utc_with_milliseconds():
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", now())
