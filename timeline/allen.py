"""The thirteen relations between two intervals as difference constraints (J. F. Allen, 1983).

For `a REL b` each row (tail, head, gap, strict) says: head lies at least `gap` seconds after tail; and,
as order alone, no earlier than it (strict: later, by as little as you like). The four points are
numbered A_START … B_END. The relations are read as the format defines them: `after` may touch and
is an order of both ends; what is strict in Allen's `overlaps`, `starts` and `finishes` is at least
one second.
"""

from __future__ import annotations

A_START, A_END, B_START, B_END = range(4)

Row = tuple[int, int, int, int]

_DIRECT: dict[str, tuple[Row, ...]] = {
    "after": ((B_END, A_START, 0, 0), (B_START, A_START, 0, 1), (B_END, A_END, 0, 1)),
    "meets": ((A_END, B_START, 0, 0), (B_START, A_END, 0, 0)),
    "during": ((B_START, A_START, 0, 0), (A_END, B_END, 0, 0)),
    "overlaps": ((A_START, B_START, 1, 1), (B_START, A_END, 1, 1), (A_END, B_END, 1, 1)),
    "starts": ((A_START, B_START, 0, 0), (B_START, A_START, 0, 0), (A_END, B_END, 1, 1)),
    "finishes": ((A_END, B_END, 0, 0), (B_END, A_END, 0, 0), (B_START, A_START, 1, 1)),
    "equals": (
        (A_START, B_START, 0, 0), (B_START, A_START, 0, 0),
        (A_END, B_END, 0, 0), (B_END, A_END, 0, 0),
    ),
}  # fmt: skip

INVERSE = {
    "after": "before", "meets": "met_by", "during": "contains", "overlaps": "overlapped_by",
    "starts": "started_by", "finishes": "finished_by", "equals": "equals",
}  # fmt: skip
INVERSE.update({inverse: name for name, inverse in INVERSE.items()})

_SWAP = (B_START, B_END, A_START, A_END)

RELATIONS: dict[str, tuple[Row, ...]] = _DIRECT | {
    INVERSE[name]: tuple((_SWAP[t], _SWAP[h], gap, strict) for t, h, gap, strict in rows)
    for name, rows in _DIRECT.items()
    if name != "equals"
}
"""Every relation's rows. In seconds, the strict rows of `after` follow from start ≤ end and its first
row; they matter in the order alone."""


def anchor(relation: str, end: str) -> tuple[int, int]:
    """For `after` and `before`: the (tail, head) between which a lag counts.

    `end` is the end of the other event that is named, or empty for the whole event.
    """
    if relation == "after":
        return (B_START if end == "start" else B_END), A_START
    return A_END, (B_END if end == "end" else B_START)
