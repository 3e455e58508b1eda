"""The README is true: its set-up commands are single lines that stand where they are looked for, its
Python runs, and its stories can be read. (What its console blocks print is compared in test_docs.)"""

from __future__ import annotations

import re
from pathlib import Path

import tomli

import timeline

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.S | re.M)


def test_two_commands_set_everything_up() -> None:
    for heading in ("Run it", "Test it"):
        found = re.search(rf"^## {heading}\n.*?^```sh\n(.+?)\n```", TEXT, re.S | re.M)
        assert found is not None
        assert "\n" not in found[1]
        assert found[1].startswith("python3 -m venv .venv && .venv/bin/pip install")


def test_the_story_is_consistent() -> None:
    (story,) = blocks("toml")
    tomli.loads(story)
    assert timeline.check(story.encode()).consistent


def test_the_python_runs() -> None:
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code.replace('"events.toml"', repr(str(ROOT / "events.toml"))), "README", "exec"),
         names)  # fmt: skip
    files = names["files"]
    assert isinstance(files, dict)
    assert set(files) == {"all.ics", "trip.ics", "first-month.ics"}


def test_every_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
