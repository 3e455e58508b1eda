from __future__ import annotations

from collections.abc import Callable

import pytest

from timeline.explanations import EXPLANATIONS
from timeline.render.explain import explain
from timeline.rules import RULES
from timeline.width import visible, width


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_a_rule_is_explained(
    columns: int, colour: bool, snapshot: Callable[[str, str], None]
) -> None:
    shown = explain("TL401", colour=colour, width=columns)
    snapshot(f"explain-{columns}{'-colour' * colour}", shown)


@pytest.mark.parametrize("code", list(RULES))
def test_every_rule_fits(code: str) -> None:
    lines = explain(code, colour=False, width=40).split("\n")
    assert lines[0] == f"{code} {RULES[code].name}"
    assert all(width(line) <= 40 or line.startswith("    ") for line in lines)
    assert all(visible(line) == line for line in lines)
    if not EXPLANATIONS[code].bad:
        assert "Broken by:" not in lines


def test_an_unknown_rule_is_not_explained() -> None:
    with pytest.raises(KeyError):
        explain("TL999", colour=False, width=80)


def test_markdown_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    why = """\
One two three four five six seven.
And on.


# Heading

- first and
  foremost, at length
- second
* third

```toml
a = 1

  b\t= 2
```
    indented
Last."""
    told = EXPLANATIONS["TL501"]._replace(why=why, bad="", good="")
    monkeypatch.setitem(EXPLANATIONS, "TL501", told)
    assert explain("TL501", colour=False, width=24) == """\
TL501 no-events
a warning: the check
fails with --strict

The timeline holds no
events.

One two three four five
six seven. And on.

Heading

  - first and foremost,
    at length
  - second
  - third

    a = 1

      b\\t= 2
    indented
Last.
"""
