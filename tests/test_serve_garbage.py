"""The search for garbage is as it was before, whatever happens while it is put off."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from timeline.serve.garbage import spare, unsearched


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()
    gc.unfreeze()


def test_what_is_spared_is_freed_when_nobody_needs_it() -> None:
    class Node:
        def __init__(self) -> None:
            self.itself = self

    node = Node()
    gone = weakref.ref(node)
    spare()
    assert gc.get_freeze_count() > 0
    del node
    gc.collect()
    assert gone() is not None, "no search goes through it"
    spare()
    assert gone() is None, "the next time it is looked for"


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
