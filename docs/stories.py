"""An invented story of any length, as an events.toml: the harbour of a small town, from a seed.

    python docs/stories.py 50 > harbour.toml

For the gallery and for tests. It is drawn around a hidden story and says only what is true of it:
dates of every kind, order where there is no date, accounts that differ, what was called off.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from random import Random

SEED = 1921
_START = datetime(1921, 3, 1, 8)
_TELLERS = {
    "council": (
        ("The council", "The mayor", "The harbour board", "The auditors"),
        ("debates", "votes for", "puts off", "approves", "turns down", "hears of"),
        ("the new pier", "the bridge loan", "a second crane", "the harbour dues",
         "the night ferry", "repairs to the light"),
        "town-hall",
    ),
    "works": (
        ("The masons", "The divers", "The bridge crew", "The engineer's men"),
        ("begin", "finish", "inspect", "repair", "give up"),
        ("the north pier", "the third pillar", "the slipway", "the swing span", "the quay wall",
         "the lock gate"),
        "building-site",
    ),
    "ships": (
        ("The steamer Aurora", "The barque Lykke", "The dredger Maria", "The ferry Swallow",
         "The trawler Nordlys"),
        ("arrives from", "leaves for", "is towed in from", "is overdue from", "loads timber for"),
        ("Hull", "Riga", "Bergen", "Danzig", "Leith", "Rouen"),
        "outer-harbour",
    ),
    "weather": (
        ("A storm", "Drift ice", "Fog", "A spring tide"),
        ("closes", "floods", "damages", "spares"),
        ("the outer harbour", "the fish market", "the lower town", "the ferry stage"),
        "outer-harbour",
    ),
    "people": (
        ("Miss Ahlgren", "Pilot Berg", "Old Halvorsen", "The schoolmaster"),
        ("writes about", "photographs", "protests against", "collects money for"),
        ("the bridge", "the lost boats", "the closed ferry", "the harbour school"),
        "lower-town",
    ),
}  # fmt: skip
_PLACES = {
    "town-hall": "Town hall", "building-site": "Building site", "outer-harbour": "Outer harbour",
    "lower-town": "Lower town",
}  # fmt: skip
_HEAD = """format = 1

[timeline]
id       = "harbour-{events}"
title    = "The harbour and its bridge"
timezone = "Europe/Oslo"
language = "en"

[sources.post]
title = "Harbour Post"

[sources.log]
title = "Log of the harbour master"
"""


def story(events: int, seed: int = SEED) -> str:
    """The story in so many events, spread over some weeks to some years."""
    random = Random(seed)
    times = _times(events, random)
    out = [_HEAD.format(events=events)]
    out += [f'[places.{id}]\nname = "{name}"\n' for id, name in _PLACES.items()]
    out += [f'[tags.{id}]\nlabel = "{id.title()}"\n' for id in _TELLERS]
    told: set[str] = set()
    for i in range(events):
        tag = random.choice(list(_TELLERS))
        who, does, what, place = _TELLERS[tag]
        title = f"{random.choice(who)} {random.choice(does)} {random.choice(what)}"
        for again in ("once more", "a third time", "yet again"):
            if title in told:
                title = f"{title.removesuffix(' once more').removesuffix(' a third time')} {again}"
        told.add(title)
        lines = [f"[events.e{i:03}]", f'title = "{title}"']
        lines += _when(i, times, random)
        chance = random.random()
        if chance < 0.02:
            lines.append('status = "cancelled"')
        elif chance < 0.04:
            lines.append('status = "tentative"')
        lines += [f'place = "{place}"', f'tags = ["{tag}"]']
        lines.append(f'source = "{random.choice(("post", "log"))}"')
        out.append("\n".join(lines) + "\n")
    return "\n".join(out)


def _times(events: int, random: Random) -> list[datetime]:
    """When things happen: in bouts, with quiet stretches between them."""
    at, found = _START, []
    for _ in range(events):
        hours = random.choice((3, 9, 20, 31, 52, 52))
        if random.random() < 3 / events + 0.01:
            hours = 24 * random.randrange(40, 160)
        at += timedelta(hours=hours, minutes=random.randrange(60))
        found.append(at)
    return found


def _when(i: int, times: list[datetime], random: Random) -> list[str]:
    """What is said of when event `i` is: nothing but what is true."""
    at = times[i]
    day = f"{at:%Y-%m-%d}"
    before, after = at - timedelta(days=2), at + timedelta(days=3)
    chance = random.random()
    if chance < 0.34:
        return [f"when = {day}"]
    if chance < 0.6:
        length = random.choice(("30m", "1h", "2h", ""))
        return [f"when = {at:%Y-%m-%dT%H:%M}:00"] + ([f'duration = "{length}"'] if length else [])
    if chance < 0.66:
        return [f'when = "{day}/{after:%Y-%m-%d}"']
    if chance < 0.72:
        return [f'when = "[{before:%Y-%m-%d}..{after:%Y-%m-%d}]"']
    if chance < 0.76:
        return [f'when = "{day}~"']
    if chance < 0.79:
        return [f'when = "{day}?"']
    if chance < 0.82:
        return [f'when = "{at:%Y-%m}"']
    if chance < 0.85:
        return [f"latest = {after:%Y-%m-%d}"]
    if chance < 0.88:
        other = at + timedelta(days=1)
        one, two = f'when = {day}, source = "post"', f'when = {other:%Y-%m-%d}, source = "log"'
        return [f"accounts = [{{ {one} }}, {{ {two} }}]"]
    past = [j for j in range(max(0, i - 12), i) if times[j] + timedelta(days=4) < at]
    if past and i + 3 < len(times):
        return [f'after = "e{past[-1]:03}"', f'before = "e{i + random.randrange(1, 4):03}"']
    return [f"when = {day}"]


if __name__ == "__main__":
    sys.stdout.write(story(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
