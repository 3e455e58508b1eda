"""The transitive reduction of an order: the arrows from which all of it follows.

An order is a list of numbers, one for each event: the bits of those that come after it. So a set of
events is one number, and a step over all of them one operation (A. V. Aho, M. R. Garey and
J. D. Ullman, "The transitive reduction of a directed graph", SIAM Journal on Computing 1 (1972),
131-137).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The events of a set, the lowest first."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def closure(follows: Sequence[int]) -> list[int]:
    """All that comes after, of what comes next; every arrow leads to a greater number."""
    later = [0] * len(follows)
    for i in range(len(follows) - 1, -1, -1):
        later[i] = follows[i]
        for j in bits(follows[i]):
            later[i] |= later[j]
    return later


def reduced(follows: Sequence[int], later: Sequence[int]) -> list[int]:
    """Of what comes after each, that which comes after none of the others; `later` is all that
    comes after, and nothing comes after itself."""
    kept = []
    for mask in follows:
        further = 0
        for j in bits(mask):
            further |= later[j]
        kept.append(mask & ~further)
    return kept
