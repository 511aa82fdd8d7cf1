"""Validators that can be true are sent back; those that cannot are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.feed_states import FeedState
from flows.feeds.schedule.feed_state import conditions_of
from flows.feeds.schedule.validators import sound_date, sound_etag, validators_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "tag", ['"7"', 'W/"7"', '"a b"', "7f3a-62", '"5f-gzip"', "W/abc", '"0"', "\"a,b;c='1'\"", "5e1=="]
)
def test_tags_that_mark_a_version(tag: str) -> None:
    assert sound_etag(tag) == tag
    assert sound_etag(f" {tag} ") == tag


@pytest.mark.parametrize(
    "tag",
    ["", "*", '""', 'W/""', '"*"', "W/", "W/*", '" "', "null", '"null"', '"None"', "undefined", '"a", "b"', "a b", '"a',
     'a"b"', "a, b", "x" * 501, 'snow"☃"', "two\nlines", '"a\x00"'],
)  # fmt: skip
def test_tags_that_mark_none(tag: str) -> None:
    assert sound_etag(tag) == ""


@pytest.mark.parametrize(
    "date",
    [
        "Sat, 21 Nov 2026 10:00:00 GMT",
        "Saturday, 21-Nov-26 10:00:00 GMT",
        "Sat Nov 21 10:00:00 2026",
        "Sat Nov  7 10:00:00 2026",
        "Sat, 21 Nov 2026 10:00:00 +0300",
        "Sat, 21 Nov 2026 10:00:00 UTC",
        "21 Nov 2026 10:00:00 GMT",
    ],
)
def test_dates_of_a_change(date: str) -> None:
    assert sound_date(date, NOW) == date


@pytest.mark.parametrize(
    "date",
    ["", "0", "-1", "yesterday", "2026-11-21T10:00:00Z", "Sat, 21 Nov 2026 10:00:00 GMT; length=7", "Sat, 21 Nov 2026",
     "Sat, 21 Nov 2026 10:00:00 GMT, Fri, 20 Nov 2026 10:00:00 GMT", "Sat, 31 Feb 2026 10:00:00 GMT",
     "Sun, 22 Nov 2026 00:00:01 GMT", "Tue, 19 Jan 2038 03:14:07 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
     "Sat, 21 Nov 2026 25:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Sa., 21 Nov. 2026 10:00:00 GMT"],
)  # fmt: skip
def test_dates_at_which_nothing_can_have_changed(date: str) -> None:
    assert sound_date(date, NOW) == ""


def test_the_future_begins_by_the_servers_clock_where_that_is_ahead() -> None:
    soon = "Sun, 22 Nov 2026 00:20:00 GMT"
    assert validators_of({"last-modified": soon}, NOW) == ("", "")
    assert validators_of({"last-modified": soon, "date": soon}, NOW) == ("", soon)
    behind = {"last-modified": "Sat, 21 Nov 2026 23:00:00 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}
    assert validators_of(behind, NOW) == ("", behind["last-modified"])


def test_what_an_older_version_kept_is_not_sent_either() -> None:
    kept = FeedState(1, NOW, full_at=NOW, validated_url="https://quay.example/", etag="*", last_modified="-1")
    assert conditions_of(kept, NOW + timedelta(hours=1)) is None
    told = conditions_of(replace(kept, etag='"7"'), NOW + timedelta(hours=1))
    assert told is not None
    assert (told.etag, told.last_modified) == ('"7"', "")
