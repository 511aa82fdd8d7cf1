"""Who receives the weekly edition."""

from __future__ import annotations

from flows.config.settings import Config, RecipientSettings


def weekly_readers(current: Config) -> tuple[RecipientSettings, ...]:
    """Those of [weekly] recipients, where some are named, with what they wish for the digest, where they get that too;
    else all who receive the digest. Beside them the webhooks that take weekly editions."""
    hooks = {each.address: each.weekly for each in current.delivery.webhook}
    every = current.readers()
    people = {each.address.casefold(): each for each in every if each.address not in hooks}
    named = {address.casefold(): address for address in current.weekly.recipients}
    zone = current.digest.time_zone
    listed = [people.get(key, RecipientSettings(address=to, time_zone=zone)) for key, to in named.items()]
    return (*(listed or people.values()), *(each for each in every if hooks.get(each.address)))
