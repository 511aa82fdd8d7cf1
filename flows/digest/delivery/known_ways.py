"""The ways of delivery that there are, by name, and what a config asks of them."""

from __future__ import annotations

from flows.config.settings import Config, ConfigError
from flows.digest.delivery.mail_way import MailWay
from flows.digest.delivery.outbox_way import OutboxWay
from flows.digest.delivery.way import DeliveryWay
from flows.digest.delivery.webhook_way import WebhookWay

WAYS: dict[str, DeliveryWay] = {way.name: way for way in (MailWay(), OutboxWay(), WebhookWay())}
"""Name → way. A further way is entered here."""


def way_called(name: str) -> DeliveryWay:
    """The way of that name. Raises ConfigError, which names those that there are."""
    if name not in WAYS:
        raise ConfigError(f"unknown way of delivery {name!r}; the known ones are {', '.join(sorted(WAYS))}")
    return WAYS[name]


def check_ways(config: Config) -> None:
    """See that every way which the config names is there and finds what it needs of the settings.

    Raises ConfigError: one line that names the setting and the remedy.
    """
    for name, setting in config.ways().items():
        try:
            missing = way_called(name).missing(config.delivery)
        except ConfigError as error:
            raise ConfigError(f"{setting}: {error}") from error
        if missing:
            raise ConfigError(f'{setting}: way = "{name}" {missing}')
