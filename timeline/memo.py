"""What the last export wrote, for the next one: a piece is taken again where all that it was made of is
the same.

An exporter names each of its pieces (that on an event, a part of a diagram) and gives the values that
it hangs on: all of them, so that equal values can only give the same piece. Values are equal that are
of one kind and have equal parts; none may hold what compares by less than it says (1, 1.0 and True are
one to Python, and so is Markup that holds what a plain text does). A piece is never changed. No more
is kept than the last export asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

N = TypeVar("N", bound="Hashable")
T = TypeVar("T")
Pieces = dict["Hashable", tuple[object, Any]]
"""By name: what a piece was made of, and the piece."""


class Memo:
    """The pieces of the exports of one file, from one time to the next. Not for two threads at once."""

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[object, Pieces]] = {}
        self._now: dict[Hashable, tuple[object, Pieces]] = {}

    def begin(self) -> None:
        """A new export: what the last one did not ask for is forgotten."""
        self._before, self._now = self._now, {}

    def undo(self) -> None:
        """An export that came to nothing: what it did not ask for is known as before."""
        self._now = {**self._before, **self._now}
        self._before = {}

    def room(self, name: Hashable, common: object) -> Room:
        """A room of its own for pieces that all hang on `common`, besides what each hangs on."""
        shared, pieces = self._before.pop(name, (None, {}))
        room = Room(pieces if shared == common else {})
        self._now[name] = common, room.pieces
        return room

    def leave(self, name: Hashable) -> None:
        """A room that is not needed this time, since what it is for is kept whole, stays as it is."""
        if name in self._before and name not in self._now:
            self._now[name] = self._before.pop(name)


class Room:
    """The pieces of one file of an export, as they are asked for."""

    def __init__(self, before: Pieces) -> None:
        self._before = before
        self.pieces: Pieces = {}

    def kept(
        self, name: Hashable, made_of: object, make: Callable[[], T],
        still: Callable[[T], bool] | None = None,
    ) -> T:  # fmt: skip
        """The piece of that name: that of last time where it was made of the same, else made now.
        `still` is asked of a piece that says itself what more it hangs on."""
        known = self._before.get(name)
        if known is None or known[0] != made_of or (still is not None and not still(known[1])):
            known = made_of, make()
        self.pieces[name] = known
        piece: T = known[1]
        return piece

    def each(
        self, made_of: Iterable[tuple[N, object]], make: Callable[[N], T]
    ) -> dict[N, T]:  # fmt: skip
        """Many pieces at once, by their names, in the order in which they are asked for."""
        before, pieces, found = self._before, self.pieces, {}
        for name, values in made_of:
            known = before.get(name)
            if known is None or known[0] != values:
                known = values, make(name)
            pieces[name] = known
            found[name] = known[1]
        return found
