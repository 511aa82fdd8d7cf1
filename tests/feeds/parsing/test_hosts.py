"""Hosts in letters, in punycode and percent-encoded, and the one spelling that is stored."""

from __future__ import annotations

import pytest

from flows.feeds.parsing.hosts import ascii_host, with_ascii_host
from flows.feeds.parsing.links import web_address
from tests.support.feed_documents import item, only, rss

HARBOUR = "xn--80aafc7c0e.xn--p1ai"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("гавань.рф", HARBOUR),
        ("ГАВАНЬ.РФ", HARBOUR),
        (HARBOUR.upper(), HARBOUR),
        ("%D0%B3%D0%B0%D0%B2%D0%B0%D0%BD%D1%8C.%D1%80%D1%84", HARBOUR),
        ("гавань。рф", HARBOUR),
        ("Quay.EXAMPLE", "quay.example"),
        ("under_score.example.", "under_score.example."),
        ("straße.example", "xn--strae-oqa.example"),
        ("🚢.example", "xn--068h.example"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("", ""),
        ("..", ""),
        ("quay example", ""),
        ("quay%2Fexample", ""),
        ("quay%00.example", ""),
        ("quay%ff.example", ""),
        ("a" * 64 + ".example", ""),
        ("ж" * 60 + ".example", ""),
        ("\ud800.example", ""),
    ],
)
def test_a_host_is_told_in_ascii_or_not_at_all(host: str, name: str) -> None:
    assert ascii_host(host) == name


@pytest.mark.parametrize(
    "spelling",
    [
        "https://гавань.рф/суда/1",
        "HTTPS://ГАВАНЬ.рф/суда/1",
        f"https://{HARBOUR}/суда/1",
        "https://%D0%B3%D0%B0%D0%B2%D0%B0%D0%BD%D1%8C.%D1%80%D1%84/%D1%81%D1%83%D0%B4%D0%B0/1",
    ],
)
def test_every_spelling_of_an_address_is_stored_as_one(spelling: str) -> None:
    stored = f"https://{HARBOUR}/%D1%81%D1%83%D0%B4%D0%B0/1"
    assert web_address(spelling) == stored
    assert web_address(stored) == stored
    assert only(rss(item(title="T", link=spelling))).link == stored


def test_ports_and_brackets_stay_and_a_relative_link_takes_the_host_of_its_base() -> None:
    assert web_address("https://гавань.рф:8443/a?b#c") == f"https://{HARBOUR}:8443/a?b#c"
    assert web_address("http://[2001:DB8::1]:80/a") == "http://[2001:db8::1]:80/a"
    assert web_address("суда/2", "https://гавань.рф/лента/все.xml").startswith(f"https://{HARBOUR}/%D0%BB")
    assert web_address("//гавань.рф/a", "https://quay.example/") == f"https://{HARBOUR}/a"


def test_what_is_asked_for_has_its_host_in_ascii_and_nothing_else_is_altered() -> None:
    assert with_ascii_host("https://user@%D0%B3%D0%B0%D0%B2%D0%B0%D0%BD%D1%8C.рф:81/a b?c|d") == (
        f"https://user@{HARBOUR}:81/a b?c|d"
    )
    for same in ("https://Quay.example/A", "http://[broken", "file:///etc", "https://%zz.example/"):
        assert with_ascii_host(same) == same
