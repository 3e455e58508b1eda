"""Documents and findings to render, made by hand: what is seen hangs on the renderers alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from toml_documents import documents as toml

from timeline.api import check
from timeline.diagnostics import Diagnostic, Label, Path
from timeline.rules import RULES
from timeline.schedule import Schedule
from timeline.schedule import place as schedule_of
from timeline.source import Document, Span, parse

FAULTY = parse(
    """\
[timeline]
title = "Takaichi and Trump"
timezone = "Asia/Toky"

[events.audience]
title    = "Emperor Naruhito receives Trump"
when     = "2025-13-27"
durration = "30m"

[events.talks]
title = "高市首相とトランプ大統領の会談、赤坂迎賓館で"   # 全角
after = [ "audiance" ,"lunch"]
\tplace\t= "赤坂迎賓館"
accounts = [
  { when = "2025-10-27T18:30~", source = "nation" },
  { start = "2025-10-27T18:05~", end = "2025-10-27T18:35~", source = "capitol" },
]
description = \"\"\"
Long
longer
and longer still
and even longer
and so long
that it tires\"\"\"
note = "\\u001b[31m"
""".encode(),
    "story/events.toml",
)

FAULTS = (
    Diagnostic("TL208", 'there is no time zone "Asia/Toky"', ("timeline", "timezone"),
               help='did you mean "Asia/Tokyo"?'),
    Diagnostic("TL202", "there is no month 13", ("events", "audience", "when"), within=(5, 2),
               help="write `2025-12-27`"),
    Diagnostic("TL101", "`durration` is not a key of an event", ("events", "audience", "durration"),
               part="key", help="did you mean `duration`? Known keys: accounts, after, before, "
               "contains, description, duration, during, earliest, end, equals, finished_by"),
    Diagnostic("TL301", 'there is no event "audiance"', ("events", "talks", "after", 0),
               help='did you mean "audience"?'),
    Diagnostic("TL505", '"赤坂迎賓館" is close to the declared place "akasaka"',
               ("events", "talks", "place"), notes=("a bare name is taken as it is",)),
    Diagnostic("TL106", "`accounts` takes the place of `after`", ("events", "talks", "accounts"),
               part="key", related=(
                   Label(("events", "talks", "after"), "the order stands here", "key"),
                   Label(("events", "audience", "when"), "and this is a date whose explanation is "
                         "so long that it cannot stand beside it",
                         notes=("a label may have a note",)),
               )),
    Diagnostic("TL503", "the accounts of `talks` differ by 25 min", ("events", "talks", "accounts"),
               related=(
                   Label(("events", "talks", "accounts", 0), "The Nation: 18:30"),
                   Label(("events", "talks", "accounts", 1), "Capitol Institute: from 18:05 to "
                         "18:35, ruled out by the rest"),
               )),
    Diagnostic("TL109", "the text is long", ("events", "talks", "description")),
    Diagnostic("TL102", "the list is of the wrong kind", ("events", "talks", "accounts"),
               related=(Label(("events", "talks", "title"), "the title"),)),
    Diagnostic("TL501", "nothing\x1b[2J\x07 to\u202e see"),
    Diagnostic("TL002", "it ends here", span=Span(25, 1, 25, 1)),
)  # fmt: skip

CLASHING = parse(
    b"""\
[sources.nation]
title = "The Nation Thailand: Trump received by the Emperor"
[sources.capitol]
title = "Capitol Institute: Trump's audience at the Imperial Palace"

[events.audience]
when = "2025-10-27T18:30"
duration = "30m"
source = "nation"

[events.talks]
after = { event = "audience", lag = "1h..", source = ["capitol", "nation"] }
latest = "2025-10-27T18:45"

