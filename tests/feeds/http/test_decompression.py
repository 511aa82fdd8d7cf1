"""Compressed bodies: what comes out, in which pieces, and what becomes of damaged ones."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest

from flows.feeds.http.decompression import PIECE, DamagedBodyError, UnknownEncodingError, decompressor

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    # As servers do it: the default takes three times as long, and its bodies begin no otherwise.
    "br": partial(brotli.compress, quality=5),
    "zstd": zstd.compress,
}
NOISE = random.Random(4).randbytes(50_000)


def expanded(encoding: str, body: bytes, step: int = 16_384) -> list[bytes]:
    """The pieces of a body that comes ``step`` bytes at a time."""
    expanding = decompressor(encoding)
    pieces = [piece for at in range(0, len(body), step) for piece in expanding.expand(body[at : at + step])]
    return [*pieces, *expanding.finish()]


@pytest.mark.parametrize("encoding", COMPRESS)
@pytest.mark.parametrize("step", [1, 7, 16_384, 10**9])
def test_what_was_compressed_comes_back_however_it_is_cut(encoding: str, step: int) -> None:
    text = NOISE + b" " * 200_000 + NOISE
    assert b"".join(expanded(encoding, COMPRESS[encoding](text), step)) == text


@pytest.mark.parametrize("encoding", COMPRESS)
def test_a_bomb_comes_in_small_pieces(encoding: str) -> None:
    sizes = [len(piece) for piece in expanded(encoding, COMPRESS[encoding](bytes(20_000_000)))]
    assert sum(sizes) == 20_000_000
    assert max(sizes) <= 2 * PIECE


@pytest.mark.parametrize("encoding", COMPRESS)
@pytest.mark.parametrize("body", [COMPRESS, b"this was never compressed at all"], ids=["cut", "garbage"])
def test_a_damaged_body_is_told(encoding: str, body: object) -> None:
    damaged = body if isinstance(body, bytes) else COMPRESS[encoding](NOISE)[:-3000]
    with pytest.raises(DamagedBodyError, match=r"damaged|broke off"):
        expanded(encoding, damaged)


@pytest.mark.parametrize("encoding", [*COMPRESS, "", "identity", "x-gzip", "UTF-8"])
def test_an_empty_body_is_empty(encoding: str) -> None:
    assert expanded(encoding, b"") == []


def test_gzip_in_several_members_and_deflate_without_its_header() -> None:
    assert b"".join(expanded("gzip", gzip.compress(b"one, ") + gzip.compress(b"two") + bytes(9), 3)) == b"one, two"
    bare = zlib.compress(NOISE)[2:-4]
    assert b"".join(expanded("deflate", bare)) == NOISE


def test_zstd_that_asks_for_a_window_of_gigabytes_is_refused() -> None:
    greedy = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    body = greedy.compress(NOISE) + greedy.flush()
    with pytest.raises(DamagedBodyError, match="zstd"):
        expanded("zstd", body)


TEXTS = {
    "xml": b'<?xml version="1.0"?><rss/>',
    "after blanks": b"\r\n\t <rss version='2.0'>" + b"x" * 100,
    "after a mark": b"\xef\xbb\xbf<feed>",
    "utf-16": "\ufeff<rss>\u2026</rss>".encode("utf-16-le") * 9,
    "json": b'{"version": "https://jsonfeed.org/version/1.1"}',
    "json list": b'[\n  {"title": "Tug sinks"}]',
    "latin": "<rss><title>caf\xe9</title></rss>".encode("latin-1") * 4,
}


@pytest.mark.parametrize("encoding", [*COMPRESS, "UTF-8", "none", "binary", "aws-chunked", "gzip, br", "", "8bit"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("step", [1, 16_384])
def test_what_begins_as_xml_or_json_is_taken_as_it_is(encoding: str, text: bytes, step: int) -> None:
    assert b"".join(expanded(encoding, text, step)) == text


@pytest.mark.parametrize("encoding", COMPRESS)
def test_compressed_bytes_that_begin_like_a_text_are_expanded(encoding: str) -> None:
    """Of many bodies, some begin with the signs of XML or JSON once they are compressed: brotli often with "["."""
    chance = random.Random(11)
    for _ in range(100):
        text = bytes(chance.choices(b'abcdefgh <>[]{}"', k=chance.randrange(1, 90_000)))
        assert b"".join(expanded(encoding, COMPRESS[encoding](text))) == text


@pytest.mark.parametrize("encoding", ["", "none", "binary", "aws-chunked,gzip", "deflate", "gzip, gzip", "gzip,br"])
def test_what_begins_like_gzip_is_expanded_whatever_it_is_called(encoding: str) -> None:
    assert b"".join(expanded(encoding, gzip.compress(NOISE))) == NOISE


@pytest.mark.parametrize("encoding", ["br, zstd", "compress", "aes128gcm", "UTF-8", "aws-chunked"])
def test_what_is_no_text_in_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(UnknownEncodingError, match=f"not asked for: {encoding}"):
        expanded(encoding, NOISE)


@pytest.mark.parametrize("encoding", ["", "identity", "none"])
def test_what_is_said_not_to_be_encoded_is_taken_as_it_is(encoding: str) -> None:
    assert b"".join(expanded(encoding, NOISE)) == NOISE
