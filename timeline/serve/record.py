"""What was published before: the folder of exports, and what a running server has served since.

The folder outlasts the server, so it is the record, whoever wrote it last. But a folder may also be
set back (by git, from a backup) or emptied, and numbers that subscribers have seen must not fall:
there the server knows better.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.exporters import USUAL
from timeline.feed import GONE, IDENTITY, Foreign, recall, sequence, trace
from timeline.published import lying, names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from timeline.feed import Past

_NAME = re.compile(r"([a-z0-9][a-z0-9_-]{0,63})\.ics", re.ASCII)
_OWNER = re.compile(rf"^{IDENTITY}:(.*?)\r?$".encode(), re.MULTILINE)
_REVISION = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
_MEMORY = re.compile(rf"^(?:{GONE}|LAST-MODIFIED):.*\n", re.MULTILINE)


def latest(lies: bytes | None, served: bytes, identity: str = "") -> bytes:
    """The feed that the next one follows: what lies in the folder, but for entries of which the
    server has served a higher SEQUENCE, or other content under the same one.

    Raises Foreign where what lies there is no whole feed of this timeline.
    """
    if lies is None or lies == served:
        return served
    there, here = recall(lies, identity), recall(served, identity)
    entries, gone, uids, same = [], {}, {*there.entries, *here.entries}, True
    for uid in dict.fromkeys([*there.entries, *here.entries]):
        owner = here if _number(here, uid) > _number(there, uid) else there
        parted = _parted(there, here, uid)
        same = same and owner is there and not parted
        if parted:  # an entry that stands twice counts on
            entries += [_entry(there, uid), _entry(here, uid)]
        elif uid in owner.entries:
            entries.append(_entry(owner, uid))
        else:
            gone[trace(uid)] = owner.gone[trace(uid)]
    known = {trace(uid) for uid in uids}
    for mark in {*there.gone, *here.gone} - known:
        gone[mark] = max(there.gone.get(mark, -1), here.gone.get(mark, -1))
        same = same and mark in there.gone and gone[mark] == there.gone[mark]
    if same:
        return lies
    stamp = max(there.modified, here.modified)
    return "".join((
        _MEMORY.sub("", _head(there.text)),
        f"LAST-MODIFIED:{stamp}\n" if stamp else "",
        *(f"{GONE}:{mark}={number}\n" for mark, number in sorted(gone.items())),
        *entries,
        "END:VCALENDAR\n",
    )).encode()  # fmt: skip


def _head(text: str) -> str:
    """The lines of a calendar before its first component."""
    first = text.find("\nBEGIN:V")
    return text[: (first if first >= 0 else text.rindex("\nEND:VCALENDAR")) + 1]


def _number(past: Past, uid: str) -> int:
    """The SEQUENCE that a feed knows of an entry, present or gone; -1 where it knows none."""
    return sequence(past, uid) if uid in past.entries else past.gone.get(trace(uid), -1)


def _parted(there: Past, here: Past, uid: str) -> bool:
    """Whether both tell an entry under one number, and not the same of it."""
    if uid not in there.entries or uid not in here.entries:
        return False
    return sequence(there, uid) == sequence(here, uid) and _told(there, uid) != _told(here, uid)


def _told(past: Past, uid: str) -> list[str]:
    """An entry's lines but for those of its revision."""
    return sorted(row for row in past.lines(uid).split("\n") if not row.startswith(_REVISION))


def _entry(past: Past, uid: str) -> str:
    return "".join(
        f"BEGIN:VEVENT\n{past.text[start:end]}\nEND:VEVENT\n" for start, end in past.entries[uid]
    )


def standing(folder: Path, views: Mapping[str, object] | None = None) -> dict[str, bytes]:
    """The exports of an earlier run that may be served as they lie: of each view whose calendar is
    whole and this program's own. `views` are those that the file names, where that is known."""
    found: dict[str, bytes] = {}
    try:
        for name in sorted(path.name for path in folder.iterdir()):
            view = _NAME.fullmatch(name)
            if view is None or not (views is None or view[1] == "all" or view[1] in views):
                continue
            data = (folder / name).read_bytes()
            owner = _OWNER.search(data)
            try:
                recall(data, owner[1].decode("utf-8", "replace") if owner else "")
            except Foreign:
                continue
            found |= lying(folder, names([view[1]], USUAL))
    except OSError:
        return {}
    return found if "all.ics" in found else {}
