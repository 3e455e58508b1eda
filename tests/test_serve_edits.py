"""However a file is edited, each edition is what an export that knows of none before would write."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pytest
from edited_files import Edit, File, edits
from feed_cases import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline import api
from timeline.serve import live as module
from timeline.serve.live import Live


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_wait_until_settled", lambda file, settled, now: None)


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(edits(), min_size=1, max_size=12))
def test_every_edition_is_that_of_a_cold_export(changes: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, file, now = Path(folder) / "events.toml", File(), NOW
        path.write_bytes(file.text())
        live = Live(path, keep=False, clock=lambda: now, settled=0)
        for i, change in enumerate(changes):
            file.edit(*change)
            before = {name: body.data for name, body in live.edition.bodies.items()}
            now += 60
            path.unlink()
            path.write_bytes(file.text())
            live.tend(float(i))
            if live.fault is not None:  # what is published stays
                continue
            cold = api.export(file.text(), previous=before, clock=partial(int, now))
            bodies = live.edition.bodies
            assert {n: o.text.encode() for n, o in cold.items()} == {n: b.data for n, b in bodies.items()}
