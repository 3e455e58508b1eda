"""Who took part, where, and what kind of event it was: names as a file gives them, declared or bare."""

from __future__ import annotations

from typing import Any

from timeline.model import Person, Place, Tag


class Names:
    """Who, where and what kind: declared ones by id, bare ones by name."""

    def __init__(
        self, places: dict[str, Place], people: dict[str, Person], tags: dict[str, Tag]
    ) -> None:
        self.places, self.people, self.tags = places, people, tags
        self._bare: dict[tuple[str, str], Any] = {}

    def place(self, name: str) -> Place:
        """A place by id or name."""
        return self.places.get(name) or self._bare.setdefault(("p", name), Place("", name))

    def person(self, name: str) -> Person:
        """A person by id or name."""
        return self.people.get(name) or self._bare.setdefault(("w", name), Person("", name))

    def tag(self, name: str) -> Tag:
        """A tag by id or word."""
        return self.tags.get(name) or self._bare.setdefault(("t", name), Tag("", name))
