"""The search for garbage is as it was before, whatever happens while it is put off."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from timeline.serve.garbage import unsearched


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("searched", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_it_is_put_off_and_put_back(searched: bool, fails: bool) -> None:
    (gc.enable if searched else gc.disable)()
    try:
        with unsearched():
            assert not gc.isenabled()
            if fails:
                raise OSError
    except OSError:
        assert fails
    assert gc.isenabled() is searched
