"""Tests that need a real tool of the outside world, and what happens where it is absent."""

from __future__ import annotations

import os

import pytest


def require(tool_name: str, available: bool) -> None:
    """Go on only where the tool is there: else skip, or fail where CI=true must have them all.

    `tool_name` is what a person would install, in words that say how.
    """
    if available:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have {tool_name}", pytrace=False)
    pytest.skip(f"needs {tool_name}")
