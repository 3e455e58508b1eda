"""What all tests share: snapshots of what people see, made anew by `--snapshots=update`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from timeline.exporters import Exporter, Occasion, Output
from timeline.model import View
from timeline.schedule import Schedule

if os.environ.get("CI") == "true":  # the same examples in every run, so that a change is judged by itself
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    settings.register_profile(
        "ci", derandomize=True, deadline=None, database=None, suppress_health_check=slow
    )
    settings.load_profile("ci")

DIAGRAMS = {"mermaid-timeline": "timeline", "mermaid-gantt": "gantt", "mermaid-flowchart": "flowchart"}
SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshots", choices=("check", "update"), default="check",
        help="compare with the files under tests/snapshots, or write them anew",
    )  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def every_diagram_is_read_back() -> Iterator[None]:
    """Whatever a test has Mermaid diagrams written for, Mermaid itself reads each of them, in every
    version: as that kind of diagram, with each event in it once, and no live markup."""
    made: dict[tuple[str, ...], tuple[str, int | None]] = {}
    plain = Exporter.export

    def recorded(
        self: Exporter, schedule: Schedule, view: View | None, occasion: Occasion
    ) -> Output:
        output = plain(self, schedule, view, occasion)
        if self.name in DIAGRAMS:
            whole = None if occasion.look.span else len(schedule.select(view)) - len(output.omitted)
            made[output.text, *output.more] = DIAGRAMS[self.name], whole
        return output

    with patch.object(Exporter, "export", recorded):
        yield
    if made:
        from mermaid_host import VERSIONS, has_reader, read_back, said_of_events

        for texts, (kind, count) in made.items() if has_reader() else ():
            for version in VERSIONS:
                models = [read_back(text, version) for text in texts]
                said = [one for model in models for one in said_of_events(model)]
                assert {model["kind"] for model in models} == {kind}, texts
                assert count is None or len(said) == count, texts
                assert not any("⟦" in one and "⟦" not in texts[0] for one in said), texts


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`snapshot("why-80", text)`: the text is what tests/snapshots/why-80.txt holds.

    ESC is kept as ␛, so that the files can be read in a diff.
    """

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        seen = text.replace("\x1b", "␛")
        if request.config.getoption("--snapshots") == "update":
            path.parent.mkdir(exist_ok=True)
            path.write_text(seen, "utf-8", newline="")
        assert path.exists(), f"{path} is missing: run pytest --snapshots=update"
        assert seen == path.read_bytes().decode(), f"{path}: run pytest --snapshots=update"

    return compare
