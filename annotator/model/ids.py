"""Identifiers and times: UUID text and UTC ISO 8601.

Two kinds of identifier: `new_id` for what a person makes, `stable_id` for what follows from its
own content (machine annotations, template codes), so that the same thing made twice is one thing.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

NAMESPACE = uuid.UUID("5b0f5b2e-7c1d-5c55-9f0e-70617261c1ac")


def new_id() -> str:
    """Return a fresh random UUID as text."""
    return str(uuid.uuid4())


def stable_id(*parts: object) -> str:
    """Return the UUID (version 5) that belongs to these parts, as text.

    >>> stable_id("code", "frame", "conflict") == stable_id("code", "frame", "conflict")
    True
    >>> stable_id("a", "bc") == stable_id("ab", "c")
    False
    """
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts)))


def now() -> str:
    """Return the present time, UTC, ISO 8601 with milliseconds and a Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
