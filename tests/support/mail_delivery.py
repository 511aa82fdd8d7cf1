"""Settings that deliver to a mail server on loopback, and the moment of delivery."""

from __future__ import annotations

from datetime import timedelta

from flows.config.settings import DeliverySettings, SmtpSettings
from tests.support.edition_records import WINDOW

NOW = WINDOW.end + timedelta(minutes=1)


def by_smtp(port: int, *recipients: str, **smtp: object) -> DeliverySettings:
    """Settings that send to a loopback server."""
    server = SmtpSettings.model_validate(
        {"host": "127.0.0.1", "port": port, "security": "none", "timeout_seconds": 5} | smtp
    )
    return DeliverySettings(way="mail", recipients=recipients, smtp=server)
