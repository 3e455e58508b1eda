"""Files on disk: written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


_LEFT = re.compile(r"\.[a-z0-9_-]+\.[a-z]+\.[a-z0-9_]{8}\.part", re.ASCII)


def write_all(folder: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, each atomically; return the names of those that changed.

    Every file is first written beside its destination and flushed to the disk; only when all of them
    stand are they moved into place. A reader never sees half a file, a crash or a full disk leaves
    the old ones. A file that already holds the same bytes is not touched. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed = {n: data for n, data in contents.items() if read(folder / n) != data}
    waiting: list[tuple[str, Path]] = []
    try:
        for name, data in changed.items():
            waiting.append((_beside(folder, name, data), folder / name))
        for temporary, path in waiting:
            os.replace(temporary, path)
    finally:
        for temporary, _ in waiting:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    _settle(folder)
    return list(changed)


def read(path: Path) -> bytes | None:
    """A file's bytes; None where there is none. What is no regular file, and might never end, is not
    opened. Raises OSError."""
    try:
        if not S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        return path.read_bytes()
    except FileNotFoundError:
        return None


def sweep(folder: Path) -> None:
    """Take away what a process that was killed while it wrote left in a folder an hour ago or more."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _LEFT.fullmatch(path.name):
                with suppress(OSError):
                    if path.stat().st_mtime < time.time() - 3600:
                        path.unlink()


def _beside(folder: Path, name: str, data: bytes) -> str:
    """Write a temporary file in the same folder, with the rights of the file that it is to replace,
    else those that a new file would have."""
    handle, temporary = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _rights(folder / name))
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    return temporary


def _rights(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _settle(folder: Path) -> None:
    """Flush the folder itself, so that the moves outlast a power cut (where the system allows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
