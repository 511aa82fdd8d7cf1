"""Times as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.times import to_moment, to_text

MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.timezones())


class Nowhere(tzinfo):
    """A zone that does not know its offset: as good as none."""

    def utcoffset(self, _: datetime | None) -> None:
        return None

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "nowhere"


@pytest.mark.parametrize("zone", [None, Nowhere()])
def test_a_time_without_a_zone_is_refused(zone: tzinfo | None) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_text(datetime(2026, 11, 21, 12, tzinfo=zone))


def test_any_zone_becomes_utc() -> None:
    moment = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert to_text(moment) == "2026-11-21T06:30:00+00:00"
    assert to_moment(to_text(moment)).tzinfo is UTC


@given(MOMENTS, MOMENTS)
def test_text_order_is_time_order_at_one_width(one: datetime, other: datetime) -> None:
    texts = to_text(one), to_text(other)
    assert [len(text) for text in texts] == [25, 25]
    assert to_moment(texts[0]) == one.astimezone(UTC).replace(microsecond=0)
    assert (texts[0] < texts[1]) == (to_moment(texts[0]) < to_moment(texts[1]))
