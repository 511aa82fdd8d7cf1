"""Compressed bodies, expanded in small pieces so that whoever takes them can stop at any time.

httpx expands each piece that it receives at once, and 16 KB of brotli can stand for many gigabytes: a limit would be
checked when the memory is gone. Here a step gives about ``PIECE`` bytes, whatever the format.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 64 * 1024
"""Bytes that one step of an expansion gives, more or less: brotli stops a little later."""
MAX_WINDOW_LOG = 23
"""8 MB, the largest window that RFC 9659 lets a server use; a zstd body may ask its reader for gigabytes."""


GZIP = b"\x1f\x8b"
"""With these bytes gzip begins, and no feed that is not packed."""
HEAD = 64
"""So many bytes of a body show whether it is a text."""
_XML_OR_JSON = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:<[?!A-Za-z_]|\{\s*["}]|\[\s*[\[{"\]])"""
    rb"|\xff\xfe<\x00|\xfe\xff\x00<|<\x00[?!A-Za-z]\x00|\x00<\x00[?!A-Za-z]"
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""How text begins of which every character takes two bytes."""


class DamagedBodyError(Exception):
    """A body that is not what its Content-Encoding says, or that breaks off; the message is one line."""


class UnknownEncodingError(Exception):
    """A body that is neither a text nor in an encoding that was asked for; the message is one line."""


class Decompressor(Protocol):
    """Turns the bytes of one body, given in order, into what they stand for. Every piece must be taken."""

    def expand(self, data: bytes) -> Iterator[bytes]:
        """What ``data`` adds, in pieces of about ``PIECE`` bytes. Raises DamagedBodyError or UnknownEncodingError."""
        ...

    def finish(self) -> Iterator[bytes]:
        """Called at the end of the body: what is left. Raises the same, also where the body breaks off."""
        ...


def decompressor(encoding: str) -> Decompressor:
    """The expander for the value of a Content-Encoding header, which is believed as far as the body bears it out.

    Many servers name what is no compression ("UTF-8", "none", "aws-chunked"), name gzip twice, or name one over a body
    that is not compressed at all. Different encodings on top of each other ("gzip, br") are not expanded: only a
    decompression bomb needs them.
    """
    return _Judged(encoding)


class _Judged:
    """Looks at the first bytes of a body before it chooses how to expand it."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._head = b""
        self._chosen: Decompressor | None = None

    def expand(self, data: bytes) -> Iterator[bytes]:
        if self._chosen is None:
            self._head += data
            if len(self._head) < HEAD:
                return
            self._chosen, data = self._choice(), self._head
        yield from self._chosen.expand(data)

    def finish(self) -> Iterator[bytes]:
        if self._chosen is None:
            self._chosen = self._choice()
            if self._head:
                yield from self._chosen.expand(self._head)
        yield from self._chosen.finish()

    def _choice(self) -> Decompressor:
        if is_xml_or_json(self._head):
            return _Plain()
        named = {part.strip().lower() for part in self._encoding.split(",")}
        known = named & set(_EXPANDERS)
        if self._head.startswith(GZIP) and known != {"br"}:
            return _EXPANDERS["gzip"]()
        if len(known) == 1:
            return _EXPANDERS[known.pop()]()
        if known or not (named <= _NO_CODING or _is_text(self._head)):
            raise UnknownEncodingError(f"sent in an encoding that was not asked for: {self._encoding[:40]}")
        return _Plain()


def is_xml_or_json(head: bytes) -> bool:
    """Whether a body that begins so is XML or JSON that nobody compressed."""
    if not _XML_OR_JSON.match(head):
        return False
    # Compressed bytes can begin with any sign, but not with so many in a row that all belong to a text.
    return head.startswith(_WIDE) or _is_text(head)


def _is_text(head: bytes) -> bool:
    return not _NO_TEXT.search(head[:HEAD])


class _Plain:
    def expand(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> Iterator[bytes]:
        return iter(())


class _Zlib:
    """gzip (of one member or several) and deflate (with a zlib header or, as some servers send it, without)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._begun = name == "gzip"
        self._empty = True

    def expand(self, data: bytes) -> Iterator[bytes]:
        while data:
            self._empty = False
            self._begin(data)
            try:
                piece = self._stream.decompress(data, PIECE)
            except zlib.error as error:
                raise DamagedBodyError(f"the body is damaged {self._name}: {error}") from error
            if piece:
                yield piece
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._next_member()

    def _begin(self, data: bytes) -> None:
        if not self._begun:
            has_header = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] * 256 + data[1]) % 31 == 0)
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
            self._begun = True

    def _next_member(self) -> bytes:
        rest = self._stream.unused_data
        if self._name != "gzip" or not rest.startswith(b"\x1f\x8b"):
            return b""  # padding: every browser passes over it
        self._stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return rest

    def finish(self) -> Iterator[bytes]:
        if not (self._stream.eof or self._empty):
            raise DamagedBodyError("the answer broke off before its end")
        return iter(())


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._empty = True

    def expand(self, data: bytes) -> Iterator[bytes]:
        self._empty = self._empty and not data
        while not self._stream.is_finished():
            try:
                piece = self._stream.process(data, output_buffer_limit=PIECE)
            except brotli.error as error:
                raise DamagedBodyError("the body is damaged br") from error
            data = b""
            # It says that it can take more while it still holds back what it has: only an empty piece means "no more".
            if not piece:
                return
            yield piece

    def finish(self) -> Iterator[bytes]:
        if not (self._stream.is_finished() or self._empty):
            raise DamagedBodyError("the answer broke off before its end")
        return iter(())


class _Zstd:
    def __init__(self) -> None:
        self._stream = self._fresh()
        self._empty = True

    @staticmethod
    def _fresh() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: MAX_WINDOW_LOG})

    def expand(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._stream.needs_input or self._stream.eof):
            if self._stream.eof:
                self._stream = self._fresh()
            self._empty = False
            try:
                piece = self._stream.decompress(data, PIECE)
            except zstd.ZstdError as error:
                raise DamagedBodyError(f"the body is damaged zstd: {error}") from error
            data = self._stream.unused_data if self._stream.eof else b""
            if piece:
                yield piece

    def finish(self) -> Iterator[bytes]:
        if not (self._stream.eof or self._empty):
            raise DamagedBodyError("the answer broke off before its end")
        return iter(())


_EXPANDERS: dict[str, Callable[[], Decompressor]] = {
    "gzip": lambda: _Zlib("gzip"),
    "x-gzip": lambda: _Zlib("gzip"),
    "deflate": lambda: _Zlib("deflate"),
    "br": _Brotli,
    "zstd": _Zstd,
}
_NO_CODING = frozenset({"", "identity", "none"})
"""Names that say that nothing was done to the body."""
ASKED_FOR = "gzip, deflate, br, zstd"
"""The value of our Accept-Encoding header."""
