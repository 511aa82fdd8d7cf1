"""Headers on their way: plain ASCII and whole, whatever their length, for every reader of mails."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import getaddresses

import pytest

from flows.config.settings import DeliverySettings
from flows.digest.delivery.mail import AddressError, build_message
from flows.digest.delivery.mail_headers import HeaderError, folded
from tests.support.edition_records import edition, scored
from tests.support.long_addresses import ANSWERED, READERS, SENDERS, TITLES

FOR_PEOPLE = {"from", "subject"}


def head_of(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[0]


def built(sender: str, reader: str, title: str) -> bytes:
    told = edition([scored(1, title)], title=title)
    return build_message(told, reader, DeliverySettings(sender=sender), in_reply_to=ANSWERED).as_bytes()


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("title", TITLES)
def test_addresses_and_links_of_any_length_come_back_whole(sender: str, reader: str, title: str) -> None:
    raw = built(sender, reader, title)
    modern, old = message_from_bytes(raw, policy=default), message_from_bytes(raw, policy=compat32)
    link = DeliverySettings(sender=sender).unsubscribe_link(reader)
    domain = sender.partition("@")[2]
    for mail in (modern, old):
        assert [address for _, address in getaddresses([str(mail["From"])])] == [sender]
        assert [address for _, address in getaddresses([str(mail["To"])])] == [reader]
        assert mail["List-Unsubscribe"] == f"<{link}>"
        assert mail["List-Id"] == f"<{sender.replace('@', '.')}>"
        assert mail["In-Reply-To"] == mail["References"] == ANSWERED
        assert re.fullmatch(rf"<[0-9a-f-]{{36}}@{re.escape(domain)}>", mail["Message-ID"])


@pytest.mark.parametrize("title", TITLES)
def test_only_what_people_read_is_encoded(title: str) -> None:
    raw = head_of(built(SENDERS[1], READERS[1], title))
    assert raw.isascii()
    fields = re.split(rb"\r\n(?![ \t])", raw)
    encoded = {field.partition(b":")[0].decode().lower() for field in fields if b"=?utf-8?" in field}
    assert encoded == (set() if title.isascii() else FOR_PEOPLE)
    assert all(len(word) <= 75 for word in raw.split() if word.startswith(b"=?"))


@pytest.mark.parametrize("title", TITLES)
def test_the_name_beside_the_address_comes_back(title: str) -> None:
    mail = message_from_bytes(built(SENDERS[0], READERS[0], title), policy=compat32)
    ((name, _),) = getaddresses([mail["From"]])
    assert str(make_header(decode_header(name))) == title[:80]


def test_no_line_is_empty_and_none_is_broken_but_at_white_space() -> None:
    raw = head_of(built(SENDERS[1], READERS[2], TITLES[1]))
    lines = raw.split(b"\r\n")
    assert all(line.strip() for line in lines)
    assert max(map(len, lines)) <= 998
    assert folded("X", "a" * 60 + " " + "b" * 60) == f"X: {'a' * 60}\r\n {'b' * 60}\r\n"


@pytest.mark.parametrize("value", ["jürgen@x.example", "y" * 996])
def test_what_a_header_cannot_hold_is_refused(value: str) -> None:
    with pytest.raises(HeaderError, match="X-Test cannot be written"):
        folded("X-Test", value)


@pytest.mark.parametrize(
    ("sender", "reader"), [("d@wächter.example", "a@x.example"), ("d@w.example", "jürgen@x.example")]
)
def test_an_address_that_is_not_ascii_is_named(sender: str, reader: str) -> None:
    with pytest.raises(AddressError, match="use its ASCII form"):
        built(sender, reader, "Axis watch")
