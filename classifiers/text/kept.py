"""What an object works out once, when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # read like a property
    """A property that is worked out when it is first asked for and kept with its object, which needs a ``__dict__``.

    Like `functools.cached_property`, whose Python of version 3.11 takes a lock each time: a flagged text asks for some
    forty, and the lock cost more than many of them. Here two threads that ask at once may both work it out.
    """

    def __init__(self, read: Callable[[Any], T]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> kept[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> kept[T] | T:
        if owner is None:
            return self
        found = owner.__dict__[self._name] = self._read(owner)
        return found
