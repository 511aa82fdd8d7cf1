"""Where a feed stands after it was asked: a pure step from one state to the next, and what is worth saying of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from db.feed_states import FeedState
from db.notices import NoticeKind
from flows.feeds.http.redirects import followed, only_secured
from flows.feeds.parsing.links import host_of
from flows.feeds.parsing.records import Conditions, FailureKind, FeedFailure, FeedResponse, Hop, ParsedFeed
from flows.feeds.schedule.check_schedule import WEEK, FetchResult, next_check, span_in_words
from flows.feeds.schedule.validators import sound_date, sound_etag, validators_of

STEADY_SUCCESSES = 3
"""Readings in a row after which a feed that was said to fail is said to have recovered."""


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What came of asking one feed, as far as its state is concerned.

    ``asked`` is the address that was asked, ``final_url`` the one that answered. ``body_hash`` and ``newest_at`` (the
    newest date in the document) stand where a body was read and understood.
    """

    kind: Literal["ok", "unchanged"] | FailureKind
    at: datetime
    asked: str
    final_url: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hops: tuple[Hop, ...] = ()
    error: str = ""
    body_hash: str = ""
    interval_seconds: int = 0
    newest_at: datetime | None = None


def address_of(state: FeedState, listed_url: str) -> str:
    """Where the feed is read: where it has moved to, or where it is listed."""
    return state.address or listed_url


def conditions_of(state: FeedState, now: datetime) -> Conditions | None:
    """The validators to ask with. None while a feed fails, so that only a whole document can make it sound again, and
    once a week, lest a server that answers 304 for ever hides its news."""
    is_old = state.full_at is None or now - state.full_at >= WEEK
    # Once more, for what an older version of axiswatch put into the store.
    etag, last_modified = sound_etag(state.etag), sound_date(state.last_modified, now + WEEK)
    if state.failures or is_old or not (etag or last_modified):
        return None
    return Conditions(state.validated_url, etag, last_modified)


def body_hash(response: FeedResponse | FeedFailure) -> str:
    """The hash by which the body of an answer is recognised; empty where the answer holds no body."""
    if isinstance(response, FeedFailure) or response.status == 304:
        return ""
    return hashlib.blake2b(response.body, digest_size=16).hexdigest()


def is_known(state: FeedState, response: FeedResponse, hashed: str) -> bool:
    """Whether the answer brought nothing that was not read before: a 304, or the very bytes of the last one.
    ``hashed`` is the `body_hash` of the answer."""
    if response.status == 304:
        return True
    return bool(state.body_hash) and not state.failures and hashed == state.body_hash


def answer_of(
    response: FeedResponse | FeedFailure,
    parsed: ParsedFeed,
    at: datetime,
    asked: str,
    hashed: str,
    *,
    is_unchanged: bool,
) -> FeedAnswer:
    """The answer and what was found in it as a `FeedAnswer`. A body in which no feed was found is a soft failure.
    ``hashed`` is the `body_hash` of the answer: a body may have megabytes, and is hashed once."""
    if isinstance(response, FeedFailure):
        return FeedAnswer(
            response.kind,
            at,
            asked,
            response.final_url,
            response.status,
            response.headers,
            response.hops,
            response.error,
        )
    return FeedAnswer(
        kind="unchanged" if is_unchanged else "soft" if parsed.error else "ok",
        at=at,
        asked=asked,
        final_url=response.final_url,
        status=response.status,
        headers=response.headers,
        hops=response.hops,
        error=parsed.error,
        body_hash=hashed,
        interval_seconds=parsed.interval_seconds,
        newest_at=max((entry.published_at for entry in parsed.entries if entry.published_at), default=None),
    )


def advance(state: FeedState, listed_url: str, answer: FeedAnswer, every: timedelta) -> FeedState:
    """The state after that reading; ``every`` is our own interval between two checks."""
    if answer.kind == "ok" or answer.kind == "unchanged":
        after = followed(_sound(state, answer), answer.asked, answer.hops, answer.at)
    else:
        after = _failed(state, answer, answer.kind)
    is_back = bool(state.address) and not after.address
    outcome = FetchResult(
        kind="soft" if is_back else "ok" if answer.kind == "unchanged" else answer.kind,
        at=answer.at,
        status=answer.status,
        headers=answer.headers,
        interval_seconds=after.interval_seconds,
        failures=after.failures,
    )
    check = next_check(outcome, every, state.feed_id)
    host = host_of(address_of(after, listed_url))
    return replace(after, host=host, next_check_at=check.at, next_check_why=check.why)


def _sound(state: FeedState, answer: FeedAnswer) -> FeedState:
    after = replace(
        state,
        failures=0,
        successes=state.successes + 1,
        failing_since=None,
        last_error="",
        last_success_at=answer.at,
        gone_at=None,
    )
    if answer.status == 304:
        return after
    etag, last_modified = validators_of(answer.headers, answer.at)
    after = replace(
        after,
        validated_url=answer.final_url,
        etag=etag,
        last_modified=last_modified,
        body_hash=answer.body_hash,
        full_at=answer.at,
    )
    if answer.kind == "unchanged":
        return after
    dates = [moment for moment in (state.newest_at, answer.newest_at) if moment]
    return replace(after, interval_seconds=answer.interval_seconds, newest_at=max(dates, default=None))


def _failed(state: FeedState, answer: FeedAnswer, kind: FailureKind) -> FeedState:
    after = replace(
        state,
        failures=state.failures + 1,
        successes=0,
        failing_since=state.failing_since or answer.at,
        last_error=answer.error,
        # What is asked next is asked in full, and read even where its bytes are known.
        validated_url="",
        etag="",
        last_modified="",
        body_hash="",
    )
    if state.address and kind in ("hard", "gone"):
        # The new address holds no feed: go back to the listed one, which has not failed by this.
        return replace(after, address="")
    return replace(after, gone_at=state.gone_at or answer.at) if kind == "gone" else after


def worth_saying(state: FeedState, now: datetime, after_failures: int) -> tuple[NoticeKind, str] | None:
    """What has not been said of the feed yet: that it is gone, fails (after so many failures) or has recovered.

    Between the two lies hysteresis: one good answer does not make a feed sound, nor one bad one make it fail again.
    """
    if state.noticed_at is not None:
        is_back = state.successes >= STEADY_SUCCESSES
        return ("recovered", f"answers again, {state.successes} times in a row") if is_back else None
    if state.gone_at is not None:
        return "gone", "says that it is gone for good (HTTP 410); it is asked once a week, or drop it from your list"
    if state.failures < after_failures or state.failing_since is None:
        return None
    since = f"since {state.failing_since:%Y-%m-%d %H:%M} UTC ({span_in_words(now - state.failing_since)})"
    return "failing", f"has failed {state.failures} times in a row {since}: {state.last_error}"


def move_notice(before: FeedState, after: FeedState, listed_url: str) -> str:
    """What is said of a move that was just made, or an empty string. An added s goes without saying."""
    if not after.address or after.address == before.address or only_secured(listed_url, after.address):
        return ""
    return f"has moved to {after.address}, where it is read from now on; change it in your list"
