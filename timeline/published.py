"""What lies in a folder of exports: what was published there before, and what is left over of it.

The folder is the record of a feed's revisions, so it is read before anything is written. Nothing in
it is ever deleted: what nobody writes any more is named, since people may still subscribe to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.exporters import EXPORTERS
from timeline.feed import states
from timeline.files import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from timeline.model import Timeline


def names(views: Iterable[str], formats: Sequence[str]) -> list[str]:
    """The files of these views and formats where each comes in one piece."""
    return [f"{view}.{EXPORTERS[name].extension}" for view in views for name in formats]


def lying(folder: Path, wanted: Iterable[str]) -> dict[str, bytes]:
    """What lies in the folder of these files. Raises OSError."""
    return {name: data for name in wanted if (data := read(folder / name)) is not None}


def parts(folder: Path, views: Sequence[str], formats: Sequence[str]) -> list[str]:
    """The names of the diagrams, and of numbered parts of such, that lie in the folder."""
    if not folder.is_dir():
        return []
    makers = [(EXPORTERS[name], view) for name in formats for view in views]
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".mmd"))
    return [name for name in found if any(maker.is_name(view, name) for maker, view in makers)]


def of_gone_views(folder: Path, timeline: Timeline) -> list[str]:
    """The names of the exports of views that the file has no more, told by their calendars."""
    if not timeline.id_stated:
        return []
    known = {"all", *timeline.views}
    gone = [
        path.stem
        for path in sorted(folder.glob("*.ics"))
        if path.stem not in known and path.is_file() and states(read(path) or b"", timeline.id)
    ]
    return [name for name in names(gone, list(EXPORTERS)) if (folder / name).is_file()]


def begun_anew(lies: Iterable[str], written: Iterable[str]) -> list[str]:
    """The calendars whose revisions begin at 0 though other exports show that they were published
    before: neither they nor the calendar of everything, which could tell, lay there."""
    before = set(lies)
    if not before or "all.ics" in before:
        return []
    return [name for name in written if name.endswith(".ics") and name not in before]
