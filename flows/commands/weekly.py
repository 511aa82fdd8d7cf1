"""The part of the command `digest` that shows or names the edition of a week."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.commands import session
from flows.commands.session import CommandError

if TYPE_CHECKING:
    from datetime import date

    from db.records import Edition
    from flows.config.settings import Config


def week_to_send(config: Config, *, anyway: bool) -> str:
    """What the flow is asked for in place of a day, where the week that closed last is meant. Raises CommandError where
    its edition cannot be made: that is no failure of the flow, which would raise an alarm."""
    from flows.digest.editions import DayError
    from flows.digest.sending import WEEKLY, WEEKLY_ANYWAY
    from flows.digest.weekly.freezing import refuse_week
    from flows.digest.weekly.weeks import newest_week

    now = datetime.now(UTC)
    try:
        with session.existing_store(config) as store:
            refuse_week(store, config, newest_week(config, now), now, anyway=anyway)
    except DayError as error:
        raise CommandError(str(error)) from error
    return WEEKLY_ANYWAY if anyway else WEEKLY


def week_with(config: Config, day: date, *, anyway: bool) -> Edition:
    """The edition of the week in which the day lies: the stored one, or one composed now. Raises CommandError where
    that week is not over, its edition is due, or no daily edition tells a day of it (save ``anyway``)."""
    from flows.digest.editions import DayError
    from flows.digest.weekly.freezing import past_week
    from flows.digest.weekly.weeks import closed_week

    now = datetime.now(UTC)
    with session.existing_store(config):
        pass  # a store that is missing is said so, not made
    try:
        return past_week(config, closed_week(config, day, now), now, anyway=anyway)
    except DayError as error:
        raise CommandError(str(error)) from error
