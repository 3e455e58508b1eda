"""What a person reads who has made one of the usual slips, and where the caret stands."""

from __future__ import annotations

import pytest
import tomli

from timeline.slips import nesting
from timeline.source import SourceError, parse

# The text, the stretch that the caret marks, what the message says and what the help says.
_SLIPS = [
    # said twice
    ("a = 1\n\na = 2", "a@7", "the key `a` stands twice, first in line 1", "keep one"),
    ("[e.x]\nt = 1\n[ e.x ]\n", "[ e.x ]", "table [e.x] stands twice, first in line 1", "header"),
    ("[[s]]\n[s]", "[s]@6", "the table [s] stands twice, first in line 1", "one header"),
    ("a.b = 1\n[a]", "[a]", "the table [a] stands twice, first in line 1", "one header"),
    ("e = {w = {}}\n[e.w]\nx = 1", "e@14", "nothing can be added to `e` here", "in one place"),
    ("[[s]]\na = {}\n[s.a.b]", "a@16", "nothing can be added to `a` here: it stands in line 2", ""),
    ("a = 1\n[b]\n[a.c]", "a@11", "nothing can be added to `a` here: it stands in line 1", ""),
    ("a = {}\n[a]", "[a]", "the table [a] stands twice, first in line 1", "one header"),
    ("[a.b]\n[a]\nb.c = 1", "b@10", "nothing can be added to `b` here: it stands in line 1", ""),
    ("[t]\nx = 1\n[u]\nx = 1\nx = 2", "x@20", "`x` stands twice, first in line 4", "keep one"),
    ("a = {x = 1, y = [1, {z = 1, 'z' = 2}]}", "'z'", "`z` stands twice, first in line 1", "keep"),
    ("a = [\n{x = 1},\n{x = 2, x = 3}]", "x@23", "`x` stands twice, first in line 3", "keep one"),
    ("a = {x = {}, x.z = 2}", "x@13", "nothing can be added to `x` here", "in one place"),
    ("a = 1\na = 2 3", "a@6", "the key `a` stands twice, first in line 1", "keep one"),
    ("a = {x = 1, x = 2 3}", "x@12", "the key `x` stands twice", "keep one"),
    (f'{"k" * 80} = 1\n{"k" * 80} = 1', "k" * 80 + "@85", "kkkkk…` stands twice", "keep one"),
    ('"\x9b" = 1\n"\x9b" = 1', '"\x9b"@8', r"the key `\u009b` stands twice", "keep one"),
    # values without quotes
    ("t = Talks, then tea # c", "Talks, then tea", "has no quotes", 'write "Talks, then tea"'),
    ("t = Talks\r\nb = 1", "Talks", "`Talks` has no quotes around it", 'write "Talks"'),
    ('t = a "b" c', 'a "b" c', "has no quotes", "put it between quotes"),
    ('t = Talks"', 'Talks"', "has no quotes", 'write "Talks"'),
    (f"t = {'x' * 99}", "x" * 99, f"`{'x' * 59}…` has no quotes", "put it between quotes"),
    ("t = \u65e5\u672c", "\u65e5\u672c", "has no quotes", 'write "日本"'),
    ("w = 2026-03", "2026-03", "has no quotes", 'write "2026-03"'),
    ("w = { date = 1984~, b = 1 }", "1984~", "has no quotes", 'write "1984~"'),
    ("w = 30m", "30m", "has no quotes", 'write "30m"'),
    ("w = 2025-10-26/2025-10-28", "2025-10-26/2025-10-28", "has no quotes", "write"),
    ("w = 1,000", "1,000", "has no quotes", 'write "1,000"'),
    ("a = b = 3", "b = 3", "has no quotes", "write"),
    ("a = [x y]", "x y", "has no quotes", "or a comma between two values"),
    ("a = [\n[yes]\n]", "yes", "is not a value", "write true"),
    # days
    ("w = 2025-1-7", "2025-1-7", "is not how TOML writes a day", "write 2025-01-07"),
    ("w = [2025-1-7, 3]", "2025-1-7", "is not how TOML writes a day", "write 2025-01-07"),
    ("w = 2025/01/07", "2025/01/07", "is not how TOML writes a day", "write 2025-01-07"),
    ("w = 07.01.2025", "07.01.2025", "is not how TOML writes a day", "put the year first"),
    ("w = 2025-13-07", "2025-13-07", "is no day of the calendar", "2025-01-07"),
    ("w = 2025-02-30 # x", "2025-02-30", "is no day of the calendar", "2025-01-07"),
    ("w = 2025-01-07T25:00", "2025-01-07T25:00", "is no date and time", "2025-01-07T18:30:00"),
    # other values
    ("a = True", "True", "`True` is not a value in TOML", "true or false"),
    ("a = no", "no", "`no` is not a value in TOML", "write false"),
    ("a = null", "null", "`null` is not a value in TOML", "leave the key out"),
    ("a = -07", "-07", "the number `-07` begins with 0", "in quotes"),
    ("a = # x", "@4", "a value is missing here", "after `=` comes"),
    ("a =", "@3", "a value is missing here", "after `=` comes"),
    ("a = [1,,2]", ",@7", "a value is missing here", "after `=` comes"),
    # brackets
    ('a = ["x" "y"]', '"@9', "a comma or a closing bracket is missing", "put a comma"),
    ("a = {x = 1 b = 2}", "b@11", "a comma or a closing bracket is missing", "put a comma"),
    ("a = [1, 2}", "}", "a comma or a closing bracket is missing", "`[` is closed by `]`"),
    ("a = [1,\n\n[b]\nc = 1", "[@4", "this `[` is never closed", "close it with ]"),
    ("a = [1,\n\n[b]", "[@4", "this `[` is never closed", "close it with ]"),
    ("a = [\n[1], [\n2\n\nb = 1", "[@11", "this `[` is never closed", "close it with ]"),
    ("a = [{x = 1", "{", "this `{` is never closed", "close it with }"),
    ("a = [", "[", "this `[` is never closed", "close it with ]"),
    # quotes
    ('a = "x\nb = 1', '"x', "this text is not closed on its line", 'end it with "; '),
    ("a = 1\nb = 'x\nc = 1", "'x", "this text is not closed on its line", "between ''' and '''"),
    ("b = 'x\nc = 'y'", "'x", "this text is not closed on its line", "end it with ';"),
    ("b = [''] # '\nc = '", "'@17", "this text is not closed on its line", "end it with ';"),
    ('a = """x\nb = 1', '"""', "this text is never closed", 'close it with """'),
    ("a = '''x\nb = 'c'", "'''", "this text is never closed", "close it with '''"),
    ('a = "b "c" d"', 'c" d"', "the text ends before this", 'backslash before a "'),
    ("a = 'It's a day'", "s a day'", "the text ends before this", "double quotes"),
    ("a = “x”", "“", "`“` (U+201C, LEFT DOUBLE QUOTATION MARK) does not quote", "straight quotes"),
    ("“a” = 1", "“", "does not quote", "straight quotes"),
    # escapes
    (r'a = "C:\Users"', r"\U", r"`\U` begins no escape", r"write \\ for a backslash"),
    (r'a = "b\qc"', r"\q", r"`\q` begins no escape", "single quotes"),
    ('a = "b\\\nc"', "\\", "`\\` begins no escape", "single quotes"),
    ('a = "b\\', "\\", "`\\` begins no escape", "single quotes"),
    (r'"a\q" = 1', r"\q", r"`\q` begins no escape", "single quotes"),
    (r'a = "\ud800"', r"\u", r"`\u` begins no escape", "single quotes"),
    # characters
    ('a = "x\x1by"', "\x1b", "the control character U+001B cannot stand in TOML", r"as \u001b"),
    ("a = '\0'", "\0", "the control character U+0000", "UTF-16"),
    ("a = 1\rb = 2\r", "\r@5", "U+000D cannot stand in TOML without a line feed", "CRLF"),
    ("a = 1\u00a0", "\u00a0", "an invisible character (U+00A0, NO-BREAK SPACE)", "plain space"),
    ("a =\u200b 1", "\u200b", "an invisible character (U+200B, ZERO WIDTH SPACE)", "delete it"),
    ("a \uff1d 1", "\uff1d", "(U+FF1D, FULLWIDTH EQUALS SIGN) has no meaning", "write `=`"),
    # keys and headers
    ("my title = 1", "title", "there is no `=` after the key", "a remark"),
    ("- a: 1", "a", "there is no `=` after the key", 'write `key = "value"`'),
    ("a : 1", ":", "`:` does not join a key and its value", 'write `key = "value"`'),
    ("a\n", "@1", "a key stands here without a value", 'write `key = "value"`'),
    ("a = {b}", "}", "a key stands here without a value", 'write `key = "value"`'),
    ("[my event]", "event", "this cannot stand in a header", "stands in quotes"),
    ("[event\n", "@6", "the header is not closed", "close `[` with `]`"),
    ("[[event]\n", "]", "the header is not closed", "`[[` with `]]`"),
    ("[a] b = 1", "b", "only a remark may follow on this line", "begin a new line"),
    ("a = 1 b = 2", "b", "only a remark may follow on this line", "begin a new line"),
    ("a = [1] 2", "2", "only a remark may follow on this line", "begin a new line"),
    ("[]", "]", "a name is missing here", "stands in quotes"),
    ("[e.été]", "été", "a name cannot be written like this without quotes", "stands in quotes"),
    ("été = 1", "été", "a key cannot be written like this without quotes", "stands in quotes"),
    ("// x", "//", "a remark does not begin like this", "begin it with #"),
    ("{a = 1}", "{", "a line cannot begin like this", "a line is `key = value`"),
    ("a = 1\n<<<<<<< HEAD\na = 2", "<<<<<<<", "a merge left its conflict marker", "keep one side"),
    ("a = 1\n=======\n", "=======", "a merge left its conflict marker", "keep one side"),
]


