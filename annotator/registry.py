"""Named parts that can be added to: importers, exporters, highlighters.

Built-ins are registered by hand; installed packages add their own through entry points. A plug-in
that breaks while loading becomes a warning that names it, and everything else goes on.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Generic, TypeVar

from annotator.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class Registry(Generic[T]):
    """Parts of one kind by name, in the order of registration.

    Args:
        kind: What they are, for messages: "importer".
        group: Entry-point group of plug-ins: "annotator.importers".
    """

    def __init__(self, kind: str, group: str) -> None:
        self.kind = kind
        self.group = group
        self.warnings: list[str] = []
        self._parts: dict[str, T] = {}
        self._is_complete = False

    def register(self, name: str, part: T) -> T:
        """Add a part; a name that is taken is replaced."""
        self._parts[name] = part
        return part

    def get(self, name: str) -> T:
        """Return the part of this name.

        Raises:
            BadInput: naming the known ones.
        """
        self._load_plugins()
        if name not in self._parts:
            known = ", ".join(sorted(self._parts))
            raise BadInput(f"There is no {self.kind} “{name}”.", hint=f"Known are {known}.")
        return self._parts[name]

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield names and parts in the order of registration."""
        self._load_plugins()
        yield from self._parts.items()

    def _load_plugins(self) -> None:
        if self._is_complete:
            return
        self._is_complete = True
        for point in entry_points(group=self.group):
            try:
                part = point.load()
            except Exception as error:  # noqa: BLE001  # a plug-in may fail in any way
                self.warnings.append(f"The {self.kind} plug-in “{point.name}” is broken: {error}")
            else:
                self._parts.setdefault(point.name, part() if isinstance(part, type) else part)
