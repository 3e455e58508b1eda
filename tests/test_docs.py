"""The generated pages are those that the program's tables give."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@cache
def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


@pytest.mark.parametrize("name", sorted(generated()))
def test_page_is_in_step(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == generated()[name], "run python docs/generate.py"
