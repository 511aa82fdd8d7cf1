"""After a pass: what is said of feeds, once, and whether it was our own network that failed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from db import feed_states, feeds, fetches, notices
from db.connect import writing
from db.notices import Notice
from flows.config.settings import FetchSettings
from flows.feeds.http.proxy import LOOK_UP, is_of_proxy
from flows.feeds.schedule.feed_state import STEADY_SUCCESSES, worth_saying

OUR_NETWORK = "no server at all could be reached: our own network seems to be out"

logger = logging.getLogger(__name__)


def conclude(store: Database, run_id: str, now: datetime, settings: FetchSettings) -> list[tuple[str, Notice]]:
    """Say what is to be said after a run; returns (outlet, notice) of everything that the run had to say.

    Where not one server answered, nothing is said of the feeds and all are due again after the usual interval; the log
    says why. What a run that was killed left unsaid, the next one says.
    """
    with writing(store):
        if fetches.heard_nothing(store, run_id):
            why = _why_nothing(store, run_id)
            logger.info("%s", why)
            feed_states.excuse(store, run_id, now + timedelta(minutes=settings.check_minutes), why)
            return []
        for feed, state in feeds.needing_notice(store, settings.notice_failures, STEADY_SUCCESSES):
            said = worth_saying(state, now, settings.notice_failures)
            if said is not None:
                notices.append(store, Notice(feed.id, said[0], now, run_id, said[1]))
                feed_states.save(store, replace(state, noticed_at=None if said[0] == "recovered" else now))
    return notices.of_run(store, run_id)


def _why_nothing(store: Database, run_id: str) -> str:
    errors = {fetch.error for _, fetch in fetches.of_run(store, run_id) if fetch.outcome != "postponed"}
    if all(LOOK_UP in error for error in errors):
        return f"no name could be looked up: {LOOK_UP}"
    return min(filter(is_of_proxy, errors), default=OUR_NETWORK)
