"""Many requests at once, while the file is edited: none fails, and answers cost no export."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path

from real_parts import require
from serving import CLASH, PATIENCE, STORY, Served, serve

MOST = 60  # seconds; the load stops by itself


class Load:
    """wrk against one address of a server on the loopback."""

    def __init__(self, served: Served, path: str, *options: str) -> None:
        require("wrk (Debian)", shutil.which("wrk") is not None)
        self.process = subprocess.Popen(
            ["wrk", "-t1", "-c8", f"-d{MOST}s", "--timeout", "20s", *options,
             f"http://127.0.0.1:{served.port}{path}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def end(self) -> tuple[int, str]:
        """How many requests were answered, and what failed ("" for nothing)."""
        self.process.send_signal(signal.SIGINT)
        told = self.process.communicate(timeout=PATIENCE)[0].decode()
        found = re.search(r"(\d+) requests in", told)
        assert found is not None, told
        failed = re.search(r"(?:Socket errors|Non-2xx).*", told)
        return int(found[1]), failed[0] if failed else ""


def shows(served: Served, title: bytes) -> bool:
    return title in served.get("/all.ics").body


def test_no_request_fails_while_the_file_is_edited_ten_times(tmp_path: Path) -> None:
    with serve(tmp_path / "site") as served:
        load = Load(served, "/all.ics")
        try:
            for i in range(10):
                if i == 4:  # one of them is broken
                    served.file.write_bytes(CLASH)
                    served.until(lambda: served.health()["status"] == "degraded")
                    continue
                title = b"Talks %d" % i
                served.file.write_bytes(STORY.replace(b"The talks", title))
                served.until(partial(shows, served, title))
        finally:
            answered, failed = load.end()
        assert failed == ""
        assert answered > 100
        assert served.health()["exports"] == 10
        assert served.stop() == 0
        assert "Traceback" not in served.told()


def test_word_that_nothing_changed_costs_no_export(tmp_path: Path) -> None:
    with serve(tmp_path / "site") as served:
        etag = served.get("/all.ics").headers["etag"]
        script = tmp_path / "count.lua"
        script.write_text(
            'other = 0\nfunction setup(t) thread = t end\n'
            "function response(status) if status ~= 304 then other = other + 1 end end\n"
            'function done() io.write("other than 304: " .. thread:get("other") .. "\\n") end\n'
        )
        require("wrk (Debian)", shutil.which("wrk") is not None)
        told = subprocess.run(
            ["wrk", "-t1", "-c8", "-d2s", "-s", str(script), "-H", f"If-None-Match: {etag}",
             f"http://127.0.0.1:{served.port}/all.ics"],
            capture_output=True, timeout=PATIENCE, check=True,
        ).stdout.decode()  # fmt: skip
        found = re.search(r"(\d+) requests in", told)
        assert found is not None
        assert int(found[1]) > 100
        assert "other than 304: 0\n" in told
        assert served.health()["exports"] == 1