[events.a]
after = "c"
[events.b]
after = "a"
[events.c]
[[sequences]]
title = "Long"
events = ["b", "c"]
source = "nation"
""",
    "events.toml",
)


def _statement(message: str, sources: list[str], mend: str, path: Path, size: int | None = None
               ) -> dict[str, object]:  # fmt: skip
    return {"message": message, "sources": sources, "mend": mend, "change_seconds": size,
            "path": ".".join(str(p) for p in path)}  # fmt: skip


NATION = "The Nation Thailand: Trump received by the Emperor"
CAPITOL = "Capitol Institute: Trump's audience at the Imperial Palace"
_TALKS = "talks would start no earlier than 27 Oct 2025, 20:00 and no later than 27 Oct 2025, 18:45"
_AUDIENCE: Path = ("events", "audience")


def contradiction(
    code: str, paths: list[Path], told: list[dict[str, object]], verdict: str
) -> Diagnostic:
    """A contradiction of some statements, as the checks make it."""
    return Diagnostic(
        code, f"these {len(told)} statements cannot all be true: {verdict}", paths[0],
        help="the least change: (1) …",
        related=tuple(
            Label(p, str(entry["message"]), notes=(str(entry["mend"]),))
            for p, entry in zip(paths[1:], told[1:], strict=True)
        ),
        details={"kind": "circle" if code == "TL402" else "numbers", "short_by": 4500,
                 "verdict": verdict, "statements": told},
    )  # fmt: skip


NUMBERS = contradiction(
    "TL401",
    [(*_AUDIENCE, "when"), (*_AUDIENCE, "duration"), ("events", "talks", "after"),
     ("events", "talks", "latest")],
    [
        _statement("audience is dated 2025-10-27T18:30", [NATION],
                   "write 2025-10-27T17:15 (or earlier)", (*_AUDIENCE, "when"), 4500),
        _statement("audience lasts 30m", [NATION], "no other length would do: drop it",
                   (*_AUDIENCE, "duration")),
        _statement("talks is after audience by 1h..", [CAPITOL, NATION],
                   'turn it round (before = "audience"), or drop it', ("events", "talks", "after")),
        _statement("talks is no later than 2025-10-27T18:45", [],
                   "write 2025-10-27T20:01 (or later)", ("events", "talks", "latest"), 4560),
    ],
    f"{_TALKS}: 1 h 15 min short",
)  # fmt: skip

CIRCLE = contradiction(
    "TL402",
    [("events", "a", "after"), ("sequences", 0, "events", 1), ("events", "b", "after")],
    [
        _statement("a is after c", [], 'turn it round (before = "c")', ("events", "a", "after")),
        _statement('c is after b in the sequence "Long"', [NATION], "part the sequence here",
                   ("sequences", 0, "events", 1)),
        _statement("b is after a", [], "drop it", ("events", "b", "after")),
    ],
    "in a circle: a → c → b → a",
)  # fmt: skip


def long_circle(count: int) -> tuple[Document, Diagnostic]:
    """A circle of so many events."""
    names = [f"e{i}" for i in range(count)]
    text = "".join(
        f'[events.{name}]\nafter = "{names[i - 1]}"\n' for i, name in enumerate(names)
    )
    paths: list[Path] = [("events", name, "after") for name in names]
    told = [_statement(f"{name} is after {names[i - 1]}", [], "drop it", paths[i])
            for i, name in enumerate(names)]  # fmt: skip
    return parse(text.encode(), "long.toml"), contradiction("TL402", paths, told, "in a circle")


# Findings for Hypothesis

patiently = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # however busy the machine is
SLY = (
    "\x1b[31m", "\x9b", "\u202e", "\u200d", "\ufe0f", "👨\u200d👩", "日本", "\t", "\n", "\r\n",
    '"', "'''", '"""', "[", "{", "=", "# ", "a", "é", "e\u0301", "🇯🇵", "👍🏽", "\U000e0101", "%",
    "::", "](", "{0}", " ", ".", "[events.a]\nwhen = ",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(SLY), st.text(max_size=30)), max_size=12).map("".join)
