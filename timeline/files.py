"""Files on disk: written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import time
from contextlib import suppress
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Path = str | os.PathLike[str]

_LEFT = r"\.[a-z0-9_-]+\.[a-z]+\.[a-z0-9_]{8}\.part"


def write_all(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, each atomically; return the names of those that changed.

    Every file is first written beside its destination and flushed to the disk; only when all of them
    stand are they moved into place. A reader never sees half a file, a crash or a full disk leaves
    the old ones. A file that already holds the same bytes is not touched. Raises OSError.
    """
    os.makedirs(folder, exist_ok=True)
    paths = {name: os.path.join(folder, name) for name in contents}
    changed = {name: data for name, data in contents.items() if not _holds(paths[name], data)}
    waiting: list[tuple[str, str]] = []
    try:
        for name, data in changed.items():
            waiting.append((_beside(paths[name], data), paths[name]))
        for temporary, path in waiting:
            os.replace(temporary, path)
    finally:
        for temporary, _ in waiting:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    if changed:
        _settle(folder)
    return list(changed)


def read(path: Path) -> bytes | None:
    """A file's bytes; None where there is none. What is no regular file, and might never end, is not
    opened. Raises OSError."""
    if _found(path) is None:
        return None
    with suppress(FileNotFoundError), open(path, "rb") as file:
        return file.read()
    return None


def _found(path: Path) -> os.stat_result | None:
    """What is known of the file at a path, None where there is none. Raises OSError for what is no
    file."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    if S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))
    return found


def _holds(path: str, data: bytes) -> bool:
    """Whether a file holds these bytes; one of another size need not be read."""
    found = _found(path)
    return found is not None and found.st_size == len(data) and read(path) == data


def sweep(folder: Path) -> None:
    """Take away what a process that was killed while it wrote left in a folder an hour ago or more."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if re.fullmatch(_LEFT, entry.name, re.ASCII):
                with suppress(OSError):
                    if entry.stat().st_mtime < time.time() - 3600:
                        os.unlink(entry.path)


def _beside(path: str, data: bytes) -> str:
    """Write a temporary file in the same folder, with the rights of the file that it is to replace,
    else those that a new file would have."""
    replaced = _found(path)
    rights = 0o666 if replaced is None else replaced.st_mode & 0o777
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{os.urandom(4).hex()}.part")
    with open(temporary, "xb", opener=lambda new, flags: os.open(new, flags, rights)) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if replaced is not None:
                os.chmod(temporary, rights)  # what the mask for new files took away
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
    return temporary


def _settle(folder: Path) -> None:
    """Flush the folder itself, so that the moves outlast a power cut (where the system allows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
