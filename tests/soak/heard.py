"""What the operator heard, outside of the machine, by every way: alarms and that they are over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy

from flows.alarms.conditions import HEADLINES
from tests.soak.world import ALARMS, OPERATOR, World

TOLD_ONCE = "told once"
"""The kind of an alarm of which no end is told: a copy that was refused or given up."""
WAYS = ("mail", "webhook", "command")


@dataclass(frozen=True)
class Heard:
    """One telling: by which way, when it came by the soak's clock, of what kind and subject, whether it says that it is
    over, the text, and what tells it from others (the same twice is a copy)."""

    way: str
    at: datetime
    kind: str
    subject: str
    is_over: bool
    text: str
    identity: str


def heard(world: World) -> list[Heard]:
    """All of it, in the order in which it came."""
    return sorted((*_mails(world), *_posts(world), *_commands(world)), key=lambda each: each.at)


def _mails(world: World) -> Iterator[Heard]:
    for each in world.mail.to(OPERATOR):
        mail = message_from_bytes(each.body, policy=policy.default)
        text = mail.get_content()
        yield _told("mail", each.at, str(mail["Subject"]).partition(": ")[2], text, str(mail["Message-ID"]))


def _posts(world: World) -> Iterator[Heard]:
    for each in world.hook.at(ALARMS):
        told = json.loads(each.body)
        yield _told("webhook", each.at, told["subject"].partition(": ")[2], "\n".join(told["lines"]), told["id"])


def _commands(world: World) -> Iterator[Heard]:
    for file in world.heard.iterdir():
        text, at = file.read_text(), datetime.fromtimestamp(int(file.name) / 1e9, UTC)
        # With the troubles of other ways behind it, a text that is told again may differ; its first lines do not.
        yield _told("command", at, text.splitlines()[0].partition(": ")[2], text, "\n".join(text.splitlines()[:3]))


def _told(way: str, at: datetime, headline: str, text: str, identity: str) -> Heard:
    kind, subject, is_over = kind_of(headline)
    if kind == "flow failed" and not is_over and "Nothing more is told of it until it works again" not in text:
        kind = TOLD_ONCE
    return Heard(way, at, kind, subject, is_over, text, identity)


def kind_of(headline: str) -> tuple[str, str, bool]:
    """Kind, subject, and whether it is over, by the headline; one that is not known is a kind of its own."""
    # The most particular first: "the disk …" is no flow of that name.
    for kind, sides in sorted(HEADLINES.items(), key=lambda item: "{}" in item[1][0]):
        for is_over, side in enumerate(sides):
            if found := re.fullmatch(re.escape(side).replace(r"\{\}", "(.+)"), headline):
                return kind, "".join(found.groups()), bool(is_over)
    return "unknown", headline, False


def copies(told: Sequence[Heard]) -> int:
    """How many came once more."""
    return len(told) - len({(each.way, each.identity) for each in told})


def troubles(told: Sequence[Heard]) -> list[str]:
    """Where, on one way, alarms and ends of one kind and subject do not alternate, or the last is no end."""
    found: list[str] = []
    for way, kind, subject in sorted({(each.way, each.kind, each.subject) for each in told if each.kind != TOLD_ONCE}):
        seen = [each for each in told if (each.way, each.kind, each.subject) == (way, kind, subject)]
        once = list({each.identity: each for each in reversed(seen)}.values())[::-1]
        order = [each.is_over for each in once]
        if order != [bool(number % 2) for number in range(len(order))] or not order[-1]:
            told_as = " ".join("over" if each else "raised" for each in order)
            found.append(f"{way}: {' '.join(filter(None, (kind, subject)))}: {told_as}")
    return found


def was_open(told: Sequence[Heard], kinds: Sequence[str], begun: datetime, ended: datetime) -> list[str]:
    """By which ways an alarm of one of these kinds was heard by the end, and not heard to be over by the beginning."""
    found = []
    for way in WAYS:
        seen = [each for each in told if each.way == way and each.kind in kinds and each.at <= ended]
        last = {(each.kind, each.subject): each for each in seen if each.at < begun}
        is_raised = any(each.at >= begun and not each.is_over for each in seen)
        if is_raised or any(not each.is_over for each in last.values()):
            found.append(way)
    return found