words = texts | st.text(max_size=90)
@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span anywhere, also outside of any text; it never ends before it begins."""
    row, column = draw(st.integers(1, 12)), draw(st.integers(1, 120))
    end_row = draw(st.integers(row, row + 9))
    return Span(row, column, end_row, draw(st.integers(column if end_row == row else 1, 150)))


entries = st.fixed_dictionaries(
    {"message": words, "sources": st.lists(words, max_size=2), "mend": words,
     "change_seconds": st.none() | st.integers(0, 10**6), "path": words}
)  # fmt: skip
filenames = st.sampled_from(
    ["events.toml", "a,b:c%.toml", "<stdin>", "日本.toml", "x\x1b[2J\udcff.toml"]
)
_codes = st.sampled_from(sorted(RULES))
_pieces = st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20))
_notes = st.lists(words, max_size=2).map(tuple)


def _paths(data: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for name, value in items:
        yield from _paths(value, (*path, name))


def _finding(*given: Any, **named: Any) -> Diagnostic:
    """A diagnostic of just these: of a named tuple itself, `builds` would make up the rest too."""
    return Diagnostic(*given, **named)


def _label(*given: Any) -> Label:
    return Label(*given)


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[Diagnostic], Document]:
    """Findings anywhere: in TOML by their paths, or in any text at all by their spans."""
    name = draw(filenames)
    if draw(st.booleans()):
        any_text = Document(name, draw(texts), {})
        return draw(st.lists(st.builds(_finding, _codes, words, help=words, notes=_notes,
                                       span=spans()), max_size=3)), any_text  # fmt: skip
    written, data = draw(toml())
    document = Document(name, written, data)
    paths = st.sampled_from([*_paths(data), ("events", "a", 0), ("x",)])
    parts = st.sampled_from(["value", "key"])
    labels = st.lists(st.builds(_label, paths, words, parts, _notes), max_size=2).map(tuple)
    found = st.builds(_finding, _codes, words, path=paths, part=parts, help=words, notes=_notes,
                      related=labels, within=_pieces)  # fmt: skip
    drawn = draw(st.lists(found, max_size=3))
    for i, one in enumerate(drawn):
        if draw(st.booleans()):
            count = 1 + len(one.related)
            told = draw(st.lists(entries, min_size=count, max_size=count))
            kind = draw(st.sampled_from(["numbers", "circle"]))
            drawn[i] = one._replace(details={"kind": kind, "short_by": 4500, "statements": told})
    return drawn, document


def solved(text: str, filename: str = "events.toml") -> tuple[Schedule, Document]:
    """A consistent file, solved."""
    report = check(text.encode(), filename=filename)
    assert report.solution is not None, [d.message for d in report.diagnostics]
    return schedule_of(report.solution), report.document


EVERY_KIND = """\
[timeline]
title = "Of every kind"
timezone = "Europe/Berlin"
[sources.a]
title = "Source A"
[events.moment]
title = "A moment, no more"
when = 2025-10-27T18:30:00
[events.lasting]
title = "A duration after a moment"
when = 2025-10-27T19:00:00
duration = "2h.."
[events.off]
title = "Called off"
when = 2025-10-29
status = "cancelled"
[events.maybe]
title = "Perhaps"
when = "2025-10-28?"
status = "tentative"
[events.since]
title = "From then on"
earliest = 2025-10-28
[events.started]
title = "Starts in a window"
start = 2025-10-28
[events.ended]
title = "Ends in a window"
end = 2025-10-28
[events.unknown]
title = "高市首相とトランプ大統領の会談、赤坂迎賓館にて行われた歴史的な会談であり、日米関係の新たな章を開いた"
when = "XXXX"
[events.long]
title = "Certainly under way"
start = 2025-10-26
end = 2025-10-30
source = "a"
[events.adrift]
[events.set]
title = "In one of these"
when = "{2025-10-26,2025-10-28}"
[events.held]
contains = { event = "long", source = "a", note = "By its very nature, and whatever comes." }
[events.newyork]
title = "Far away"
when = 2025-10-27T12:00:00
timezone = "America/New_York"
[events.fuzzy]
when = { date = "2025-10-27~", tolerance = "1d" }
[events.narrow]
when = "2025-10"
after = "long"
before = "late"
[events.late]
latest = 2025-10-31
[views.none]
who = ["nobody"]
[views.few]
title = "A few"
events = ["moment", "off"]
"""
