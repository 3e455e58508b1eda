"""A beginning that is put before a file which is written already."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from timeline.exporters.front import with_front


@given(st.lists(st.binary(max_size=40)), st.binary(max_size=60))
def test_the_front_stands_before_all_that_was_written(parts: list[bytes], front: bytes) -> None:
    file = BytesIO()
    for part in parts:
        file.write(part)
    assert with_front(file, front) == front + b"".join(parts)
