"""What the file puts in order between several events: sequences and constraints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline import claims, values
from timeline.diagnostics import Label, Path
from timeline.model import Event, Lagged, Linked, Sequence

if TYPE_CHECKING:
    from timeline.book import Book
    from timeline.values import Faults


def sequences(book: Book, data: dict[str, Any], events: dict[str, Event]) -> tuple[Sequence, ...]:
    """Read `[[sequences]]` and enter a statement for each link."""
    found = []
    for number, (table, path) in enumerate(_array(book.faults, data, "sequences", "sequence")):
        cited, note = book.cited_by(table, (), path)
        elements = _chain(book, table.get("events"), (*path, "events"))
        title = None
        if "title" in table:
            title = values.line(book.faults, table["title"], (*path, "title"))
        found.append(Sequence(title or "", tuple(e for e, _ in elements), cited, path))
        _link(book, elements, events, number, cited, note)
    return tuple(found)


def _array(
    faults: Faults, data: dict[str, Any], key: str, kind: str
) -> list[tuple[dict[str, Any], Path]]:
    value = data.get(key, [])
    if not isinstance(value, list):
        values.wrong_type(faults, value, (key,), "a list of tables", f"write [[{key}]]")
        return []
    found: list[tuple[dict[str, Any], Path]] = []
    for i, table in enumerate(value):
        if isinstance(table, dict):
            values.known_keys(faults, table, kind, (key, i))
            found.append((table, (key, i)))
        else:
            values.wrong_type(faults, table, (key, i), "a table", f"write [[{key}]]")
    return found


def _chain(book: Book, value: object, path: Path) -> list[tuple[tuple[str, ...], Path]]:
    """The elements of a sequence, each a group of one or more events, with its path."""
    faults = book.faults
    if value is None:
        return []
    if not isinstance(value, list):
        values.wrong_type(faults, value, path, "a list of event ids")
        return []
    if len(value) < 2:
        faults.add("TL305", "a sequence puts at least two elements in order", path,
                   "add the event that follows, or drop the sequence")  # fmt: skip
    seen: dict[str, Path] = {}
    elements = []
    for i, element in enumerate(value):
        where: Path = (*path, i)
        group = element if isinstance(element, list) else [element]
        if not group:
            faults.add("TL305", "this group is empty", where, "name its events, or take it out")
        members = []
        for j, member in enumerate(group):
            here = (*where, j) if isinstance(element, list) else where
            if isinstance(member, list):
                faults.add("TL305", "a group does not hold another group", here,
                           "list the events in one group")  # fmt: skip
                continue
            named = claims.target(book, member, here)
            if named is None:
                continue
            name, end = named
            if end:
                faults.add("TL309", "a sequence takes whole events, not one end", here,
                           f'write "{name}"; for ends, write `after` or `[[constraints]]`')
            elif name in seen:
                faults.add("TL305", f"`{name}` stands twice in this sequence", here,
                           "an event happens once: take one out",
                           related=(Label(seen[name], "it stands here too"),))
            else:  # fmt: skip
                seen[name] = here
                members.append(name)
        elements.append((tuple(members), where))
    return elements


def _link(
    book: Book,
    elements: list[tuple[tuple[str, ...], Path]],
    events: dict[str, Event],
    number: int,
    cited: tuple[str, ...],
    note: str,
) -> None:
    """Enter a statement for each two neighbours; cancelled events are passed over."""
    earlier: tuple[str, ...] = ()
    for members, path in elements:
        held = tuple(m for m in members if m in events and not events[m].cancelled)
        if held and earlier:
            book.enter("", Linked(earlier, held, number), path, cited, note)
        earlier = held or earlier


def constraints(book: Book, data: dict[str, Any]) -> None:
    """Read `[[constraints]]` and enter a statement for each."""
    for table, path in _array(book.faults, data, "constraints", "constraint"):
        cited, note = book.cited_by(table, (), path)
        tail = _both_ends(book, table, "from", path)
        head = _both_ends(book, table, "to", path)
        lag = None
        if "lag" in table:
            lag = values.length(book.faults, table["lag"], (*path, "lag"), negative=True)
        if tail is None or head is None or lag is None:
            continue
        if tail == head:
            book.faults.add("TL303", "both ends are the same", (*path, "to"), "name two ends")
            continue
        book.enter("", Lagged(tail, head, lag), path, cited, note)


def _both_ends(book: Book, table: dict[str, Any], key: str, path: Path) -> tuple[str, str] | None:
    if key not in table:
        return None
    where = (*path, key)
    named = claims.target(book, table[key], where)
    if named is not None and not named[1]:
        book.faults.add("TL309", f"`{key}` names one end of an event", where,
                        f'write "{named[0]}.start" or "{named[0]}.end"')  # fmt: skip
        return None
    return named
