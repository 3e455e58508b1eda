"""`timeline serve` as its users meet it: a process, a port, signals, and edits while it runs."""

from __future__ import annotations

import gzip
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from ics_validator import validate
from serving import CLASH, ROOT, STORY, Served, serve

from timeline.exporters import USUAL
from timeline.serve.process import listen

EDITED = STORY.replace(b"The talks", b"First talks")


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """A start that is meant to fail."""
    done = subprocess.run(
        [sys.executable, "-m", "timeline", "serve", *options],
        cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "80"},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_when_asked(tmp_path: Path, number: int) -> None:
    with serve(tmp_path / "site") as served:
        assert served.said == f"Page:      http://127.0.0.1:{served.port}/\n"
        assert served.process.stdout is not None
        rest = [served.process.stdout.readline().decode() for _ in range(2)]
        assert rest == [
            f"Subscribe: webcal://127.0.0.1:{served.port}/all.ics\n",
            f"Subscribe: webcal://127.0.0.1:{served.port}/short.ics\n",
        ]
        with socket.create_connection(("127.0.0.1", served.port)) as idle:
            idle.sendall(b"GET /all.ics HTTP/1.1\r\n")  # one that never ends its request
            assert served.get("/all.ics").status == 200
            assert served.stop(number) == 0
        assert "Traceback" not in served.told()
        (line,) = served.told().splitlines()
        count = 2 * len(USUAL)
        assert line.endswith(f"events.toml: {count} of {count} files new")


