"""Settings of the weekly edition: whether there is one, on which day, and who receives it."""

from __future__ import annotations

from typing import Literal

from flows.config.base import MailAddress, Settings

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WeeklySettings(Settings):
    """The weekly mailing, beside the daily one and made of it."""

    enabled: bool = False
    day: Weekday = "friday"
    """It closes with the daily edition of this day, at [digest] hour, and leaves right after it."""
    recipients: tuple[MailAddress, ...] = ()
    """Empty: everyone who receives the daily one. Those who do keep their hour, format and part."""
