"""What all tests share: snapshots of what people see, made anew by `--snapshots=update`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

if os.environ.get("CI") == "true":  # the same examples in every run, so that a change is judged by itself
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    settings.register_profile(
        "ci", derandomize=True, deadline=None, database=None, suppress_health_check=slow
    )
    settings.load_profile("ci")

SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--snapshots", choices=("check", "update"), default="check",
        help="compare with the files under tests/snapshots, or write them anew",
    )  # fmt: skip


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