@pytest.mark.parametrize(("text", "marked", "message", "help"), _SLIPS)
def test_a_usual_slip(text: str, marked: str, message: str, help: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text.encode(), "slip.toml")
    error = caught.value
    marked, _, offset = marked.partition("@")
    start = int(offset) if offset else text.index(marked)
    starts = [0]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    span = error.span
    first = starts[span.row - 1] + span.column - 1
    last = starts[span.end_row - 1] + span.end_column - 1
    assert (first, text[first:last]) == (start, marked)
    assert error.reason == "syntax"
    assert message in error.message
    assert help in error.help


def test_what_a_later_tomli_may_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def later(text: str) -> None:
        raise tomli.TOMLDecodeError("Something\x1b new", text, 4)

    monkeypatch.setattr(tomli, "loads", later)
    with pytest.raises(SourceError) as caught:
        parse(b"a = 1", "slip.toml")
    assert caught.value.message == r"this is not TOML: Something\u001b new"
    assert caught.value.span.column == 5
    for text, column in ((b"    #", 5), (b"#", 2)):  # no statement before it; beyond the end
        with pytest.raises(SourceError) as caught:
            parse(text, "slip.toml")
        assert caught.value.span.column == column


def test_nothing_is_deep() -> None:
    assert nesting("a = [1]", 1) == (0, 0)
    assert nesting("a = [[1]]", 1) == (5, 6)
    assert nesting("'[' = 1 # [[\na = ['[[', 1]\nb.c.d = [[1]]", 1) == (27, 32)
