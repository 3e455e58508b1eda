"""SARIF 2.1.0, checked by hand against the standard: clause numbers are its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from hypothesis import given
from render_cases import FAULTS, FAULTY, patiently, reports

from timeline.diagnostics import Diagnostic
from timeline.render.sarif import sarif
from timeline.source import Document, Span


def check(log: dict[str, Any]) -> None:
    """What the standard asks of the objects that are written here, and nothing beside them."""
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"  # 3.13.2
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]  # 3.19.8: shall be present
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert set(rule) == {"id", "name", "shortDescription", "help", "defaultConfiguration",
                             "properties"}  # fmt: skip
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")  # 3.50.3
        message(rule["shortDescription"])
        message(rule["help"])
    for result in run["results"]:
        assert set(result) - {"relatedLocations", "partialFingerprints"} == {
            "ruleId", "ruleIndex", "level", "message", "locations"
        }  # fmt: skip
        rule = rules[result["ruleIndex"]]  # 3.27.6
        assert rule["id"] == result["ruleId"]
        assert result["level"] == rule["defaultConfiguration"]["level"]  # 3.27.10
        message(result["message"])
        (location,) = result["locations"]
        assert set(location) == {"physicalLocation"}
        physical(location["physicalLocation"])
        for key, value in result.get("partialFingerprints", {}).items():  # 3.27.17
            assert key == "path/v1"
            assert value.startswith(f"{result['ruleId']}:")
        ids = [one["id"] for one in result.get("relatedLocations", ())]
        assert ids == list(range(len(ids)))  # 3.28.2: distinct and not negative
        for one in result.get("relatedLocations", ()):
            assert set(one) == {"id", "message", "physicalLocation"}
            message(one["message"])
            physical(one["physicalLocation"])


def message(value: dict[str, str]) -> None:
    assert set(value) == {"text"}
    rest = value["text"].replace("{{", "").replace("}}", "")
    assert "{" not in rest  # 3.11.5: no placeholder
    assert "}" not in rest
    assert "](" not in value["text"].replace("\\](", "")  # 3.11.6: no embedded link


def physical(value: dict[str, Any]) -> None:
    assert set(value) == {"artifactLocation", "region"}
    uri = value["artifactLocation"]["uri"]
    assert uri.isascii()
    assert ":" not in uri.removeprefix("file://")  # 3.10.1: a reference, not another scheme
    region = value["region"]
    assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
    assert all(isinstance(n, int) and n >= 1 for n in region.values())  # 3.30.5 to 3.30.8
    begin = region["startLine"], region["startColumn"]
    assert begin <= (region["endLine"], region["endColumn"])


def test_a_log(snapshot: Callable[[str, str], None]) -> None:
    shown = sarif(FAULTS, FAULTY)
    snapshot("sarif.json", shown)
    log = json.loads(shown)
    check(log)
    result = log["runs"][0]["results"][5]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 14, "startColumn": 1, "endLine": 14, "endColumn": 9
    }  # fmt: skip
    assert result["partialFingerprints"] == {"path/v1": "TL106:events.talks.accounts"}
    assert len(result["relatedLocations"]) == 2


def test_nothing_found() -> None:
    log = json.loads(sarif([], FAULTY))
    check(log)
    assert log["runs"][0]["results"] == []


def test_names_of_files_are_references() -> None:
    found = [Diagnostic("TL002", "write { a = [1](b) }", span=Span(1, 1, 1, 1))]
    cases = {
        "a b:c%.toml": "a%20b%3Ac%25.toml",
        "/tmp/日.toml": "file:///tmp/%E6%97%A5.toml",
        "a\\b.toml": "a/b.toml",
        "x\udcff": "x%FF",
    }
    for name, uri in cases.items():
        log = json.loads(sarif(found, Document(name, "", {})))
        check(log)
        result = log["runs"][0]["results"][0]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
        assert result["message"]["text"] == "write {{ a = [1\\](b) }}"
        assert "partialFingerprints" not in result


@patiently
@given(reports())
def test_any_finding_is_valid(report: tuple[list[Diagnostic], Document]) -> None:
    found, document = report
    shown = sarif(found, document)
    assert shown.replace("\n", "").isprintable()
    assert shown.isascii()
    log = json.loads(shown)
    check(log)
    results = log["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [one.code for one in found]
    for one in results:
        uri = one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri, errors="surrogateescape") == document.filename
