"""Write docs/format.md, docs/relations.md and docs/rules.md from the program's own tables, what the
commands in README.md print below each of them, and the pictures of docs/gallery.md.

    python docs/generate.py           write them
    python docs/generate.py --check   fail where one is out of step

The prose stands in docs/templates/; a line `{{ table NAME }}` becomes the table of that name's keys.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import timeline
from timeline.explanations import EXPLANATIONS
from timeline.exporters.svg import draw
from timeline.rules import RULES
from timeline.schema import RELATIONS, TABLES, Key

HERE = Path(__file__).parent


def row(name: str, key: Key) -> str:
    meaning = key.meaning.replace("|", "\\|")
    needed = " (required)" if key.required else ""
    return f"| `{name}` | `{key.example}` | {meaning}{needed} |"


def table(name: str) -> str:
    keys = TABLES[name.removesuffix(" without relations").removesuffix(" relations")]
    if name.endswith(" without relations"):
        keys = {k: v for k, v in keys.items() if k not in RELATIONS}
    elif name.endswith(" relations"):
        keys = {k: v for k, v in keys.items() if k in RELATIONS}
    rows = [row(name, key) for name, key in keys.items()]
    return "\n".join(["| key | for example | meaning |", "| --- | --- | --- |", *rows])


def filled(template: str) -> str:
    return re.sub(r"\{\{ table ([a-z ]+) \}\}", lambda found: table(found[1]), template)


def rules() -> str:
    parts = [
        "# Rules\n",
        "Every finding has a code. Errors (TL0xx to TL4xx) make `timeline check` fail; warnings do with",
        "`--strict`; advices never do. Warnings and advices can be silenced with `ignore`, for one event",
        "or the whole timeline. `timeline explain TL203` shows the same in a terminal.\n",
        "| code | name | kind | about |",
        "| --- | --- | --- | --- |",
    ]
    for rule in RULES.values():
        link = f"[{rule.code}](#{rule.code.lower()})"
        parts.append(f"| {link} | {rule.name} | {rule.severity} | {rule.summary} |")
    for rule in RULES.values():
        told = EXPLANATIONS[rule.code]
        parts += [f"\n## {rule.code}\n", f"**{rule.name}** ({rule.severity}): {rule.summary}.\n"]
        parts.append(told.why)
        if told.bad:
            parts.append(f"\nSpoken of:\n\n```toml\n{told.bad}```\n\nIn order:\n\n```toml\n{told.good}```")
    return "\n".join(parts) + "\n"


def printed(command: str) -> str:
    """What a command of the README prints at 80 columns, without colour, from the project's folder."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=HERE.parent, env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    return done.stdout.decode()


def readme() -> str:
    """README.md with the output of each `console` block as it is now."""
    text = (HERE.parent / "README.md").read_text("utf-8")

    def block(found: re.Match[str]) -> str:
        return f"```console\n$ {found[1]}\n{printed(found[1])}```"

    return re.sub(r"```console\n\$ (.+)\n(?:.*\n)*?```", block, text)


def pictures() -> dict[str, str]:
    """The pictures of the gallery, as the commands beside them make them."""
    sys.path.insert(0, str(HERE))
    from stories import story

    made = {}
    example = timeline.load(HERE.parent / "events.toml")
    stories = {
        "": example,
        "undated-": timeline.load(HERE.parent / "tests" / "undated.toml"),
        "harbour-50-": timeline.load(story(50).encode()),
        "harbour-500-": timeline.load(story(500).encode()),
    }
    for prefix, schedule in stories.items():
        for name, output in timeline.export(schedule, ["svg"]).items():
            made[f"gallery/{prefix}{name}"] = output.text
    made["gallery/phone.svg"] = draw(example, example.timeline.views["trip"], width=380)
    made["gallery/lanes.svg"] = draw(example, example.timeline.views["trip"], lanes="place")
    return made


def pages() -> dict[str, str]:
    """Every generated page, by its path from docs/."""
    templates = HERE / "templates"
    made = {t.name: filled(t.read_text("utf-8")) for t in sorted(templates.glob("*.md"))}
    return {**made, "rules.md": rules(), "../README.md": readme(), **pictures()}


def main() -> int:
    made = pages()
    stale = [
        name
        for name, text in made.items()
        if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != text
    ]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/{name} is out of step: run python docs/generate.py")
        return 1 if stale else 0
    (HERE / "gallery").mkdir(exist_ok=True)
    for name in stale:
        (HERE / name).write_text(made[name], "utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
