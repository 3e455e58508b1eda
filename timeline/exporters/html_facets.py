"""What the events of a page can be filtered by: people, places and tags, each with its count.

In the page a person, place or tag goes by a number, since one that is known by name alone may have any
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters.markup import Markup, element, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.model import Event
    from timeline.schedule import Placed

_KINDS = (("who", "Person", "Everybody"), ("place", "Place", "Everywhere"), ("tag", "Tag", "All tags"))


class Facets:
    """The people, places and tags of the events shown."""

    def __init__(self, shown: Sequence[Placed]) -> None:
        self.counts: dict[str, dict[str, int]] = {kind: {} for kind, _, _ in _KINDS}
        for placed in shown:
            event = placed.event
            for kind, names in _names(event).items() if _has_any(event) else ():
                for name in dict.fromkeys(names):
                    self.counts[kind][name] = self.counts[kind].get(name, 0) + 1
        # Those named most often first; the rest of the key keeps it from hanging on the file's order.
        self.order = {
            kind: sorted(counts, key=lambda name: (-counts[name], name))
            for kind, counts in self.counts.items()
        }
        self.numbers = {
            kind: {name: str(i) for i, name in enumerate(order)} for kind, order in self.order.items()
        }

    def of(self, event: Event) -> dict[str, str]:
        """The attributes by which the script knows an event's people, place and tags."""
        if not _has_any(event):
            return {}
        return {
            f"data_{kind}": " ".join(self.numbers[kind][name] for name in dict.fromkeys(names))
            for kind, names in _names(event).items() if names
        }  # fmt: skip

    def controls(self) -> list[Markup]:
        """A labelled choice for each kind of which there is more than one thing to choose."""
        made = []
        for kind, word, every in _KINDS:
            counts = self.counts[kind]
            if not counts:
                continue
            options = [element("option", every, value="")] + [
                element("option", f"{name} ({counts[name]})", value=self.numbers[kind][name])
                for name in self.order[kind]
            ]
            choice = element("select", *options, name=kind)
            made.append(element("label", element("span", word), choice))
        return made


def _has_any(event: Event) -> bool:
    """Whether an event has a person, a place or a tag at all."""
    return bool(event.who or event.tags or event.place)


def _names(event: Event) -> dict[str, list[str]]:
    """The names by which an event's people, place and tags are chosen. Two that share a name are one
    to a reader."""
    return {
        "who": [line(person.name) for person in event.who],
        "place": [line(event.place.name)] if event.place is not None else [],
        "tag": [line(tag.label) for tag in event.tags],
    }
