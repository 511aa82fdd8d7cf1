"""Documents with every kind of fault. Nothing here may raise."""

from __future__ import annotations

import time

import pytest

from flows.feeds.parsing.records import ParsedFeed
from tests.support.feed_documents import item, only, parsed, rss

pytestmark = pytest.mark.alone

CYRILLIC = "Буксиры вышли из порта утром"
ACCENTS = "Café fermé à Besançon, déjà"


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "content_type"),
    [
        (CYRILLIC, "windows-1251", "windows-1251", "application/rss+xml"),
        (CYRILLIC, "windows-1251", "", "text/xml; charset=windows-1251"),
        (CYRILLIC, "windows-1251", "utf-8", "application/rss+xml"),
        (CYRILLIC, "windows-1251", "", "text/xml"),
        (CYRILLIC, "koi8-r", "koi8-r", "text/xml"),
        (CYRILLIC, "utf-8", "windows-1251", "text/xml; charset=iso-8859-1"),
        (CYRILLIC, "utf-16", "utf-16", "text/xml"),
        (CYRILLIC, "utf-16-be", "utf-16", "text/xml"),
        (CYRILLIC, "utf-32", "utf-32", "text/xml"),
        (CYRILLIC, "utf-32-be", "utf-32", "text/xml"),
        (CYRILLIC, "utf-32-le", "", "text/xml"),
        (ACCENTS, "iso-8859-1", "", "text/xml"),
        (ACCENTS, "iso-8859-1", "utf-8", "text/xml; charset=utf-8"),
        (ACCENTS, "iso-8859-1", "no-such-code", "text/xml"),
        (ACCENTS, "utf-8", "rot13", "text/xml"),
        (ACCENTS, "utf-8-sig", "", ""),
        ("拖船离开港口", "gb18030", "gb2312", "text/xml"),
        ("예인선이 항구를 떠났다", "euc-kr", "euc-kr", "text/xml"),
        ("曳船が港を出た", "iso-2022-jp", "iso-2022-jp", "text/xml"),
        ("曳船が港を出た", "shift_jis", "shift_jis", "text/xml"),
    ],
)
def test_encodings(text: str, encoding: str, declared: str, content_type: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = (
        f"{declaration}<rss version='2.0'><channel>{item(title=text, link='https://quay.example/1')}</channel></rss>"
    )
    assert only(document.encode(encoding), content_type).title == text


def test_utf_8_with_a_stray_western_byte_is_mended() -> None:
    text = (CYRILLIC * 3).encode() + b" caf" + b"\xe9"
    assert only(rss(item(title="@")).replace(b"@", text)).title == CYRILLIC * 3 + " café"


def test_control_characters_do_not_spoil_the_document() -> None:
    assert only(rss(item(title="Two\x0b \x00tugs\x1b"))).title == "Two tugs"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "not a feed: the body is empty"),
        (b" \n ", "not a feed: the body is empty"),
        (b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>", "not a feed: a web page (HTML)"),
        (b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml"/>', "not a feed: a web page"),
        (bytes(range(256)) * 100, "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5000), "not a feed: no XML and no JSON"),
        (b"just words", "not a feed: no XML and no JSON"),
        (b"<opml version='2.0'><body/></opml>", "not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "not a feed: broken JSON"),
        (b'{"hello": 1}', "not a feed: JSON, but no JSON Feed"),
        (b'{"items": ' + b"[" * 200_000, "not a feed: broken JSON"),
        (b"<?xml version='1.0'?>", "not a feed"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes, error: str) -> None:
    result = parsed(body)
    assert result.error.startswith(error)
    assert "\n" not in result.error
    assert result.seen == 0


@pytest.mark.parametrize("name", ["html", 'HTML PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://dtd.example/"'])
@pytest.mark.parametrize("between", ["", "\n<!-- <html> of old -->\n", "<?xml-stylesheet href='a.css'?>"])
def test_a_feed_that_calls_itself_a_web_page_is_read(name: str, between: str) -> None:
    assert only(f"<!DOCTYPE {name}>{between}".encode() + rss(item(title="Tugs"))[21:]).title == "Tugs"


def test_hundreds_of_comments_before_the_feed_cost_nothing() -> None:
    began = time.process_time()
    assert only(b"<!-- x -->" * 300 + rss(item(title="Tugs"))[21:]).title == "Tugs"
    assert parsed(b"<!-- x -->" * 300 + b"<opml/>").error
    assert time.process_time() - began < 2


def test_a_feed_without_elements_is_a_feed() -> None:
    assert parsed(rss("")) == ParsedFeed()


@pytest.mark.parametrize("length", range(40, 1200, 97))
def test_a_truncated_feed_gives_what_is_whole(length: int) -> None:
    whole = rss("".join(item(title=f"Tug {n} leaves", link=f"https://quay.example/{n}") for n in range(12)))
    result = parsed(whole[:length])
    complete = whole[:length].count(b"</item>")
    assert len(result.entries) >= complete
    assert [entry.title for entry in result.entries[:complete]] == [f"Tug {n} leaves" for n in range(complete)]


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    result = parsed(rss("<copyright>Ropes & Sons</copyright><item><title>A & B</title><category>x" + item(title="C")))
    assert [entry.title for entry in result.entries][:1] == ["A & B"]
    assert result.seen == 2


def test_a_billion_laughs_and_one_long_entity() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    nested = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' + rss(item(title="&l11;")).decode()[21:]
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>' + rss(item(title="&a;" * 50_000)).decode()[21:]
    for document in (nested, long):
        began = time.process_time()
        result = parsed(document.encode())
        assert time.process_time() - began < 2
        assert all(len(entry.title) <= 500 for entry in result.entries)


def test_external_entities_are_not_read() -> None:
    document = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item(title="in &x; side"))[21:]
    assert "root:" not in only(document).title


def test_a_body_is_never_taken_for_a_file_name_or_an_address() -> None:
    assert parsed(b"/etc/passwd").error
    assert parsed(b"http://127.0.0.1:9/feed").error


def test_elements_past_the_cap_and_without_text_are_counted() -> None:
    elements = item(link="https://quay.example/0") + "".join(item(title=f"T{n}") for n in range(9))
    result = parsed(rss(elements), max_entries=4)
    assert [entry.title for entry in result.entries] == ["T0", "T1", "T2"]
    assert (result.seen, result.capped, result.reasons) == (10, 6, {"no title or text": 1})


def test_long_texts_are_cut_and_a_missing_title_taken_from_the_summary() -> None:
    entry = only(rss(item(title="tug " * 400, description="barge " * 4000)))
    assert len(entry.title) <= 500
    assert len(entry.summary) <= 4000
    assert entry.title.endswith("tug…")
    untitled = only(rss(item(description="Two tugs left the outer harbour at dawn " * 10)))
    assert untitled.title.startswith("Two tugs left the outer harbour at dawn")
    assert len(untitled.title) <= 90


def test_links_that_are_no_web_addresses_are_left_out() -> None:
    assert only(rss(item(title="T", link="javascript:alert(1)", guid="x"))).link == ""


def test_half_a_surrogate_pair_in_json_can_be_stored() -> None:
    entry = only(b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "\\ud800", "title": "a\\ud83d b"}]}')
    assert entry.title == "a b"
    entry.guid.encode()


def test_two_thousand_elements_nested_in_each_other_end() -> None:
    began = time.process_time()
    parsed(rss("<item><title>x</title>" * 2000))
    parsed(b"<rss><channel>" + b"<a>" * 100_000)
    assert time.process_time() - began < 10
