"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline.files import read, sweep, write_all


def test_only_what_changed_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "exports"
    assert write_all(folder, {"a.ics": b"1", "b.json": b"2"}) == ["a.ics", "b.json"]
    before = (folder / "a.ics").stat().st_ino
    assert write_all(folder, {"a.ics": b"1", "b.json": b"3"}) == ["b.json"]
    assert write_all(folder, {"a.ics": b"1", "b.json": b"3"}) == []
    assert (folder / "a.ics").stat().st_ino == before
    assert read(folder / "b.json") == b"3"
    assert read(folder / "none") is None
    assert sorted(p.name for p in folder.iterdir()) == ["a.ics", "b.json"]


def test_rights_are_those_of_any_new_file(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_all(tmp_path, {"a": b"1"})
    finally:
        os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("rights", [0o600, 0o664])
def test_rights_are_kept_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rights: int
) -> None:
    """What only its owner may read is at no time open to others, and the mask takes nothing away."""
    seen = []

    def looked_at(handle: int) -> None:
        seen.append(os.fstat(handle).st_mode & 0o777)

    write_all(tmp_path, {"a": b"1"})
    (tmp_path / "a").chmod(rights)
    monkeypatch.setattr(os, "fsync", looked_at)
    write_all(tmp_path, {"a": b"2"})
    assert seen[0] & ~rights == 0
    assert (tmp_path / "a").stat().st_mode & 0o777 == rights


def test_a_disk_that_takes_no_more_leaves_what_was_there(tmp_path: Path) -> None:
    """The kernel refuses the second file, as it does on a full disk or beyond a quota."""
    write_all(tmp_path, {"a": b"old", "b": b"old"})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            write_all(tmp_path, {"a": b"new", "b": b"x" * 9000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}


def test_what_a_killed_process_left_is_swept_up(tmp_path: Path) -> None:
    sweep(tmp_path / "none")
    names = [".all.ics.abcd_123.part", ".all.ics.ABCD_123.part", "all.ics", ".all.ics", ".part",
             ".gitattributes", ".new.ics.abcd_124.part"]  # fmt: skip
    for name in names:
        (tmp_path / name).write_bytes(b"")
        if "new" not in name:
            os.utime(tmp_path / name, (1, 1))
    (tmp_path / ".folder.ics.abcd_123.part").mkdir()
    os.utime(tmp_path / ".folder.ics.abcd_123.part", (1, 1))
    sweep(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[1:], ".folder.ics.abcd_123.part"}


def test_what_is_written_beside_is_what_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        for path in tmp_path.iterdir():
            os.utime(path, (1, 1))
        assert len(list(tmp_path.iterdir())) == 1
        sweep(tmp_path)
        assert list(tmp_path.iterdir()) == []
        raise OSError("killed")

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(OSError, match="killed"):
        write_all(tmp_path, {"first-month.ics": b"1"})


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is no regular file"):
        read(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is no regular file"):
        write_all(tmp_path, {"first": b"1", "pipe": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_file_that_goes_while_it_is_looked_at_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    found = os.stat

    def gone(path: Path) -> os.stat_result:
        known = found(path)
        os.unlink(path)
        return known

    monkeypatch.setattr(os, "stat", gone)
    assert read(tmp_path / "a") is None


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OSError, match="file"):
        write_all(tmp_path / "file", {"a": b"1"})
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError):
        write_all(tmp_path, {"a": b"1"})


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    """A process writes two whole contents in turn and is killed at some moment, many times."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom timeline.files import write_all\n"
        "print('on', flush=True)\n"
        "while True:\n"
        "    for letter in (b'a', b'b'):\n"
        "        write_all(Path(sys.argv[1]), {'x': letter * 300_000, 'y': letter * 200_000})\n"
    )
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"on\n"
        seen = 0
        until = time.monotonic() + 20
        while seen < 40 and time.monotonic() < until:
            for name, size in (("x", 300_000), ("y", 200_000)):
                data = read(tmp_path / name)
                assert data is None or data in (b"a" * size, b"b" * size)
                seen += data is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for name, size in (("x", 300_000), ("y", 200_000)):
            data = read(tmp_path / name)
            assert data in (b"a" * size, b"b" * size)
