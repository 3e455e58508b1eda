"""Answers written once: whoever asks, in whatever order, hears what a first one would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.serve.answer import CHANGED, Answer, Conditional, answer
from timeline.serve.conditions import http_date, judge, takes_gzip
from timeline.serve.edition import body

AT = 784_111_777
DATA = b"BEGIN:VCALENDAR\n" * 40
BODY = {pack: body("all.json", DATA, AT, pack=pack) for pack in (True, False)}
SAID = {"Cache-Control": "no-cache", "X-Own": "é"}

values = st.sampled_from([
    BODY[True].etag, BODY[True].packed_etag, "*", '"other"', 'W/"other"', "gzip", "gzip;q=0", "br",
    http_date(AT), http_date(AT - 1), "yesterday", "é",
])  # fmt: skip
names = st.sampled_from([b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since",
                         b"accept-encoding", b"host"])  # fmt: skip
asked = st.lists(st.tuples(names, values.map(lambda text: text.encode("latin-1"))), max_size=5)


@pytest.mark.parametrize("pack", [True, False])
@given(st.lists(st.tuples(asked, st.integers(AT - 1, AT + 1)), min_size=2, max_size=6))
def test_who_asked_before_makes_no_difference(
    pack: bool, requests: list[tuple[list[tuple[bytes, bytes]], int]]
) -> None:
    shared = Conditional(BODY[pack], SAID)
    for header, now in requests:
        assert shared.answer(header, now) == Conditional(BODY[pack], SAID).answer(header, now)


@given(asked, st.booleans())
def test_an_answer_is_what_its_request_asks_for(
    header: list[tuple[bytes, bytes]], pack: bool
) -> None:
    fields: dict[bytes, str] = {}
    for name in dict(header):
        fields[name] = ", ".join(v.decode("latin-1") for n, v in header if n == name)
    shown = BODY[pack]
    packed = pack and takes_gzip(fields.get(b"accept-encoding"))
    etag = shown.packed_etag if packed else shown.etag
    found = Conditional(shown, SAID).answer(header, AT)
    assert found.status == judge(
        etag, AT, match=fields.get(b"if-match"), none_match=fields.get(b"if-none-match"),
        modified_since=fields.get(b"if-modified-since"),
        unmodified_since=fields.get(b"if-unmodified-since"),
    )  # fmt: skip
    if found.status == 412:
        assert found is CHANGED
        return
    told = dict(found.header)
    assert len(told) == len(found.header)
    assert told[b"etag"] == etag.encode()
    assert told[b"x-own"] == b"\xe9"
    assert (b"vary" in told) is pack
    assert found.body == (b"" if found.status == 304 else shown.packed if packed else DATA)
    assert told.get(b"content-length") == (None if found.status == 304 else b"%d" % len(found.body))
    assert (b"content-type" in told) is (found.status == 200)
    assert (b"content-encoding" in told) is (found.status == 200 and packed)


def test_what_is_said_in_each_can_be_said_otherwise() -> None:
    found = answer(200, b"x", {"Cache-Control": "max-age=1"})
    assert isinstance(found, Answer)
    told = dict(found.header)
    assert told[b"cache-control"] == b"max-age=1"
    assert told[b"x-content-type-options"] == b"nosniff"
    assert told[b"content-length"] == b"1"
