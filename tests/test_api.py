"""The library's face: what `import timeline` gives."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import timeline
from timeline import api
from timeline.starter import starter

GOOD = b'[timeline]\nid = "t"\n[events.a]\nwhen = 2025-10-27\n[views.v]\nevents = ["a"]\n'


def test_all_that_is_named_is_there() -> None:
    assert all(getattr(timeline, name) for name in timeline.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        timeline.__getattr__("nothing")


def test_exports_have_names_and_keep_what_did_not_change() -> None:
    first = timeline.export(GOOD, ["ical", "json"], clock=lambda: 0)
    assert list(first) == ["all.ics", "all.json", "v.ics", "v.json"]
    lying = {name: output.text.encode() for name, output in first.items()}
    again = timeline.export(timeline.load(GOOD), ["ical"], ["v"], clock=lambda: 9, previous=lying)
    assert {name: output.text for name, output in again.items()} == {"v.ics": first["v.ics"].text}


def test_what_export_refuses() -> None:
    with pytest.raises(KeyError):
        timeline.export(GOOD, ["pdf"])
    with pytest.raises(KeyError):
        timeline.export(GOOD, views=["w"])
    with pytest.raises(timeline.TimelineError, match=r"x\.toml: TL101 .*\(and 1 more\)"):
        timeline.load(b"colour = 1\n[events.a]\nwhenn = 1\n", filename="x.toml")
    with pytest.raises(timeline.DestinationError, match=r"all\.ics: "):
        timeline.export(GOOD, ["ical"], ["all"], previous={"all.ics": b"torn"})


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "story.toml"
    path.write_bytes(GOOD)
    assert timeline.check(path).consistent
    assert timeline.load(str(path)).timeline.id == "t"
    with pytest.raises(FileNotFoundError):
        timeline.check(tmp_path / "none.toml")


def test_the_clock_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1761500000")
    assert api.now() == 1_761_500_000
    for nonsense in ("", "-1", "x", "9" * 12, "\u0661"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", nonsense)
        assert api.now() >= time.time() - 60


def test_the_file_to_start_from_works() -> None:
    files = starter()
    assert sorted(files) == [".gitattributes", "events.schema.json", "events.toml"]
    report = timeline.check(files["events.toml"])
    assert report.consistent
    assert report.diagnostics == ()
    assert {p.id: p.basis for p in timeline.load(files["events.toml"]).events}["draft"] == "inferred"


def test_a_file_that_is_nested_too_deep_is_told_of_that_alone() -> None:
    report = api.check(b"[events.a]\nnone = " + b"[" * 40 + b"]" * 40)
    assert [d.code for d in report.diagnostics] == ["TL003"]
    assert report.document.data == {}
