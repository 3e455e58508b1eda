"""A large file whose beginning is known last, and which memory holds once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BytesIO


def with_front(file: BytesIO, front: bytes) -> bytes:
    """The bytes of a file that was written to its end, with others put before them.

    They are moved along where they lie: joining would hold all of them twice."""
    written = file.tell()
    file.write(front)  # makes the room
    with file.getbuffer() as view:
        view[len(front) :] = view[:written]
        view[: len(front)] = front
    return file.getvalue()
