"""Links to follow by: each copy of the digest holds its own reader's, what everybody may read holds none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.desk_secret import signed
from flows.digest.dispatch import deliver_edition
from flows.digest.follow_links import MARK, NO_LINKS, addressed, links, reader_of, root_of, token
from flows.runtime.clock import Clock
from tests.support.followed_threads import DAY, NOON, OPENING, SIGNING, body, mail, report, settings

SECRET = b"a secret of the tests"
READERS = ("one@desk.example", "Two@desk.example")
NAME = "2026-11-18"


@pytest.fixture
def sent(tmp_path: Path) -> Config:
    """A digest of two readers, in the outbox."""
    delivery = {"outbox": tmp_path / "out", "recipients": READERS}
    current = settings(tmp_path, delivery=delivery, desk={"address": "https://desk.example/"})
    report(current, OPENING, NOON)
    report(current, SIGNING, NOON, "Quay News")
    morning = (NOON + DAY).replace(hour=6)
    deliver_edition(current, digest_editions.daily(current, morning.date(), morning), Clock(morning.isoformat()), "")
    return current


def test_a_mark_is_as_long_as_a_token() -> None:
    assert len(MARK) == len(token(SECRET, READERS[0], 1)) == len(signed(SECRET, ""))


def test_each_reader_gets_links_of_their_own(sent: Config) -> None:
    secret = (sent.store.path.parent / "desk.secret").read_bytes()
    for reader, name in zip(READERS, (NAME, f"{NAME}.{READERS[1]}"), strict=True):
        made = mail(sent, name)
        assert made["To"] == reader
        for kind in ("plain", "html"):
            (found,) = set(re.findall(r"https://desk\.example/follow/(\d+)/([\w-]+)", body(made, kind)))
            assert found[1] == token(secret, reader, int(found[0]))
            assert MARK not in body(made, kind)


def test_the_page_that_everybody_reads_holds_none(sent: Config) -> None:
    for suffix in (".html", ".txt"):
        page = (sent.delivery.outbox / f"{NAME}{suffix}").read_text(encoding="utf-8")
        assert "/follow/" not in page
        assert MARK not in page


def test_a_token_opens_for_one_reader_and_one_story_whatever_the_case() -> None:
    made = token(SECRET, READERS[1], 7)
    assert reader_of(made, SECRET, 7, map(str.casefold, READERS)) == READERS[1].casefold()
    assert reader_of(made, SECRET, 8, READERS) == ""
    assert reader_of(made, b"another", 7, READERS) == ""
    assert reader_of("ü", SECRET, 7, READERS) == ""


def test_where_the_links_lead(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert root_of(settings(tmp_path, desk={"port": 0})) == ""
    assert links(settings(tmp_path, desk={"port": 0})) == NO_LINKS
    assert root_of(settings(tmp_path)) == "http://127.0.0.1:8737"
    assert root_of(settings(tmp_path, delivery={"one_click": "https://watch.example/"})) == "https://watch.example"
    (tmp_path / "desk.secret").mkdir()
    assert links(settings(tmp_path)) == NO_LINKS
    assert "no links to follow by" in caplog.text


def test_words_of_a_feed_that_look_like_a_mark_get_no_token_of_another_story() -> None:
    asked = []

    def token_of(address: str, entry: int) -> str:
        asked.append((address, entry))
        return "T"

    assert (
        addressed(f"{MARK} /follow/x/{MARK} /follow/3/{MARK}", "a", token_of) == f"{MARK} /follow/x/{MARK} /follow/3/T"
    )
    assert asked == [("a", 3)]
