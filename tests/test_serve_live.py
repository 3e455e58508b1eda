"""The live state: it follows the file, and nothing that becomes of the file costs the feed."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from feed_cases import NOW, Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ics_validator import validate
from serving import CLASH, STORY

from timeline import DestinationError, TimelineError, api, files
from timeline.exporters import EXPORTERS, USUAL
from timeline.feed import recall
from timeline.serve import live as module
from timeline.serve import watch
from timeline.serve.live import Live
from timeline.serve.watch import Look

EDITED = STORY.replace(b"[events.dinner]", b"[events.dinner]\ntitle = 'Late dinner'")
BROKEN = STORY + b"[events.x\n"


class Stage:
    """A file, a folder, and a hand on both clocks."""

    def __init__(self, folder: Path, text: bytes = STORY, **options: Any) -> None:
        self.file = folder / "events.toml"
        self.folder = folder / "exports"
        self.file.write_bytes(text)
        self.clock = Clock()
        self.now = 0.0
        self.options = options
        self.live = self.started()

    def started(self) -> Live:
        """A server that starts now, as after a restart."""
        self.live = Live(self.file, clock=self.clock, settled=0.5, **self.options)
        self.live._watch._settled = 0.5
        return self.live

    def pass_by(self) -> int:
        """Time enough for whatever was written to be taken in; how many exports that took."""
        before = self.live.exports
        for _ in range(12):
            self.now += 0.25
            self.live.tend(self.now)
        return self.live.exports - before

    def write(self, text: bytes, *, later: int = 60) -> int:
        self.clock.now += later
        self.file.write_bytes(text)
        return self.pass_by()

    def served(self, name: str = "all.ics") -> bytes:
        return self.live.edition.bodies[name].data

    def number(self, uid: str = "dinner@story") -> int:
        lines = recall(self.served(), "story").lines(uid).split("\n")
        return int(next(line for line in lines if line.startswith("SEQUENCE:"))[9:])

    def kept(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


settled_at_the_start = module._wait_until_settled


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the tests is their own: nothing waits for a file to settle at the start."""
    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled, now: None)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_what_is_served_is_what_export_would_write(stage: Stage) -> None:
    import timeline

    exports = timeline.export(stage.file, clock=stage.clock)
    assert {n: b.data for n, b in stage.live.edition.bodies.items()} == {
        n: o.text.encode() for n, o in exports.items()
    }
    assert stage.kept() == {n: b.data for n, b in stage.live.edition.bodies.items()}
    assert stage.live.exports == 1
    assert stage.pass_by() == 0


@pytest.mark.parametrize("keep", [True, False])
def test_what_comes_in_parts_is_served_in_parts(tmp_path: Path, keep: bool) -> None:
    import timeline

    many = b"".join(b"[events.e%d]\nwhen = 2025-10-%02d\ntitle = '%s'\n" % (i, i % 28 + 1, b"x" * 450)
                    for i in range(140))  # fmt: skip
    stage = Stage(tmp_path, STORY + many, keep=keep)
    exports = timeline.export(stage.file, clock=stage.clock)
    assert len(exports) > 2 * len(USUAL)
    assert set(stage.live.edition.bodies) == set(exports)
    os.utime(stage.file)
    assert stage.pass_by() == 0
    assert stage.write(STORY) == 1
    assert len(stage.live.edition.bodies) == 2 * len(USUAL)


def test_one_edit_is_one_export(stage: Stage) -> None:
    before = dict(stage.live.edition.bodies)
    assert stage.write(EDITED) == 1
    assert b"SUMMARY:Late dinner" in stage.served()
    assert stage.number() == 1
    assert stage.number("talks@story") == 0
    assert stage.kept()["all.ics"] == stage.served()
    assert stage.live.edition.bodies["all.ics"] is not before["all.ics"]
    assert stage.pass_by() == 0


def test_what_did_not_change_stays_the_very_same(stage: Stage) -> None:
    before = stage.live.edition
    assert stage.write(STORY + b"# a remark\n") == 1
    assert stage.live.edition is before
    os.utime(stage.file)
    assert stage.pass_by() == 0  # the same bytes are not exported again


