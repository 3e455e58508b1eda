"""The command line as a user meets it: real processes, real files, exit codes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from feed_cases import entries, value
from ics_validator import validate

from timeline.exporters import EXPORTERS

ROOT = Path(__file__).parent.parent
CLASH = b'[events.a]\nafter = "b"\n[events.b]\nafter = "a"\n'
GOOD = b"""[timeline]
id = "t"
timezone = "UTC"
[events.a]
when = 2025-10-27
[events.b]
after = "a"
before = "c"
[events.c]
when = 2025-10-29
who = ["x"]
[views.v]
who = ["x"]
"""


def run(
    *arguments: str, cwd: Path = ROOT, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "timeline", *arguments],
        cwd=cwd, input=stdin, env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "events.toml").write_bytes(GOOD)
    return tmp_path


def test_check_exit_codes(folder: Path) -> None:
    assert run("check", cwd=folder).returncode == 0
    assert run("check", "-", stdin=CLASH).returncode == 1
    assert run("check", "-", stdin=b"x = \xff\n").returncode == 1
    assert run("check", "-", stdin=b"x = \n").returncode == 1
    assert run("check", "none.toml").returncode == 2
    assert run("check", str(folder)).returncode == 2
    assert run("check", "a\x01b").returncode == 2
    assert run("check", "--nonsense").returncode == 2
    assert run("check", "-", stdin=b"").returncode == 0
    assert run("check", "-", "--strict", stdin=b"").returncode == 1


def test_a_missing_file_points_to_init(tmp_path: Path) -> None:
    done = run("check", cwd=tmp_path)
    assert done.returncode == 2
    assert b"timeline init" in done.stderr


@pytest.mark.parametrize("layout", ["text", "concise", "json", "github", "sarif"])
def test_output_formats(layout: str) -> None:
    done = run("check", "-", "--output-format", layout, stdin=CLASH)
    assert done.returncode == 1
    assert b"TL402" in done.stdout
    if layout in ("json", "sarif"):
        json.loads(done.stdout)


def test_json_findings_have_their_shape() -> None:
    (found,) = json.loads(run("check", "-", "--output-format", "json", stdin=CLASH).stdout)
    assert set(found) >= {"code", "name", "severity", "message", "filename", "location",
                          "end_location", "path", "related", "help", "url"}  # fmt: skip
    assert found["location"] == {"row": 2, "column": 9}
    assert found["filename"] == "<stdin>"
    (other,) = found["related"]
    assert set(other) == {"message", "filename", "location", "end_location", "path"}
    assert other["location"] == {"row": 4, "column": 9}


def test_show_and_why(folder: Path) -> None:
    shown = run("show", cwd=folder)
    assert shown.returncode == 0
    assert "27 to 29 Oct 2025" in shown.stdout.decode()
    one = run("show", "--view", "v", cwd=folder).stdout.decode()
    assert "29 Oct 2025" in one
    assert "27 to 29 Oct" not in one
    assert run("show", "--view", "w", cwd=folder).returncode == 2
    why = run("why", "b", cwd=folder)
    assert why.returncode == 0
    assert "events.toml:" in why.stdout.decode()
    done = run("why", "bb", cwd=folder)
    assert done.returncode == 2
    assert b'did you mean "b"' in done.stderr


def test_colour_is_asked_for(folder: Path) -> None:
    assert b"\x1b[" not in run("show", cwd=folder).stdout
    assert b"\x1b[" in run("show", "--color", "always", cwd=folder).stdout
    assert b"\x1b[" not in run("show", cwd=folder, env={"NO_COLOR": "1"}).stdout


def test_export_writes_every_format_of_every_view(folder: Path) -> None:
    done = run("export", cwd=folder)
    assert done.returncode == 0, done.stderr
    usual = [e for e in EXPORTERS.values() if e.usual]
    names = {f"{view}.{e.extension}" for view in ("all", "v") for e in usual}
    assert {p.name for p in (folder / "exports").iterdir()} == names
    again = run("export", cwd=folder)
    assert again.stdout.count(b"(unchanged)") == len(names)
    assert run("export", "--check", cwd=folder).returncode == 0


def test_export_check_shows_what_is_stale(folder: Path) -> None:
    run("export", cwd=folder)
    before = {p: p.read_bytes() for p in (folder / "exports").iterdir()}
    (folder / "events.toml").write_bytes(GOOD.replace(b"2025-10-29", b"2025-10-30"))
    done = run("export", "--check", cwd=folder)
    assert done.returncode == 1
    assert b"-DTSTART;VALUE=DATE:20251029" in done.stdout
    assert b"+DTSTART;VALUE=DATE:20251030" in done.stdout
    assert {p: p.read_bytes() for p in (folder / "exports").iterdir()} == before
    (folder / "exports" / "v.mmd").unlink()
    assert b"v.mmd is missing" in run("export", "--check", cwd=folder).stdout


def test_export_to_standard_output(folder: Path) -> None:
    done = run("export", "-o", "-", "-f", "json", "--view", "v", cwd=folder)
    assert done.returncode == 0
    assert [e["id"] for e in json.loads(done.stdout)["events"]] == ["c"]
    assert not (folder / "exports").exists()
    assert run("export", "-o", "-", "-f", "json", cwd=folder).returncode == 0
    assert run("export", "-o", "-", cwd=folder).returncode == 2
    assert run("export", "-o", "-", "-f", "json", "--view", "v", "--view", "all",
               cwd=folder).returncode == 2  # fmt: skip


def test_export_refuses_what_it_does_not_know(folder: Path) -> None:
    assert run("export", "-f", "pdf", cwd=folder).returncode == 2
    assert run("export", "--view", "w", cwd=folder).returncode == 2
    (folder / "file").write_bytes(b"")
    assert run("export", "-o", "file", cwd=folder).returncode == 2


def test_what_is_left_of_a_view_that_is_gone_is_named(folder: Path) -> None:
    run("export", cwd=folder)
    (folder / "exports" / "other.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:x\r\n")
    before = sorted(p.name for p in (folder / "exports").iterdir())
    (folder / "events.toml").write_bytes(GOOD.partition(b"[views")[0])
    told = [f"exports/v.{end} is left from before: delete it".encode() for end in ("ics", "json")]
    done = run("export", cwd=folder)
    assert done.returncode == 0
    assert all(line in done.stderr for line in told)
    done = run("export", "--check", cwd=folder)
    assert done.returncode == 1
    assert all(line in done.stdout for line in told)
    assert b"other" not in done.stdout
    assert sorted(p.name for p in (folder / "exports").iterdir()) == before
    for name in ("v.ics", "v.json", "v.mmd", "v.svg", "v.html"):
        (folder / "exports" / name).unlink(missing_ok=True)
    assert run("export", "--check", cwd=folder).returncode == 0


def test_a_lost_calendar_goes_on_from_the_whole_or_says_that_it_cannot(folder: Path) -> None:
    run("export", cwd=folder)
    (folder / "events.toml").write_bytes(GOOD.replace(b"2025-10-29", b"2025-10-30"))
    assert b"was missing" not in run("export", cwd=folder).stderr
    exports = folder / "exports"
    before = (exports / "v.ics").read_bytes()
    assert b"SEQUENCE:1" in before
    (exports / "v.ics").unlink()
    assert b"was missing" not in run("export", cwd=folder).stderr
    numbers = [int(value(entries(data)["c@t"], "SEQUENCE"))
               for data in (before, (exports / "v.ics").read_bytes())]  # fmt: skip
    assert 1 == numbers[0] <= numbers[1], "a number never falls"
    assert b"GONE" not in (exports / "v.ics").read_bytes()
    (exports / "all.ics").unlink()
    done = run("export", cwd=folder)
    assert b"exports/all.ics was missing, so the revisions of its entries begin at 0" in done.stderr
    assert b"v.ics was missing" not in done.stderr


def test_strict_leaves_no_event_out(folder: Path) -> None:
    assert run("export", "--strict", cwd=folder).returncode == 0
    before = {p.name: p.read_bytes() for p in (folder / "exports").iterdir()}
    (folder / "events.toml").write_bytes(GOOD + b'[events.vague]\nwhen = "2025"\n')
    done = run("export", "--strict", cwd=folder)
    assert done.returncode == 1
    assert b"all.ics: vague is left out: its window, 2025, is longer than 31 days" in done.stderr
    assert {p.name: p.read_bytes() for p in (folder / "exports").iterdir()} == before
    assert run("export", "--strict", "-f", "json", cwd=folder).returncode == 0


def vague(count: int) -> bytes:
    return GOOD + b"".join(b'[events.e%d]\nwhen = "2025"\n' % n for n in range(count))


def told_left_out(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return [line for line in done.stderr.decode().splitlines() if "left out" in line]


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_a_long_list_of_what_is_left_out_is_told_by_its_beginning(
    folder: Path, options: tuple[str, ...]
) -> None:
    export = ("export", "-f", "ical", "-f", "json", "--view", "all", *options)
    (folder / "events.toml").write_bytes(vague(30))
    assert len(told_left_out(run(*export, cwd=folder))) == 30
    (folder / "events.toml").write_bytes(vague(31))
    done = run(*export, cwd=folder)
    *named, more = told_left_out(done)
    assert len(named) == 10
    assert more == ("all.ics: 21 more events are left out; `left_out` in the JSON export says why, "
                    "of each")  # fmt: skip
    assert done.returncode == (1 if options else 0)
    if not options:
        data = json.loads((folder / "exports" / "all.json").read_bytes())
        assert sum(event["left_out"] is not None for event in data["events"]) == 31


def test_a_long_list_of_files_is_told_by_its_beginning(folder: Path) -> None:
    views = b"".join(b'[views.v%02d]\nevents = "a"\n' % n for n in range(28))
    (folder / "events.toml").write_bytes(GOOD + views)
    lines = run("export", "-f", "json", cwd=folder).stdout.decode().splitlines()
    assert len(lines) == 30
    (folder / "events.toml").write_bytes(GOOD + views + b'[views.w]\nevents = "a"\n')
    *named, more = run("export", "-f", "json", cwd=folder).stdout.decode().splitlines()
    assert named == [line + " (unchanged)" for line in lines[:10]]
    assert more == "and 21 more files; 30 of all 31 are unchanged"
    (folder / "events.toml").write_bytes(GOOD.replace(b'id = "t"', b'id = "u"') + views)
    for path in (folder / "exports").iterdir():
        path.unlink()
    assert "unchanged" not in run("export", "-f", "json", cwd=folder).stdout.decode()


def test_nothing_is_exported_from_a_contradiction(folder: Path) -> None:
    run("export", cwd=folder)
    before = {p.name: p.read_bytes() for p in (folder / "exports").iterdir()}
    (folder / "events.toml").write_bytes(CLASH)
    done = run("export", cwd=folder)
    assert done.returncode == 1
    assert b"TL402" in done.stderr
    assert {p.name: p.read_bytes() for p in (folder / "exports").iterdir()} == before


def test_a_calendar_that_is_not_ours_is_left_alone(folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "exports" / "all.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:x\r\nhalf")
    done = run("export", cwd=folder)
    assert done.returncode == 1
    assert b"all.ics" in done.stderr
    assert (folder / "exports" / "all.ics").read_bytes().endswith(b"half")


def test_explain(folder: Path) -> None:
    assert b"whole numbers" in run("explain", "TL209").stdout
    assert run("explain", "tl209").returncode == 0
    assert run("explain", "duration-syntax").returncode == 0
    done = run("explain", "TL999")
    assert done.returncode == 2


def test_init_makes_a_working_file(tmp_path: Path) -> None:
    into = tmp_path / "new"
    assert run("init", str(into)).returncode == 0
    names = {p.name for p in into.iterdir()}
    assert names == {"events.toml", "events.schema.json", ".gitattributes"}
    checked = run("check", "--strict", cwd=into)
    assert checked.returncode == 0
    assert b"consistent" in checked.stdout
    assert run("export", cwd=into).returncode == 0
    assert run("init", str(into)).returncode == 2
    assert (into / ".gitattributes").read_bytes() == b"*.ics -text\n"


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes(b"*.png binary")
    assert run("init", cwd=tmp_path).returncode == 0
    assert (tmp_path / ".gitattributes").read_bytes() == b"*.png binary\n*.ics -text\n"


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")


def test_a_closed_pipe_is_no_fault(folder: Path) -> None:
    many = b"".join(b"[events.e%d]\nwhen = 2025-10-27\n" % i for i in range(3000))
    (folder / "events.toml").write_bytes(many)
    process = subprocess.Popen(
        [sys.executable, "-m", "timeline", "show"], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_a_process_ends_at_once_and_loses_nothing(folder: Path) -> None:
    many = b"".join(b"[events.e%d]\nwhen = 2025-10-27\n" % n for n in range(1000))
    (folder / "events.toml").write_bytes(many)
    done = run("export", "-o", "-", "-f", "json", cwd=folder)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["events"]) == 1000
    looked_at = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "timeline", "--version"], cwd=ROOT,
        capture_output=True, check=False,
    )  # fmt: skip
    assert b"function calls" in looked_at.stdout, "a profiler has the last word"


def test_two_seeds_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("0", "1"):
        into = tmp_path / seed
        env = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1761523200", "TZ": f"XXX{seed}"}
        assert run("export", "events.toml", "-o", str(into), env=env).returncode == 0
        made.append({p.name: p.read_bytes() for p in into.iterdir()})
    assert made[0] == made[1]


def test_version_and_help() -> None:
    assert b"0.1.0" in run("--version").stdout
    assert b"check" in run("--help").stdout
    assert run().returncode in (0, 2)


@pytest.mark.parametrize("arguments", [("check",), ("show",), ("export",), ("--help",)])
def test_a_full_standard_output_is_said(folder: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "timeline", *arguments], cwd=folder, stdout=full,
            stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"timeline: cannot write standard output")
    assert b"Traceback" not in done.stderr


def test_what_never_ends_is_not_read(folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "exports" / "all.json").symlink_to("/dev/zero")
    done = run("export", "--check", cwd=folder)
    assert done.returncode == 2
    assert b"it is no regular file" in done.stderr
    assert b"TL003" in run("check", "/dev/zero", cwd=folder).stdout


def test_an_export_killed_at_any_moment_leaves_whole_files(folder: Path) -> None:
    """Two stories are exported in turn, and the process is killed, many times."""
    (folder / "other.toml").write_bytes(GOOD.replace(b"[events.a]", b'[events.a]\ntitle = "Other"'))
    code = (
        "import sys\nfrom timeline.cli import main\n"
        "print('on', flush=True)\n"
        "while True:\n"
        "    for file in ('events.toml', 'other.toml'):\n"
        "        main(['export', file], standalone_mode=False)\n"
    )
    dice = random.Random(5)
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout is not None
        for _ in range(dice.randint(3, 40)):  # so many lines it has told
            assert process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
        for path in (folder / "exports").glob("[!.]*"):
            data = path.read_bytes()
            if path.suffix == ".ics":
                assert validate(data) == []
            elif path.suffix == ".json":
                json.loads(data)
            else:
                assert data.endswith(b"\n")
    assert run("export", cwd=folder).returncode == 0