def test_over_a_real_wire(tmp_path: Path) -> None:
    with serve(tmp_path / "site", "--gzip", "--retired", "old") as served:
        full = served.get("/all.ics")
        assert validate(full.body) == []
        assert full.headers["content-type"] == "text/calendar; charset=utf-8"
        head = served.get("/all.ics", "HEAD")
        assert head.body == b""
        for name in ("content-length", "etag", "last-modified", "cache-control"):
            assert head.headers[name] == full.headers[name]
        for asked in ({"If-None-Match": full.headers["etag"]},
                      {"If-Modified-Since": full.headers["last-modified"]}):  # fmt: skip
            answer = served.get("/all.ics", headers=asked)
            assert (answer.status, answer.body) == (304, b"")
        packed = served.get("/all.ics", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.body) == full.body
        assert served.get("/old.ics").status == 410
        post = served.get("/all.ics", "POST")
        assert (post.status, post.headers["allow"]) == (405, "GET, HEAD")
        assert "date" in full.headers
        assert "server" not in full.headers
        assert served.health()["exports"] == 1
        for request, status in (
            (b"GET /../events.toml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /%2e%2e/events.toml HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /all.ics%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /a%0d%0aX-Evil:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET /\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"400"),
            (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"400"),
            (b"GET all.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET http://x/all.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
            (b"GET / HTTP/1.0\r\n\r\n", b"200"),
            (b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n",
             b"200"),
            (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"400"),
        ):  # fmt: skip
            answer_line = served.raw(request).partition(b"\r\n")[0]
            assert status in answer_line.split(), request[:60]
        with suppress(OSError):  # it may hang up while there is more to come
            served.raw(b"GET /" + b"a" * 5_000_000)
        assert served.get("/all.ics").body == full.body
        assert served.stop() == 0
        assert "Traceback" not in served.told()


def test_its_socket_says_that_it_is_tcp() -> None:
    """asyncio switches Nagle's delay off only for such: else each answer takes 40 ms."""
    with listen("localhost", 0) as waiting:
        assert waiting.proto == socket.IPPROTO_TCP
    with pytest.raises(OSError, match=r"."):
        listen("192.0.2.1", 0)


def test_behind_a_prefix(tmp_path: Path) -> None:
    with serve(tmp_path / "site", "--root-path", "/cal/") as served:
        assert served.said == f"Page:      http://127.0.0.1:{served.port}/cal/\n"
        for path in ("/all.ics", "/cal/all.ics"):
            assert served.get(path).status == 200
        proxied = {"Host": "example.org", "X-Forwarded-Proto": "https"}
        assert b"https://example.org/cal/all.ics" in served.get("/", headers=proxied).body


def test_edits_while_it_runs(tmp_path: Path) -> None:
    with serve(tmp_path / "site") as served:
        before = served.get("/all.ics")
        served.file.write_bytes(CLASH)
        served.until(lambda: served.health()["status"] == "degraded")
        assert served.get("/all.ics") == before._replace(headers=served.get("/all.ics").headers)
        assert served.get("/all.ics").headers["etag"] == before.headers["etag"]
        assert b"could not be published" in served.get("/").body
        assert "TL402" in served.told()
        assert served.health()["exports"] == 1
        other = served.folder / "new.toml"
        other.write_bytes(EDITED)
        other.replace(served.file)
        served.until(lambda: served.health()["status"] == "ok")
        after = served.get("/all.ics", headers={"If-None-Match": before.headers["etag"]})
        assert after.status == 200
        assert b"SUMMARY:First talks" in after.body
        assert b"could not be published" not in served.get("/").body
        assert served.health()["exports"] == 2
        assert (served.folder / "exports" / "all.ics").read_bytes() == after.body
        served.stop()
        assert len(served.told().splitlines()) == 5  # begun, refused in three lines, mended
    with serve(tmp_path / "site", text=None) as again:
        assert again.get("/all.ics").body == after.body
        assert again.get("/all.ics").headers["etag"] == after.headers["etag"]


def test_a_broken_file_at_the_start(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "events.toml").write_bytes(CLASH)
    done = run(site, "--port", "0")
    assert done.returncode == 1
    assert b"TL402" in done.stderr
    with serve(site):
        pass
    (site / "events.toml").write_bytes(CLASH)
    with serve(site, text=None) as served:
        assert served.health()["status"] == "degraded"
        assert validate(served.get("/all.ics").body) == []
        assert served.get("/").status == 200
        assert served.stop() == 0


def test_a_call_that_cannot_be_is_answered_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_bytes(STORY)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(tmp_path, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert b"Address already in use; choose another --port" in done.stderr
    os.mkfifo(tmp_path / "pipe")
    for options, word in (
        (["none.toml"], b"cannot read none.toml"), (["-"], b"- is none"), (["pipe"], b"pipe is none"),
        (["--host", "no.such.host.invalid"], b"cannot listen"), (["--host", ""], b"cannot listen"),
        (["--port", "99999"], b"--port"), (["--root-path", "cal"], b"starts with a slash"),
    ):  # fmt: skip
        done = run(tmp_path, *options)
        assert done.returncode == 2
        assert word in done.stderr, done.stderr
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "all.ics").write_bytes(b"mine")
    done = run(tmp_path, "--port", "0")
    assert done.returncode == 1
    assert b"move it away" in done.stderr


def test_without_its_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_bytes(STORY)
    code = (
        "import importlib.util as u, sys\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'uvicorn' else find(name, *a)\n"
        "from timeline.cli import main\nmain(['serve'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"pip install 'timeline-exporter[serve]'" in done.stderr


def test_a_process_that_lasts_looks_for_garbage(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_bytes(STORY)
    code = (
        "import gc, sys, uvicorn\nfrom timeline.__main__ import run\n"
        "uvicorn.Server.run = lambda self, sockets: print('garbage', gc.isenabled())\n"
        "sys.argv[1:] = ['serve', '--port', '0']\nrun()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert b"garbage True" in done.stdout


def test_a_host_that_others_reach_is_warned_of(tmp_path: Path) -> None:
    with serve(tmp_path / "site", "--host", "0.0.0.0", "--read-only",
               text=STORY.replace(b'id = "story"\n', b"")) as served:  # fmt: skip
        served.until(lambda: "TL504" in served.told())
        assert "put a proxy in front" in served.told()
        assert "nothing is written" in served.told()
        assert not (served.folder / "exports").exists()


def test_the_prefix_of_ipv6(tmp_path: Path) -> None:
    if not socket.has_ipv6:
        pytest.skip("needs IPv6")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("needs IPv6 on the loopback")
    with serve(tmp_path / "site", "--host", "::1") as served:
        assert served.said == f"Page:      http://[::1]:{served.port}/\n"


def test_killed_at_any_moment_what_lies_there_is_whole(tmp_path: Path) -> None:
    """Kill -9, at moments spread over the writing, while the file is edited without pause."""
    from random import Random
    from time import monotonic, sleep

    random, folder = Random(7), tmp_path / "site"
    folder.mkdir()
    events = b"".join(b"[events.e%d]\nwhen = 2025-10-%02d\n" % (i, i % 28 + 1) for i in range(60))
    (folder / "events.toml").write_bytes(STORY + events)
    end, rounds, last = monotonic() + 12, 0, -1
    while monotonic() < end and rounds < 8:
        served = Served(folder)
        try:
            until = monotonic() + random.uniform(0.7, 1.3)
            edit = STORY + events + b"[events.new]\ntitle = 'n%d'\nwhen = 2025-11-01\n" % rounds
            (folder / "events.toml").write_bytes(edit)
            while monotonic() < until:
                sleep(0.01)
        finally:
            served.stop(signal.SIGKILL)
        rounds += 1
        for path in (folder / "exports").glob("[!.]*.ics"):
            data = path.read_bytes()
            assert validate(data) == [], path.name
            if path.name == "all.ics" and b"UID:new@story" in data:
                entry = data.partition(b"UID:new@story")[2]
                number = int(entry.partition(b"SEQUENCE:")[2].partition(b"\r\n")[0])
                assert number >= last
                last = number
    assert rounds >= 3
    assert last >= 1
