"""Compressed bodies: what comes out, in which pieces, and what becomes of damaged ones."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest

from flows.feeds.http.decompression import PIECE, DamagedBodyError, decompressor

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
NOISE = random.Random(4).randbytes(50_000)


def expanded(encoding: str, body: bytes, step: int = 16_384) -> list[bytes]:
    """The pieces of a body that comes ``step`` bytes at a time."""
    expanding = decompressor(encoding)
    assert expanding is not None
    pieces = [piece for at in range(0, len(body), step) for piece in expanding.expand(body[at : at + step])]
    expanding.finish()
    return pieces


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


@pytest.mark.parametrize("encoding", [*COMPRESS, "", "identity", "x-gzip"])
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


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br, gzip", "compress", "aes128gcm"])
def test_what_was_not_asked_for_has_no_expander(encoding: str) -> None:
    assert decompressor(encoding) is None
