"""Answers as servers really give them: what every browser reads is read here, over real sockets."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from flows.config.settings import FetchSettings
from flows.feeds.http.fetch import Fetcher
from flows.feeds.parsing.records import Conditions, FeedFailure, FeedResponse
from tests.support.hostile_site import FEED, answer
from tests.support.raw_site import RawSite

SETTINGS = FetchSettings(timeout_seconds=2, total_seconds=4, max_megabytes=2, allow_private=True, host_seconds=0)
PACKED = gzip.compress(FEED)
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(FEED), FEED)


def bare(*lines: str, body: bytes = FEED) -> bytes:
    """An answer of these lines alone."""
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


LENGTH = f"Content-Length: {len(FEED)}"
READ = {
    "no compression by an odd name": answer(FEED, "Content-Encoding: UTF-8"),
    "chunks of a store": answer(FEED, "Content-Encoding: aws-chunked"),
    "an encoding without a name": answer(FEED, "Content-Encoding: "),
    "gzip that is none": answer(FEED, "Content-Encoding: gzip"),
    "brotli that is none": answer(FEED, "Content-Encoding: br"),
    "gzip without a header": answer(PACKED),
    "a gzip file": answer(PACKED, "Content-Type: application/x-gzip"),
    "a gzip file packed again": answer(gzip.compress(PACKED), "Content-Encoding: gzip"),
    "gzip named twice": answer(PACKED, "Content-Encoding: gzip", "Content-Encoding: gzip"),
    "gzip in both, named twice": answer(gzip.compress(PACKED), "Content-Encoding: gzip, gzip"),
    "gzip called deflate": answer(PACKED, "Content-Encoding: deflate"),
    "a header of 9 kB": answer(FEED, "Content-Security-Policy: " + "https://cdn.quay.example " * 360),
    "a header of 60 kB": answer(FEED, "Link: " + "</a.css>; rel=preload, " * 2700),
    "150 headers": answer(FEED, *(f"X-{number}: y" for number in range(150))),
    "3000 headers": answer(FEED, *(f"X-{number}: y" for number in range(3000))),
    "a blank in a name": answer(FEED, "X Powered By: a friend"),
    "a blank before the colon": bare("HTTP/1.1 200 OK", f"Content-Length : {len(FEED)}"),
    "a line without a colon": answer(FEED, 'P3P CP="NOI"'),
    "a name of no letters": answer(FEED, ": nothing", "(c): a friend"),
    "a header that goes on": answer(FEED, "X-Long: one", "  two", "\tthree"),
    "a dropped header that goes on": answer(FEED, "X Long: one", "  Content-Length: 3"),
    "control signs in a value": answer(FEED, "X-Odd: a\x00b\x07"),
    "letters beyond ASCII": bare("HTTP/1.1 200 D\xe9j\xe0 vu", LENGTH, "X-Author: Jos\xe9"),
    "a length told twice": answer(FEED, LENGTH),
    "a length told twice in one": bare("HTTP/1.1 200 OK", f"{LENGTH}, {len(FEED)}"),
    "a length without a number": bare("HTTP/1.1 200 OK", "Content-Length: ", "Connection: close"),
    "a length beside chunks": bare("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", LENGTH, body=CHUNKED),
    "chunks told twice": bare("HTTP/1.1 200 OK", *["Transfer-Encoding: chunked"] * 2, body=CHUNKED),
    "no length": bare("HTTP/1.1 200 OK", "Connection: close"),
    "a coding that is none": bare("HTTP/1.1 200 OK", "Transfer-Encoding: identity", LENGTH),
    "more than its length": answer(FEED + b"<!-- and on -->", length=len(FEED)),
    "no reason": bare("HTTP/1.1 200", LENGTH),
    "two blanks": bare("HTTP/1.1  200  OK", LENGTH),
    "a version of its own": bare("HTTP/2.0 200 OK", LENGTH),
    "HTTP/1.0": bare("HTTP/1.0 200 OK"),
    "lines without returns": bare("HTTP/1.1 200 OK", LENGTH, body=b"").replace(b"\r", b"") + FEED,
    "hints before it": bare("HTTP/1.1 103 Early Hints", "X Odd: y", "Link: </s.css>", body=answer(FEED)),
    "203": answer(FEED, status="203 Non-Authoritative Information"),
    "226": answer(FEED, "IM: feed", status="226 IM Used"),
    "206 of the whole": answer(
        FEED, f"Content-Range: bytes 0-{len(FEED) - 1}/{len(FEED)}", status="206 Partial Content"
    ),
}
REFUSED = {
    "206 of a part": (answer(FEED[:9], "Content-Range: bytes 0-8/90", status="206 Partial Content"), "HTTP 206"),
    "202": (answer(FEED, status="202 Accepted"), "HTTP 202 Accepted"),
    "two lengths": (bare("HTTP/1.1 200 OK", LENGTH, "Content-Length: 7"), "no sound HTTP: "),
    "no HTTP": (b"220 mail.quay.example ESMTP\r\n\r\n", "no sound HTTP: "),
    "a bad chunk": (bare("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"zz\r\n"), "broke off|no sound HTTP"),
    "large headers": (answer(FEED, *(f"X-{number}: {'y' * 500}" for number in range(600))), "larger than 256 KB"),
    "a redirect without an address": (answer(b"", status="302 Found"), "HTTP 302 Found, without an address"),
    "a gzip file that grows": (answer(gzip.compress(b"<rss>" + b" " * 3_000_000)), "larger than 2 MB"),
    "one in another": (
        answer(gzip.compress(gzip.compress(bytes(40_000_000))), "Content-Encoding: gzip, gzip"),
        "larger than 2 MB",
    ),
    "half a gzip file": (answer(PACKED[:-9]), "broke off before its end"),
    "an unknown encoding": (answer(bytes(range(256)), "Content-Encoding: compress"), "not asked for: compress"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[RawSite]:
    told = READ | {name: reply for name, (reply, _) in REFUSED.items()}
    with RawSite({f"/{name.replace(' ', '-')}": reply for name, reply in told.items()}) as site:
        yield site


def path(name: str) -> str:
    return f"/{name.replace(' ', '-')}"


@pytest.mark.parametrize("name", READ)
async def test_what_browsers_read_is_read(site: RawSite, name: str) -> None:
    async with Fetcher(SETTINGS) as fetcher:
        response = await fetcher.fetch(site.url(path(name)))
    assert isinstance(response, FeedResponse), response
    assert response.body == FEED
    assert response.status == (int(name[:3]) if name[:3].isdigit() and name[0] == "2" else 200)


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_is_told_without_words_of_ours_in_the_servers_mouth(site: RawSite, name: str) -> None:
    async with Fetcher(SETTINGS) as fetcher:
        failure = await fetcher.fetch(site.url(path(name)))
    assert isinstance(failure, FeedFailure)
    assert any(words in failure.error for words in REFUSED[name][1].split("|")), failure.error
    assert "400" not in failure.error
    assert failure.status is None or b" %d " % failure.status in REFUSED[name][0]


async def test_a_connection_serves_on_after_answers_that_were_mended(site: RawSite) -> None:
    site.connections = 0
    site.answers["/kept"] = bare("HTTP/1.1 200 OK", LENGTH, LENGTH, "X Odd: y")
    site.answers["/unchanged"] = bare("HTTP/1.1 304 Not Modified", LENGTH, "X Odd: y", body=b"")
    async with Fetcher(SETTINGS) as fetcher:
        for _ in range(3):
            assert isinstance(await fetcher.fetch(site.url("/kept")), FeedResponse)
            url = site.url("/unchanged")
            unchanged = await fetcher.fetch(url, Conditions(url, etag='"7"'))
            assert isinstance(unchanged, FeedResponse)
            assert unchanged.status == 304
    assert site.connections == 1


async def test_what_comes_after_an_answer_is_no_answer_to_the_next_request(site: RawSite) -> None:
    other = bare("HTTP/1.1 200 OK", "Content-Length: 5", body=b"<bad>")
    site.answers["/twice"] = bare("HTTP/1.1 200 OK", LENGTH) + other
    async with Fetcher(SETTINGS) as fetcher:
        for _ in range(3):
            response = await fetcher.fetch(site.url("/twice"))
            assert isinstance(response, FeedResponse)
            assert response.body == FEED
