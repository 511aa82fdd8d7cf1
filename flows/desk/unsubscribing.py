"""Leaving the list at the desk: whose link it is, and what the press of its button keeps."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from db import deliveries, unsubscriptions
from flows.config.settings import Config
from flows.digest.unsubscribe_links import reader_of


def reader(store: Database, current: Config, secret: bytes, token: str) -> str:
    """The address of the reader whose token that is, among those who are listed and those who ever got a mail; an
    empty string where it is nobody's."""
    return reader_of(token, secret, sorted(known(store, current)))


def known(store: Database, current: Config) -> set[str]:
    """The addresses, in lower case, of those who are listed and those who ever got a mail."""
    listed = {each.address.casefold() for each in current.readers()}
    others = (*current.alerts.to, *current.weekly.recipients, *deliveries.recipients(store))
    return listed | {address.casefold() for address in others}


def leave(store: Database, address: str, now: datetime) -> None:
    """Keep that the reader gets no more; once, however often it is asked."""
    unsubscriptions.add(store, address, now)


def has_left(store: Database, address: str) -> bool:
    """Whether the reader gets no mails."""
    return address.casefold() in unsubscriptions.standing(store)


def shown(address: str) -> str:
    """The address as a page may show it: enough for its owner to know it by, since links are forwarded."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
