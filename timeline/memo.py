"""What the last export wrote, for the next one: a text is taken again where all that it was made of is
the same.

An exporter names each of its texts (that on an event) and gives the values that it hangs on: all of
them, so that equal values can only give the same text. Values are equal that are of one kind and have
equal parts; none may hold what compares by less than it says (1, 1.0 and True are one to Python, and
so is Markup that holds what a plain text does). No more is kept than the last export asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Texts = dict["Hashable", tuple[object, str]]
"""By name: what a text was made of, and the text."""


class Memo:
    """The texts of the exports of one file, from one time to the next. Not for two threads at once."""

    def __init__(self) -> None:
        self._before: dict[Hashable, tuple[object, Texts]] = {}
        self._now: dict[Hashable, tuple[object, Texts]] = {}

    def begin(self) -> None:
        """A new export: what the last one did not ask for is forgotten."""
        self._before, self._now = self._now, {}

    def room(self, name: Hashable, common: object) -> Room:
        """A room of its own for texts that all hang on `common`, besides what each hangs on."""
        shared, texts = self._before.pop(name, (None, {}))
        room = Room(texts if shared == common else {})
        self._now[name] = common, room.texts
        return room


class Room:
    """The texts of one file of an export, as they are asked for."""

    def __init__(self, before: Texts) -> None:
        self._before = before
        self.texts: Texts = {}

    def text(self, name: Hashable, made_of: object, make: Callable[[], str]) -> str:
        """The text of that name: that of last time where it was made of the same, else made now."""
        known = self._before.get(name)
        if known is None or known[0] != made_of:
            known = made_of, make()
        self.texts[name] = known
        return known[1]
