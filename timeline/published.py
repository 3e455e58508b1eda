"""What lies in a folder of exports: what was published there before, and what is left over of it.

The folder is the record of a feed's revisions, so it is read before anything is written. Nothing in
it is ever deleted: what nobody writes any more is named, since people may still subscribe to it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from timeline.exporters import EXPORTERS
from timeline.feed import states
from timeline.files import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model import Timeline


def names(views: Iterable[str], formats: Sequence[str]) -> list[str]:
    """The files of these views and formats where each comes in one piece."""
    return [f"{view}.{EXPORTERS[name].extension}" for view in views for name in formats]


def lying(folder: str | os.PathLike[str], wanted: Iterable[str]) -> dict[str, bytes]:
    """What lies in the folder of these files. Raises OSError."""
    return {name: data for name in wanted if (data := read(os.path.join(folder, name))) is not None}


def present(folder: str | os.PathLike[str], wanted: Iterable[str]) -> list[str]:
    """Those of these files that lie in the folder."""
    return [name for name in wanted if os.path.exists(os.path.join(folder, name))]


def parts(folder: str | os.PathLike[str], views: Sequence[str], formats: Sequence[str]) -> list[str]:
    """The names of the diagrams, and of numbered parts of such, that lie in the folder."""
    if not os.path.isdir(folder):
        return []
    makers = [(EXPORTERS[name], view) for name in formats for view in views]
    found = sorted(name for name in os.listdir(folder) if name.endswith(".mmd"))
    return [name for name in found if any(maker.is_name(view, name) for maker, view in makers)]


def of_gone_views(folder: str | os.PathLike[str], timeline: Timeline) -> list[str]:
    """The names of the exports of views that the file has no more, told by their calendars."""
    if not timeline.id_stated or not os.path.isdir(folder):
        return []
    known = {"all", *timeline.views}
    gone = []
    for name in sorted(os.listdir(folder)):
        view, extension = os.path.splitext(name)
        path = os.path.join(folder, name)
        if (
            extension == ".ics" and view not in known
            and os.path.isfile(path) and states(read(path) or b"", timeline.id)
        ):  # fmt: skip
            gone.append(view)
    return present(folder, names(gone, list(EXPORTERS)))


def begun_anew(lies: Iterable[str], written: Iterable[str]) -> list[str]:
    """The calendars whose revisions begin at 0 though other exports show that they were published
    before: neither they nor the calendar of everything, which could tell, lay there."""
    before = set(lies)
    if not before or "all.ics" in before:
        return []
    return [name for name in written if name.endswith(".ics") and name not in before]
