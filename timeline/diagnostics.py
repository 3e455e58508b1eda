"""What the program has to say about a file: values, returned and never raised.

A diagnostic names a rule, the place that it speaks of by its path in the document (where that
stands in the text is worked out only when it is shown), the other places that belong to the cause,
and what to do about it.
"""

# Annotations are evaluated here: as texts, `NamedTuple` would compile each at every start.
from typing import Any, Literal, NamedTuple

from timeline.rules import RULES
from timeline.source import Span

Path = tuple[str | int, ...]
Severity = Literal["error", "warning", "advice"]
Part = Literal["value", "key"]


class Label(NamedTuple):
    """One more place that belongs to a diagnostic, with what it says of that place."""

    path: Path
    message: str
    part: Part = "value"
    notes: tuple[str, ...] = ()


class Diagnostic(NamedTuple):
    """One finding.

    `path` and `part` say where it stands; `within` narrows that to a piece of a text value (offset
    and length in code points), `span` fixes it where no path can (an error of TOML itself).
    `details` holds exact figures for programs. `ignored_by` are the paths of tables whose `ignore`
    may silence it.
    """

    code: str
    message: str
    path: Path = ()
    part: Part = "value"
    help: str = ""
    related: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    within: tuple[int, int] | None = None
    span: Span | None = None
    details: dict[str, Any] | None = None
    events: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The rule's name in words joined by hyphens."""
        return RULES[self.code].name

    @property
    def severity(self) -> Severity:
        """How grave the rule is: an error fails `check`, a warning only with `--strict`."""
        return RULES[self.code].severity


def closest(word: str, known: object, *, cutoff: float = 0.6) -> str | None:
    """The known word nearest to `word`, for "did you mean"; None where none is near.

    Long words and long lists are cut, so that a hostile file cannot make the comparison slow.
    """
    if len(word) > 64:
        return None
    words = [w for w in known if isinstance(w, str)]  # type: ignore[attr-defined]
    folded = {w.casefold(): w for w in words}
    if word.casefold() in folded:
        return folded[word.casefold()]
    if len(words) > 500:
        near = [w for w in words if abs(len(w) - len(word)) <= 2 and w[:1] == word[:1]]
        words = near[:500]
    from difflib import get_close_matches  # only where something is already wrong

    found = get_close_matches(word, words, n=1, cutoff=cutoff)
    return found[0] if found else None
