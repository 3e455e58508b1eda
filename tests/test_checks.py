"""Warnings and advices: when they speak, when they are silent, and how they are silenced."""

from __future__ import annotations

import pytest

from timeline.api import check

HEAD = '[timeline]\nid = "t"\ntimezone = "UTC"\n'


def said(text: str, head: str = HEAD) -> list[tuple[str, str]]:
    return [(d.code, d.message) for d in check((head + text).encode()).diagnostics]


def codes(text: str, head: str = HEAD) -> list[str]:
    return [code for code, _ in said(text, head)]


def test_default_zone_is_said_once_and_only_where_it_matters() -> None:
    many = "[events.a]\nwhen = 2025\n[events.b]\nwhen = 2025\n"
    assert codes(many, "") == ["TL502"]
    assert codes("[events.a]\nwhen = 2025\ntimezone = 'Asia/Tokyo'\n", "") == []
    assert codes("[events.a]\naccounts = [{ when = 2025 }]\n", "") == ["TL502"]
    assert codes("[events.a]\n[events.b]\nafter = 'a'\n", "") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[places.akasaka]\n[events.b]\nplace = 'akasaka'\n[events.a]\nplace = 'akasacka'", "akasaka"),
        ("[places.h]\nname = 'The Palace'\n[events.b]\nplace = 'h'\n[events.a]\nplace = 'The Palac'", "h"),
        ("[people.trump]\n[events.b]\nwho = 'trump'\n[events.a]\nwho = ['Trump']", "trump"),
        ("[tags.summit]\n[events.b]\ntags = 'summit'\n[events.a]\ntags = ['summits']", "summit"),
    ],
)  # fmt: skip
def test_names_close_to_ids(text: str, meant: str) -> None:
    ((code, message),) = [s for s in said(text + "\nwhen = 2025\n[events.c]\nbefore = ['a', 'b']\n")
                          if s[0] == "TL505"]  # fmt: skip
    assert f"`{meant}`" in message
    assert code == "TL505"


def test_names_far_from_ids_are_names() -> None:
    assert "TL505" not in codes("[places.akasaka]\n[events.a]\nplace = 'Nara'\nwhen = 2025\n")


def test_unused() -> None:
    text = ("[sources.s]\n[places.p]\n[people.q]\n[tags.t]\n[events.a]\nwhen = 2025\n"
            "[views.v]\nevents = 'a'\n")  # fmt: skip
    assert codes(text) == ["TL507"] * 4
    used = ("[sources.s]\n[places.p]\n[people.q]\n[tags.t]\n[events.a]\nwhen = 2025\n"
            "source = 's'\nplace = 'p'\nwho = 'q'\ntags = 't'\n")  # fmt: skip
    assert codes(used) == []
    assert "TL507" not in codes("[sources.s]\n[events.a]\n[events.b]\n[[sequences]]\n"
                                "events = ['a', 'b']\nsource = 's'\n")  # fmt: skip


def test_cancelled_in_order() -> None:
    cancelled = "[events.a]\nwhen = 2025\nstatus = 'cancelled'\n[events.b]\n"
    assert codes(cancelled + "after = 'a'\n") == ["TL508"]
    assert codes(cancelled + "after = 'c'\n[events.c]\n[[constraints]]\nfrom = 'c.end'\n"
                 "to = 'a.start'\nlag = '1d'\n") == ["TL508"]  # fmt: skip
    assert codes(cancelled + "after = 'c'\n[events.c]\n[[sequences]]\n"
                 "events = ['c', 'a', 'b']\n") == []  # fmt: skip


def test_adrift() -> None:
    assert codes("[events.a]\nduration = '1h'\n[events.b]\nwhen = 2025\n") == ["TL509"]
    assert codes("[events.a]\n[events.b]\nafter = 'a'\n") == []


def test_long_days() -> None:
    head = "[timeline]\ntimezone = 'Europe/Berlin'\n[events.a]\n"
    assert codes("when = 2025-10-26\nduration = '1d'\n", head) == ["TL510"]
    assert codes("when = 2025-10-27\nduration = '1d'\n", head) == []
    assert codes("when = 2025-10-26\nduration = '1h'\n", head) == []
    assert codes("when = 2025-10-26\nduration = '..1d'\n", head) == []
    assert codes("when = '[2025-10-26..2025-10-26]'\nduration = '1d'\n", head) == []
    assert codes("latest = '2025-10'\nduration = '1d'\n", head) == []


def accounts(*told: str, rest: str = "") -> list[tuple[str, str]]:
    tables = "".join(f"[[events.a.accounts]]\nsource = 's{i}'\n{t}\n" for i, t in enumerate(told))
    sources = "".join(f"[sources.s{i}]\ntitle = 'Source {i}'\n" for i in range(len(told)))
    return said(f"{sources}[events.a]\n{rest}{tables}")


def test_accounts_that_agree_are_silent() -> None:
    assert accounts("when = 2025", "when = '2025-10'", "when = 2025-10-27") == []
    assert accounts("when = 2025-10-27T10:00:00", "when = 2025-10-27T19:00:00+09:00") == []
    assert accounts("when = 2025-10-27T10:00:00\nduration = '1h'", "duration = '50m..70m'") == []


def test_accounts_that_differ() -> None:
    ((code, message),) = accounts("when = 2025-10-27", "when = 2025-10-29")
    assert code == "TL503"
    assert "differ by 1 day" in message
    assert "Source 0 and Source 1" in message
    ((_, message),) = accounts("when = 2025-10-27T10:00:00\nduration = '1h'",
                               "when = 2025-10-27T10:00:00\nduration = '2h'")  # fmt: skip
    assert "differ by 1 h" in message
    ((_, message),) = accounts("duration = '1h'", "duration = '2h'")
    assert message.startswith("the accounts of `a` differ: ")


def test_the_rest_rules_accounts_out() -> None:
    rest = "after = 'b'\n"
    days = ("when = 2025-10-26", "when = 2025-10-29")
    ((_, message),) = [
        s for s in accounts(*days, rest=rest + "[events.b]\nwhen = 2025-10-28\n") if s[0] == "TL503"
    ]
    assert "rules out Source 0 (2025-10-26)" in message
    exact = ("when = 2025-10-26T10:00:00", "when = 2025-10-26T20:00:00")
    around = "[events.b]\nwhen = 2025-10-26T12:00:00\nduration = '0s'\nequals = 'a'\n"
    ((_, message),) = [s for s in accounts(*exact, rest=around) if s[0] == "TL503"]
    assert "none of them holds" in message


def test_an_account_that_contradicts_itself_does_not_hold() -> None:
    bad = "when = 2025-10-27\nlatest = 2025-10-20"
    ((_, message),) = accounts(bad, "when = 2025-10-22")
    assert "rules out Source 0" in message


def test_empty_views() -> None:
    assert codes("[events.a]\nwhen = 2025\n[views.v]\nwithin = 2026\n") == ["TL506"]


def test_findings_are_silenced_for_the_file_or_for_one_event() -> None:
    adrift = "[events.a]\n{}[events.b]\n"
    assert codes(adrift.format("")) == ["TL509", "TL509"]
    assert codes(adrift.format("ignore = ['TL509']\n")) == ["TL509"]
    assert codes(adrift.format(""), HEAD + "ignore = ['TL509']\n") == []
