"""A memory of what was looked up that does not grow for ever."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(dict[K, V]):
    """A dictionary that forgets everything when it is full: what is needed often is soon there again.

    Threads share it: two of them may find out the same value, which is then the same whoever comes first.
    """

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._one_at_a_time = Lock()

    def recall(self, key: K, find: Callable[[K], V]) -> V:
        """Return the value of a key, found out where it is not remembered."""
        known = self.get(key)
        return self.keep(key, find(key)) if known is None else known

    def keep(self, key: K, value: V) -> V:
        """Remember a value and return it."""
        with self._one_at_a_time:
            if len(self) >= self._limit:
                self.clear()
            self[key] = value
        return value
