"""What the documents tell to put into a web server does what they say, in a real one."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ics_validator import validate
from real_parts import require
from serving import PATIENCE, ROOT, STORY, Answer, serve

import timeline
from timeline.files import write_all


def snippet(page: str, language: str = "nginx") -> str:
    """The one block of that language on a page of the documents."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)
    assert isinstance(found, str)
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def nginx(folder: Path, block: str) -> Iterator[int]:
    """A real nginx with these lines in its one server; its port."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    require("nginx (Debian's nginx-light)", program is not None)
    assert program is not None
    folder.mkdir()
    port = free_port()
    config = folder / "nginx.conf"
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in
                    ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    config.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {paths}"
        f"server {{ listen 127.0.0.1:{port};\n{block} }} }}\n"
    )
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(config), "-e", f"{folder}/error.log"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, (folder / "error.log").read_text()
            assert time.monotonic() < end
            try:
                socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
                break
            except OSError:
                time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def get(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        wire.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = wire.getresponse()
        body = response.read()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
    finally:
        wire.close()


def test_exports_on_nginx_as_the_documents_tell_it(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    first = timeline.export(STORY)
    write_all(exports, {name: output.text.encode() for name, output in first.items()})
    (exports / ".all.ics.x.part").write_bytes(b"half")
    block = snippet("publishing.md").replace("/srv/timeline/exports", str(exports))
    assert str(exports) in block
    with nginx(tmp_path / "nginx", block) as port:
        for name, kind in (("all.ics", "text/calendar"), ("short.ics", "text/calendar"),
                           ("all.json", "application/json"), ("all.mmd", "text/plain")):  # fmt: skip
            answer = get(port, f"/calendar/{name}")
            assert answer.status == 200
            assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
            assert answer.body == (exports / name).read_bytes()
            assert answer.headers["cache-control"] == "public, max-age=300, must-revalidate"
            assert answer.headers["access-control-allow-origin"] == "*"
        feed = get(port, "/calendar/all.ics")
        assert validate(feed.body) == []
        etag, modified = feed.headers["etag"], feed.headers["last-modified"]
        assert not etag.startswith("W/")
        for asked in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
            answer = get(port, "/calendar/all.ics", **asked)
            assert (answer.status, answer.body) == (304, b"")
        head = get(port, "/calendar/all.ics", "HEAD")
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", etag)
        assert get(port, "/calendar/none.ics").status == 404
        assert get(port, "/calendar/.all.ics.x.part").status == 404
        assert get(port, "/calendar/old.ics").status == 410
        assert get(port, "/calendar/old.json").status == 410
        # the next edition, put there by `timeline export`
        later = {name: output.text.encode() for name, output in first.items()}
        edited = timeline.export(STORY.replace(b"The talks", b"First talks"), previous=later)
        write_all(exports, {name: output.text.encode() for name, output in edited.items()})
        os.utime(exports / "all.ics", (2_000_000_000, 2_000_000_000))  # a second later at the least
        answer = get(port, "/calendar/all.ics", If_None_Match=etag)
        assert answer.status == 200
        assert b"SUMMARY:First talks" in answer.body


def test_serve_behind_nginx_as_the_documents_tell_it(tmp_path: Path) -> None:
    with serve(tmp_path / "site", "--root-path", "/calendar") as served:
        block = snippet("serve.md").replace("127.0.0.1:8000", f"127.0.0.1:{served.port}")
        assert str(served.port) in block
        with nginx(tmp_path / "nginx", block) as port:
            feed = get(port, "/calendar/all.ics")
            assert (feed.status, feed.body) == (200, served.get("/all.ics").body)
            assert get(port, "/calendar/all.ics", If_None_Match=feed.headers["etag"]).status == 304
            page = get(port, "/calendar/").body.decode()
            assert f"webcal://127.0.0.1:{port}/calendar/all.ics" in page
            named = get(port, "/calendar/", Host="cal.example.org").body.decode()
            assert "webcal://cal.example.org/calendar/short.ics" in named
            assert get(port, "/calendar").headers["location"].endswith("/calendar/")
            assert get(port, "/calendar/../events.toml").status == 404


@pytest.mark.parametrize("page", ["serve.md", "publishing.md"])
def test_the_documents_name_options_that_there_are(page: str) -> None:
    from timeline.commands import COMMANDS

    known = {option for command in COMMANDS for parameter in command.params
             for option in parameter.opts}  # fmt: skip
    text = (ROOT / "docs" / page).read_text("utf-8")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - {"--content-type"}
    assert named <= known | {"--check", "--strict"}
    if page == "serve.md":
        serve_command = next(c for c in COMMANDS if c.name == "serve")
        options = {o for p in serve_command.params for o in p.opts if o.startswith("--")}
        assert options <= named | {"--port"}


def test_the_python_of_the_documents_runs(tmp_path: Path) -> None:
    (tmp_path / "events.toml").write_bytes(STORY)
    code = snippet("serve.md", "python")
    path = repr(str(tmp_path / "events.toml"))
    names: dict[str, object] = {}
    exec(compile(code.replace('"events.toml"', path), "serve.md", "exec"), names)
    assert callable(names["app"])
