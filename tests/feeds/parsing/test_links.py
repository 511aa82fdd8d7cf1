"""What may be a link, and by what an article's address is known again."""

from __future__ import annotations

import pytest

from flows.feeds.parsing.links import identities, identity, web_address

BASE = "https://quay.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://quay.example/a", "https://quay.example/a"),
        (" https://quay.example/\n  a ", "https://quay.example/a"),
        ("/tugs/1", "https://quay.example/tugs/1"),
        ("//cdn.quay.example/x", "https://cdn.quay.example/x"),
        ("https://quay.example/a b", "https://quay.example/ab"),
        ("https://quay.example/новости?q=буксир", "https://quay.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D0%B1%D1%83%D0%BA%D1%81%D0%B8%D1%80"),
        ('https://quay.example/"><script>', "https://quay.example/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""),
        ("data:text/html,<b>", ""),
        ("ftp://quay.example/a", ""),
        ("mailto:desk@quay.example", ""),
        ("https://quay.example@evil.example/", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("https://quay.example:port/", ""),
        ("https://quay.example/" + "a" * 3000, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_absolute_web_addresses_become_links(text: str, link: str) -> None:
    assert web_address(text, BASE) == link


@pytest.mark.parametrize(
    "variant",
    [
        "http://quay.example/tugs/1?id=7",
        "https://www.quay.example/tugs/1/?id=7",
        "https://m.quay.example/tugs/1?id=7#comments",
        "https://QUAY.example:443/tugs/1?id=7",
        "https://amp.quay.example/tugs/1/amp?id=7",
        "https://quay.example/tugs/1.amp?id=7",
        "https://quay.example/tugs/1?utm_source=rss&id=7&utm_medium=feed",
        "https://quay.example/tugs/1?fbclid=x&gclid=y&id=7&ns_mchannel=rss&at_medium=RSS&CMP=share&ITO=1&ref=home",
        "https://quay.example/tugs/1?id=7&src=rss&amp=1",
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert identity(variant) == "quay.example/tugs/1?id=7"


@pytest.mark.parametrize(
    "other",
    [
        "https://quay.example/tugs/1?id=8",
        "https://quay.example/tugs/2?id=7",
        "https://quay.example/Tugs/1?id=7",
        "https://fleet.quay.example/tugs/1?id=7",
        "https://quay.example:8443/tugs/1?id=7",
        "https://quay.example/tugs/1?id=7&src=archive",
    ],
)
def test_other_addresses_are_others(other: str) -> None:
    assert identity(other) != "quay.example/tugs/1?id=7"


def test_the_order_of_parameters_and_the_way_of_quoting_do_not_count() -> None:
    assert identity("https://q.example/a?b=2&a=1") == identity("https://q.example/a?a=1&b=2")
    assert identity("https://q.example/%d0%bd") == identity("https://q.example/%D0%BD")


@pytest.mark.parametrize("front", ["https://quay.example", "https://www.quay.example/", "http://quay.example/#top"])
def test_a_front_page_identifies_no_article(front: str) -> None:
    assert identity(front) == ""


def test_a_short_host_is_not_taken_for_a_prefix() -> None:
    assert identity("https://m.example/a") == "m.example/a"


@pytest.mark.parametrize(
    "noise",
    [
        "?utm_source=rss&utm_content=77", "?ref=rss", "?ref=home_top", "?rss=1", "?at_medium=RSS&at_campaign=x9",
        "?ns_mchannel=rss&ns_campaign=1490&ito=1490", "?wt_mc=rss.ho.beitrag.rdf", "?share=twitter&CMP=share",
        "?partner=rss&emc=rss", "?maca=en-rss-en-all-1573-r", "#xtor=RSS-3", "#comments", "#tk.rss_all", "#", "#top",
        "#utm_source=x", "#:~:text=tugs", "?oc=1", "?gclid=abc123", "?mc_cid=91",
    ],
)  # fmt: skip
def test_what_is_known_to_mean_nothing_is_not_in_doubt(noise: str) -> None:
    assert identities(f"https://quay.example/tugs{noise}") == ("quay.example/tugs", "")


@pytest.mark.parametrize(
    "part",
    [
        "?ref=2026-101", "?ref=iran", "?rss=501", "?oc=77", "?share=4f2", "?ns_id=501", "?at_id=3", "?pk_id=9",
        "?wt_nr=2", "?partner=12", "#post-1", "#0", "#2026-11-26", "#/story/4", "?feedname=b7", "?cmp=31", "#новость",
    ],
)  # fmt: skip
def test_what_may_name_an_article_is_in_doubt(part: str) -> None:
    bare, whole = identities(f"https://quay.example/tugs{part}")
    assert bare == "quay.example/tugs"
    assert whole == f"quay.example/tugs??{part.lstrip('?')}"
