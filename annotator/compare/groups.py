"""Putting things into groups by saying which two belong together."""

from __future__ import annotations


class Groups:
    """Things 0 … n-1 in groups; at first each alone.

    >>> groups = Groups(4)
    >>> groups.join(0, 2)
    >>> groups.all()
    [[0, 2], [1], [3]]
    """

    def __init__(self, number: int) -> None:
        self._above = list(range(number))

    def root(self, one: int) -> int:
        """Return the thing that stands for a group: its lowest."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, two: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.root(one), self.root(two)))
        self._above[high] = low

    def all(self) -> list[list[int]]:
        """Return the groups, members ascending, by first member."""
        found: dict[int, list[int]] = {}
        for one in range(len(self._above)):
            found.setdefault(self.root(one), []).append(one)
        return list(found.values())
