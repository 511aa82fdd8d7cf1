"""Golden editions: days of the sample made twice, and by two processes, are the same in every rendering."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from email import message_from_bytes
from email.message import Message

import pytest

from db.types import Edition
from flows.config import DeliverySettings
from flows.digest.mail import build_message
from flows.digest.render import render_pages
from tests.digest import sample
from tests.digest.records import Page, stories

FIRST = date(2024, 11, 5)


@pytest.fixture(scope="module")
def days() -> list[Edition]:
    """The fourteen days of the sample."""
    return sample.editions(FIRST)


def parts(message: Message) -> list[tuple[str, bytes]]:
    """Type and decoded content of every part: what a reader gets, whatever wraps it."""
    return [
        (part.get_content_type(), part.get_payload(decode=True))  # type: ignore[misc]
        for part in message.walk()
        if not part.is_multipart()
    ]


def prints(made: list[Edition]) -> list[str]:
    """What the editions come to: content, text, page and the parts of the mail."""
    told = []
    for each in made:
        mail = message_from_bytes(build_message(each, "a@desk.example", DeliverySettings()).as_bytes())
        whole = json.dumps(each.content, sort_keys=True), *render_pages(each), repr(parts(mail))
        told.append(hashlib.sha256("\0".join(whole).encode()).hexdigest())
    return told


def test_fourteen_days_made_twice_are_the_same(days: list[Edition]) -> None:
    assert len(days) == 14
    assert prints(sample.editions(FIRST)) == prints(days)


def test_another_process_with_other_hashes_makes_the_same(days: list[Edition]) -> None:
    code = "from tests.digest import sample, test_golden as g; print(*g.prints(sample.editions(g.FIRST)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "4711", "PYTHONPATH": ".", "PATH": "", "HOME": "/nonexistent", "TZ": "Asia/Tokyo"},
    )
    assert done.stdout.split() == prints(days)


def test_no_entry_is_told_twice_and_every_one_is_accounted_for(days: list[Edition]) -> None:
    for each in days:
        content = each.content
        told = sum(story["entries"] for story in stories(dict(content)))
        away = content["counts"]["held_back_entries"] + content["late"]["entries"] + content["repeated"]["entries"]
        assert told + away == content["counts"]["flagged"]


def test_follow_ups_and_quiet_claims_happen_in_the_sample(days: list[Edition]) -> None:
    updates = [story for each in days for story in stories(dict(each.content)) if story["is_update"]]
    assert updates
    assert all(story["news"] for story in updates)
    assert any(each.content["repeated"]["total"] for each in days)


def test_every_language_of_the_sample_comes_through(days: list[Edition]) -> None:
    text = "".join(Page(render_pages(each).html).text for each in days)
    for name in ("한강신문", "البرز خبر", "京河日报", "Волжский вестник"):
        assert name in text
