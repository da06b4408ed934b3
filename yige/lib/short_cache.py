"""Values that every process may keep for some seconds, for what changes rarely and is asked at every request."""

import time
import weakref
from collections.abc import Callable

_all = weakref.WeakSet()


class ShortCache:
    """A small shelf of values by key; each is made again when it is older than so many seconds."""

    def __init__(self, seconds, most=2000):
        self.seconds, self.most = seconds, most
        self._shelf = {}
        _all.add(self)

    def of[T](self, key, make: Callable[[], T]) -> T:
        """Return the kept value of this key, or make it with `make()`."""
        now = time.monotonic()
        found = self._shelf.get(key)
        if found is not None and now < found[0]:
            return found[1]
        value = make()
        if len(self._shelf) >= self.most:
            self._shelf.clear()
        self._shelf[key] = now + self.seconds, value
        return value

    def forget(self) -> None:
        """Make every value again when it is asked for next; called where something was just changed."""
        self._shelf.clear()


def forget_all() -> None:
    """Forget what every shelf of this process keeps; for tests, which change the world between two of them."""
    for shelf in _all:
        shelf.forget()