@pytest.mark.parametrize("text", [CLASH, BROKEN, b"\xff", STORY.replace(b"2025-10-28", b"2025-13-28")])
def test_a_broken_edit_leaves_up_what_was(
    stage: Stage, text: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    before, kept = stage.live.edition, stage.kept()
    caplog.set_level(logging.INFO)
    assert stage.write(text) == 0
    assert stage.live.edition is before
    assert stage.kept() == kept
    fault = stage.live.fault
    assert fault is not None
    assert fault.since == stage.clock.now
    assert fault.findings
    assert "TL" in fault.summary
    (line,) = caplog.messages
    assert fault.findings[0][0] in line  # the log has the findings
    stage.clock.now += 99
    os.utime(stage.file)
    stage.pass_by()
    assert stage.live.fault is fault  # and has them once
    assert len(caplog.messages) == 1
    stage.write(EDITED)
    assert stage.live.fault is None
    assert stage.number() == 1
    assert "published" in caplog.messages[-1]


def test_an_edit_taken_back_is_said(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    before = stage.live.edition.bodies
    stage.write(BROKEN)
    stage.write(STORY)
    assert stage.live.fault is None
    assert all(stage.live.edition.bodies[name] is body for name, body in before.items())
    assert caplog.messages[-1].endswith("as before")


def test_a_file_that_is_gone_for_a_moment_or_longer(stage: Stage) -> None:
    before = stage.live.edition
    stage.file.unlink()
    stage.live.tend(1.0)
    assert stage.live.fault is None
    stage.pass_by()
    assert stage.live.fault is not None
    assert "cannot be read" in stage.live.fault.message
    assert stage.live.edition is before
    assert stage.write(STORY) == 1
    assert stage.live.fault is None


def test_what_never_ends_in_its_place_is_not_read(stage: Stage) -> None:
    before = stage.live.edition
    stage.file.unlink()
    os.mkfifo(stage.file)
    stage.pass_by()
    assert stage.live.fault is not None
    assert "no regular file" in stage.live.fault.message
    assert stage.live.edition is before
    stage.file.unlink()
    stage.write(EDITED)
    assert stage.live.fault is None
    assert stage.number() == 1


def test_a_file_written_while_it_is_read_is_read_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a file is a file too: what was read while somebody wrote is never published."""
    whole = EDITED + b"[events.last]\nwhen = 2025-10-30\n"
    stage.file.write_bytes(EDITED)

    def torn(path: Path) -> bytes | None:
        data = files.read(path)
        if data == EDITED:
            path.write_bytes(whole)
        return data

    monkeypatch.setattr(module, "read", torn)
    assert stage.pass_by() == 1
    assert b"UID:last@story" in stage.served()
    assert stage.number() == 1


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 400), max_size=6), st.data())
def test_a_file_written_in_pieces_is_read_whole(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], data: st.DataObject
) -> None:
    """As some editors write: emptied, then filled piece by piece, with looks in between. Cut at the
    end of a line, half a story is a story too; no subscriber ever gets it."""
    stage = Stage(tmp_path_factory.mktemp("stage"))
    whole = EDITED + b"[events.last]\nwhen = 2025-10-30\n"
    ends = sorted({min(cut, len(whole)) for cut in cuts} | {len(whole)})
    for end in (0, *ends):
        stage.file.write_bytes(whole[:end])
        for _ in range(data.draw(st.integers(0, 2))):  # at the most half a second less one look
            stage.now += 0.2
            stage.live.tend(stage.now)
            assert stage.live.exports == 1
            assert stage.live.fault is None
    stage.pass_by()
    assert stage.live.exports == 2
    assert stage.live.edition.schedule is not None
    assert len(stage.live.edition.schedule.events) == 3


def test_views_come_and_go(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stage.write(STORY.replace(b"[views.short]", b"[views.long]"))
    assert "long.ics" in stage.live.edition.bodies
    assert "short.ics" not in stage.live.edition.bodies
    gone = ", ".join(f"short.{EXPORTERS[usual].extension}" for usual in USUAL)
    assert f"no longer served: {gone}" in caplog.messages[-1]
    assert stage.pass_by() == 0


def test_what_is_in_no_calendar_is_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stage = Stage(tmp_path, STORY + b"[events.some-time]\n")
    assert stage.live.edition.omitted == 1
    assert "1 event is left out" in caplog.messages[-1]
    stage.write(STORY + b"[events.some-time]\n[events.other]\n")
    assert "2 events are left out" in caplog.messages[-1]


def test_what_is_to_be_said_of_a_file_is_said_once(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.exporters.ical.EVENTS", 1)
    stage.write(EDITED)
    (note,) = (line for line in caplog.messages if "Google" in line)
    assert note.startswith("all.ics: the feed has 2 events")
    stage.write(STORY)
    assert sum("Google" in line for line in caplog.messages) == 1


# Restarts, and the record ------------------------------------------------------------------------


def test_a_restart_changes_no_byte(stage: Stage) -> None:
    stage.write(EDITED)
    before = {n: b.data for n, b in stage.live.edition.bodies.items()}
    stage.clock.now += 9999
    live = stage.started()
    assert {n: b.data for n, b in live.edition.bodies.items()} == before
    written = int((stage.folder / "all.json").stat().st_mtime)
    assert live.edition.bodies["all.json"].modified == min(written, stage.clock.now)


edits = st.lists(
    st.tuples(st.sampled_from((STORY, EDITED, BROKEN, STORY.replace(b"dinner", b"supper"))),
              st.sampled_from(("go on", "restart", "folder set back", "folder emptied"))),
    max_size=6,
)  # fmt: skip


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(edits)
def test_no_number_falls_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bytes, str]]
) -> None:
    """Over edits, restarts, and a folder that is set back or emptied under the running server: what
    is served is valid, numbers do not fall, and one number always tells the same."""
    stage = Stage(tmp_path_factory.mktemp("stage"))
    first = stage.kept()
    told: dict[str, dict[int, list[str]]] = {}
    for text, event in steps:
        if event.startswith("folder"):
            for name in stage.kept():
                (stage.folder / name).unlink()
                if event == "folder set back":
                    (stage.folder / name).write_bytes(first[name])
        stage.write(text)
        if event == "restart" and stage.kept().get("all.ics") == stage.served():
            stage.started()  # else the file is broken and the folder lost: nothing to start from
        past = recall(stage.served(), "story")
        assert validate(stage.served()) == []
        assert stage.live.fault is not None or stage.kept()["all.ics"] == stage.served()
        for uid in past.entries:
            rows = past.lines(uid).split("\n")
            number = int(next(row for row in rows if row.startswith("SEQUENCE:"))[9:])
            known = told.setdefault(uid, {})
            assert number >= max(known, default=0)
            assert known.setdefault(number, rows) == rows


def test_the_folders_record_counts_where_it_tells_the_same(stage: Stage) -> None:
    """As with a git checkout: the file is pulled first, then its exports, made elsewhere."""
    import timeline

    previous = {"all.ics": stage.served(), "short.ics": stage.served("short.ics")}
    elsewhere = timeline.export(EDITED, previous=previous, clock=lambda: stage.clock.now + 7)
    stage.write(EDITED)
    assert stage.served() != elsewhere["all.ics"].text.encode()
    for name, output in elsewhere.items():
        (stage.folder / name).write_bytes(output.text.encode())
    assert stage.pass_by() == 1
    assert stage.kept() == {n: o.text.encode() for n, o in elsewhere.items()}
    assert stage.served() == elsewhere["all.ics"].text.encode()


def test_read_only_writes_nothing(tmp_path: Path) -> None:
    stage = Stage(tmp_path, keep=False)
    assert not stage.folder.exists()
    stage.write(EDITED)
    assert stage.number() == 1
    assert not stage.folder.exists()


def test_somebody_writing_there_meanwhile_is_followed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    import timeline

    previous = {"all.ics": stage.served(), "short.ics": stage.served("short.ics")}
    elsewhere = timeline.export(EDITED, previous=previous, clock=lambda: 1_800_000_000)
    export, calls = api.export, []

    def meanwhile(*arguments: Any, **options: Any) -> object:
        calls.append(1)
        if len(calls) == 1:
            for name, output in elsewhere.items():
                (stage.folder / name).write_bytes(output.text.encode())
        return export(*arguments, **options)

    monkeypatch.setattr(api, "export", meanwhile)
    assert stage.write(EDITED) == 2
    assert stage.served() == elsewhere["all.ics"].text.encode()
    monkeypatch.setattr(module, "look", _ever_new(watch.look))
    assert stage.write(STORY) % 3 == 0  # and not for ever
    assert stage.number() == 2


def _ever_new(look: Callable[[Iterable[Path]], Look]) -> Callable[[Iterable[Path]], Look]:
    """The folder looks new each time; the file, which is looked at alone, does not."""
    counter = iter(range(1000))

    def changing(paths: Iterable[Path]) -> Look:
        found = look(paths)
        return (*found, (next(counter),)) if isinstance(paths, list) else found

    return changing


def test_a_strangers_calendar_in_the_folder(stage: Stage) -> None:
    before = stage.live.edition
    (stage.folder / "all.ics").write_bytes(b"not a calendar")
    stage.write(EDITED)
    assert stage.live.edition is before
    assert stage.live.fault is not None
    assert "move it away" in stage.live.fault.message
    assert stage.kept()["all.ics"] == b"not a calendar"
    (stage.folder / "all.ics").unlink()
    stage.pass_by()
    assert stage.number() == 1
    assert stage.kept()["all.ics"] == stage.served()
    (stage.folder / "all.ics").write_bytes(b"not a calendar")
    with pytest.raises(DestinationError, match="move it away"):
        stage.started()


def test_a_folder_that_cannot_be_written(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write = files.write_all

    def full(folder: Path, contents: dict[str, bytes]) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_all", full)
    stage.write(EDITED)
    assert stage.number() == 1  # it is served all the same
    assert stage.live.unkept == "No space left on device"
    assert stage.kept()["all.ics"] != stage.served()
    assert "No space left" in caplog.text
    monkeypatch.setattr(module, "write_all", write)
    stage.pass_by()
    assert stage.live.unkept
    stage.now += module.RETRY
    stage.pass_by()
    assert stage.live.unkept == ""
    assert stage.kept()["all.ics"] == stage.served()
    assert stage.number() == 1


def test_a_folder_that_cannot_be_read(stage: Stage) -> None:
    before = stage.live.edition
    (stage.folder / "all.ics").unlink()
    (stage.folder / "all.ics").mkdir()
    stage.write(EDITED)
    assert stage.live.edition is before
    assert stage.live.fault is not None
    assert "all.ics cannot be read" in stage.live.fault.message
    with pytest.raises(DestinationError, match="directory"):
        stage.started()


def test_a_folder_that_was_in_the_way_is_tried_again(stage: Stage) -> None:
    before = stage.live.edition
    stage.folder.rename(stage.folder.with_name("saved"))
    stage.folder.write_text("in the way", encoding="utf-8")
    stage.write(EDITED)
    assert stage.live.edition is before
    assert stage.live.fault is not None
    assert stage.live.fault.summary == "What was published before cannot be read."
    assert stage.live.unkept
    stage.folder.unlink()
    stage.pass_by()
    assert stage.live.unkept, "nothing tells of it"
    stage.now += module.RETRY
    stage.pass_by()
    assert stage.live.fault is None
    assert stage.live.unkept == ""
    assert stage.number() == 1
    assert stage.kept()["all.ics"] == stage.served()


def test_a_fault_of_this_program_costs_no_feed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = stage.live.edition
    with monkeypatch.context() as patched:
        patched.setattr("timeline.serve.faults.place", lambda solution, memo: 1 / 0)
        stage.write(EDITED)
    assert stage.live.edition is before
    assert stage.live.fault is not None
    assert "ZeroDivisionError" in caplog.text
    assert stage.write(EDITED + b"\n") == 1
    assert stage.live.fault is None


# A file that is broken when the server starts ----------------------------------------------------


@pytest.mark.parametrize("text", [CLASH, BROKEN, b"events = 1"])
def test_a_broken_file_at_the_first_start_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(TimelineError):
        Stage(tmp_path, text)
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize("text", [CLASH, BROKEN, STORY + b"views = 1"])
def test_at_a_later_start_what_was_kept_stands_in(stage: Stage, text: bytes) -> None:
    stage.write(EDITED)
    before = {n: b.data for n, b in stage.live.edition.bodies.items()}
    stage.file.write_bytes(text)
    live = stage.started()
    assert {n: b.data for n, b in live.edition.bodies.items()} == before
    assert live.edition.schedule is None
    assert live.fault is not None
    assert stage.pass_by() == 0
    assert stage.write(EDITED + b"\n") == 1
    assert live.fault is None
    assert live.edition.schedule is not None
    assert {n: b.data for n, b in live.edition.bodies.items()} == before


def test_a_view_that_the_file_no_longer_names_does_not_come_back(stage: Stage) -> None:
    stage.write(CLASH.replace(b"[views.short]", b"[views.long]"))
    assert {name.partition(".")[0] for name in stage.started().edition.bodies} == {"all"}


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Live(tmp_path / "events.toml")


def test_a_file_that_is_being_written_at_the_start_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, waited = tmp_path / "events.toml", []
    pieces = [b"[events.a]\n", b"when = 2025-10-27\n"]

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if pieces:
            with file.open("ab") as opened:
                opened.write(pieces.pop(0))

    monkeypatch.setattr("time.sleep", wait)
    settled_at_the_start(file, 0.5, NOW)
    assert waited == []  # there is none
    file.write_bytes(STORY)
    os.utime(file, (1, 1))
    settled_at_the_start(file, 0.5, NOW)
    assert waited == []  # it was written long ago
    file.write_bytes(STORY)
    os.utime(file, (NOW, NOW))
    settled_at_the_start(file, 60.0, NOW)
    assert waited == [60.0] * 3
    assert file.read_bytes().endswith(b"when = 2025-10-27\n")
    pieces[:] = [b"\n"] * 99
    os.utime(file, (NOW, NOW))
    settled_at_the_start(file, 60.0, NOW)
    assert len(waited) == 23  # and not for ever


# The thread -------------------------------------------------------------------------------------


def test_the_thread_follows_and_ends(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.005)
    stage.live._watch._settled = 0.01
    stage.live.stop()  # before it began
    stage.live.start()
    thread = stage.live._thread
    stage.live.start()
    assert stage.live._thread is thread
    assert thread is not None
    stage.clock.now += 60
    stage.file.write_bytes(EDITED)
    from threading import Event

    for _ in range(3000):
        if b"Late dinner" in stage.served():
            break
        Event().wait(0.01)
    assert stage.number() == 1
    stage.live.stop()
    assert not thread.is_alive()
    stage.live.start()
    assert stage.live._thread is not thread
    stage.live.stop()
