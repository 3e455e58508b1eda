"""`timeline embed` and the diagrams of `timeline export` as a user meets them: real processes, real
files, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import CLASH, GOOD, run

MARKED = b"# Story\n\n<!-- timeline: view=v diagram=timeline -->\n<!-- /timeline -->\n\nEnd."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "events.toml").write_bytes(GOOD)
    (tmp_path / "doc.md").write_bytes(MARKED)
    return tmp_path


def test_a_document_is_written_checked_and_left_alone(folder: Path) -> None:
    stale = run("embed", "--check", "doc.md", cwd=folder)
    assert stale.returncode == 1
    assert b"doc.md is stale" in stale.stdout
    assert b"+```mermaid" in stale.stdout
    assert (folder / "doc.md").read_bytes() == MARKED
    done = run("embed", "doc.md", cwd=folder)
    assert (done.returncode, done.stdout) == (0, b"doc.md\n")
    written = (folder / "doc.md").read_bytes()
    assert written.startswith(b"# Story\n\n<!-- timeline: view=v diagram=timeline -->\n\n```mermaid\n")
    assert written.endswith(b"```\n\n<!-- /timeline -->\n\nEnd.")
    assert run("embed", "--check", "doc.md", cwd=folder).returncode == 0
    assert run("embed", "doc.md", cwd=folder).stdout == b"doc.md (unchanged)\n"
    assert sorted(p.name for p in folder.iterdir()) == ["doc.md", "events.toml"]


def test_where_one_document_is_wrong_none_is_touched(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"<!-- timeline: view=w -->\n<!-- /timeline -->\n")
    (folder / "raw.md").write_bytes(b"ab\xff")
    done = run("embed", "doc.md", "bad.md", "raw.md", "gone.md", cwd=folder)
    assert done.returncode == 2
    assert b"cannot read gone.md" in done.stderr
    done = run("embed", "doc.md", "bad.md", "raw.md", cwd=folder)
    assert done.returncode == 1
    assert b"bad.md:1:16: there is no view" in done.stderr
    assert b"raw.md: byte 3 is not UTF-8" in done.stderr
    assert b"no document was written" in done.stderr
    assert (folder / "doc.md").read_bytes() == MARKED


def test_the_events_of_a_document(folder: Path) -> None:
    docs = folder / "docs"
    docs.mkdir()
    (docs / "a.rst").write_bytes(b".. timeline: view=v\n\n.. /timeline\n")
    assert run("embed", "docs/a.rst", cwd=folder).returncode == 0
    assert b".. mermaid::" in (docs / "a.rst").read_bytes()
    (docs / "events.toml").write_bytes(b"[events.x]\ntitle = 'Beside'\nwhen = 2025\n")
    (docs / "b.md").write_bytes(b"<!-- timeline: -->\n<!-- /timeline -->\n")
    assert run("embed", "docs/b.md", cwd=folder).returncode == 0
    assert b"Beside" in (docs / "b.md").read_bytes()
    assert run("embed", "--file", "events.toml", "docs/b.md", cwd=folder).returncode == 0
    assert b"Beside" not in (docs / "b.md").read_bytes()
    (docs / "c.md").write_bytes(b"<!-- timeline: file=../events.toml -->\n<!-- /timeline -->\n")
    assert run("embed", "docs/c.md", cwd=folder).returncode == 0
    for path in ("../../events.toml", "/etc/passwd", "none.toml"):
        (docs / "c.md").write_bytes(f"<!-- timeline: file={path} -->\n<!-- /timeline -->\n".encode())
        done = run("embed", "a.md", "../docs/c.md", cwd=docs)
        assert done.returncode == 2
        done = run("embed", "c.md", cwd=docs)
        assert done.returncode == 1
        assert b"c.md:1:16: " in done.stderr
    (docs / "link.toml").symlink_to("/etc/passwd")
    (docs / "c.md").write_bytes(b"<!-- timeline: file=link.toml -->\n<!-- /timeline -->\n")
    assert b"leads out of the folder" in run("embed", "c.md", cwd=docs).stderr


def test_events_that_contradict_themselves_are_not_embedded(folder: Path) -> None:
    (folder / "events.toml").write_bytes(CLASH)
    done = run("embed", "doc.md", cwd=folder)
    assert done.returncode == 1
    assert b"TL402" in done.stderr
    assert (folder / "doc.md").read_bytes() == MARKED


def test_a_linked_document_stays_a_link_and_keeps_its_rights(folder: Path) -> None:
    (folder / "doc.md").chmod(0o640)
    (folder / "link.md").symlink_to("doc.md")
    done = run("embed", "link.md", "doc.md", cwd=folder)
    assert done.stdout == b"link.md\n"
    assert (folder / "link.md").is_symlink()
    assert b"mermaid" in (folder / "doc.md").read_bytes()
    assert (folder / "doc.md").stat().st_mode & 0o777 == 0o640


def test_what_embed_refuses(folder: Path) -> None:
    assert run("embed", cwd=folder).returncode == 2
    assert run("embed", "-", cwd=folder).returncode == 2
    (folder / "plain.md").write_bytes(b"no marker\r\n")
    done = run("embed", "plain.md", cwd=folder)
    assert done.returncode == 0
    assert b"no marker" in done.stderr
    assert (folder / "plain.md").read_bytes() == b"no marker\r\n"


# --- diagrams by export --------------------------------------------------------------------------


def test_kinds_and_looks_of_an_export(folder: Path) -> None:
    done = run("export", "-f", "mermaid-gantt", "-f", "mermaid-flowchart", "--lanes", "person",
               "--direction", "LR", "--theme", "forest", "--span", "2025-10", cwd=folder)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (folder / "exports").iterdir()) == [
        "all.flowchart.mmd", "all.gantt.mmd", "v.flowchart.mmd", "v.gantt.mmd",
    ]  # fmt: skip
    text = (folder / "exports" / "v.flowchart.mmd").read_text("utf-8")
    assert '"theme": "forest"' in text
    assert "flowchart LR" in text
    assert "Oct 2025" in text


@pytest.mark.parametrize(("option", "value", "told"), [
    ("--lanes", "plac", b"--lanes cannot be"), ("--direction", "up", b"LR, TB"),
    ("--theme", "x", b"forest"), ("--span", "2025-13", b"no month 13"), ("-f", "mermaid-x", b"no format"),
])  # fmt: skip
def test_a_look_that_there_is_not(folder: Path, option: str, value: str, told: bytes) -> None:
    done = run("export", option, value, cwd=folder)
    assert done.returncode == 2
    assert told in done.stderr
    assert not (folder / "exports").exists()


def test_parts_on_disk_and_what_is_left_of_them(folder: Path) -> None:
    many = "".join(f"[events.e{i}]\nwhen = 2025-{i // 28 + 1:02}-{i % 28 + 1:02}\n" for i in range(90))
    (folder / "events.toml").write_bytes(b'[timeline]\nid = "t"\ntimezone = "UTC"\n' + many.encode())
    ask = ("export", "-f", "mermaid-gantt")
    assert run(*ask, cwd=folder).returncode == 0
    names = sorted(p.name for p in (folder / "exports").iterdir())
    assert names == ["all.gantt-1.mmd", "all.gantt-2.mmd", "all.gantt-3.mmd"]
    assert run(*ask, "--check", cwd=folder).returncode == 0
    done = run(*ask, "-o", "-", cwd=folder)
    assert done.returncode == 2
    assert b"3 parts" in done.stderr
    assert run(*ask, "-o", "-", "--span", "2025-01", cwd=folder).stdout.startswith(b"%%{init")
    (folder / "exports" / "all.gantt-02.mmd").write_bytes(b"mine")
    less = run(*ask, "--span", "2025-01", cwd=folder)
    assert less.returncode == 0
    for n in (1, 2, 3):
        assert f"all.gantt-{n}.mmd is left from before: delete it".encode() in less.stderr
    stale = run(*ask, "--span", "2025-01", "--check", cwd=folder)
    assert stale.returncode == 1
    assert stale.stdout.count(b"is left from before") == 3
    assert (folder / "exports" / "all.gantt-3.mmd").exists()


def test_a_span_that_the_zone_skips(folder: Path) -> None:
    (folder / "events.toml").write_bytes(GOOD.replace(b'"UTC"', b'"Europe/Oslo"'))
    done = run("export", "-f", "mermaid", "--span", "2025-03-30T02:30", cwd=folder)
    assert done.returncode == 2
    assert b"Europe/Oslo skips" in done.stderr
