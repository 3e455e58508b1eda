"""The house: one street, one direction. Each module knows only modules behind it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "timeline"

# From the far end of the street to the door. A module may import only what stands before it.
STREET = """
    rules explanations
    gregorian period edtf duration civil window
    width scan slips source
    diagnostics memo
    model schema events_schema
    values book names claims chains reader
    allen stn circle sweep solver compatible *conflict
    network words order solution schedule grounds
    mend contradiction
    checks
    render.* exporters
    feed exporters.*
    embed_text embed
    files starter published
    api
    serve.* server
    terminal embed_command serve_command commands cli __main__
""".split()


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path
    return found


MODULES = modules()


def place(name: str) -> int | None:
    """How far down the street a module stands; those under one `.*` entry share a place."""
    for i, entry in enumerate(STREET):
        if entry == name:
            return i
    for i, entry in enumerate(STREET):
        if entry.endswith(".*") and name.startswith(entry[:-1]):
            return i
        if entry.endswith(".*") and name == entry[:-2]:
            return i
        if entry.startswith("*") and name.endswith(entry[1:]):
            return i
    return None


def imports(path: Path) -> set[str]:
    """Every module of the package that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [node.module or ""]
            if node.module is not None and node.module.startswith("timeline"):
                names += [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            inner = name.removeprefix("timeline.")
            if inner != name and inner in MODULES:
                found.add(inner)
    return found


def test_every_module_has_its_place() -> None:
    assert [name for name in MODULES if name and place(name) is None] == []


@pytest.mark.parametrize("name", [name for name in MODULES if name])
def test_nobody_reaches_backwards(name: str) -> None:
    here = place(name)
    assert here is not None
    shared = STREET[here].endswith(".*") or STREET[here].startswith("*")
    for other in imports(MODULES[name]):
        there = place(other)
        assert there is not None
        assert there < here or (shared and there == here), f"{name} imports {other}"


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith(("render.", "exporters.", "serve."))])
def test_members_of_a_folder_do_not_go_in_circles(name: str) -> None:
    reached, todo = set(), [name]
    while todo:
        for other in imports(MODULES[todo.pop()]):
            if other not in reached:
                reached.add(other)
                todo.append(other)
    assert name not in reached


def test_a_clean_check_loads_nothing_heavy() -> None:
    """What `check` does not need is not imported on its way: its start is part of its use."""
    code = """
import sys
from click.testing import CliRunner
from timeline.cli import main
result = CliRunner().invoke(main, ["check", "--output-format", "json", "events.toml"])
assert result.exit_code == 0, result.output
heavy = {"icalendar", "dateutil", "difflib", "asyncio", "http", "email", "jsonschema", "numpy",
         "starlette", "uvicorn", "timeline.exporters.ical", "timeline.explanations", "timeline.mend"}
found = heavy & set(sys.modules)
assert not found, found
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parent, timeout=60)


def test_the_library_prints_nothing() -> None:
    allowed = {"terminal", "__main__"}
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print" or name in allowed, name
