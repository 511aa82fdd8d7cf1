"""The bytes of an XML document as UTF-8, whatever they claim to be."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How a document begins → what it is in; the last four have no mark, and "<" is their first character."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = bytes(range(0x80, 0x100))
_NOT_XML = bytes([*range(9), 11, 12, *range(14, 32)])
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
"""Encodings that stand in for narrower ones: what claims the narrow one often uses the wide one."""


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """The document in UTF-8 without declaration, byte order mark or characters that XML forbids. Never raises.

    Bytes that are valid UTF-8 are UTF-8 whatever they claim; otherwise the claims are tried, the document's own before
    the server's; then text that is UTF-8 but for some stray bytes is mended; the rest is Cyrillic where high bytes
    come in whole words, else Western.
    """
    text = _DECLARATION.sub("", _decoded(body, content_type), count=1)
    return text.encode("utf-8", "ignore").translate(None, _NOT_XML).strip()


def _decoded(body: bytes, content_type: str) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    claims = _claims(body, content_type)
    # ISO-2022 texts are all ASCII bytes, so that "valid UTF-8" says nothing about them.
    shifted = [claim for claim in claims if claim.startswith(("iso-2022", "hz"))]
    for name in [*shifted, "utf-8", *claims]:
        try:
            return body.decode(_WIDER.get(name, name))
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(body)


def _claims(body: bytes, content_type: str) -> list[str]:
    own = _DECLARED.match(body[:512])
    sent = _CHARSET.search(content_type)
    claims = [own.group(1).decode("ascii") if own else "", sent.group(1) if sent else ""]
    # Python's own codecs (rot13, zip …) are no encodings of text.
    return [claim.lower() for claim in claims if claim and _is_text_encoding(claim)]


def _is_text_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def _guessed(body: bytes) -> str:
    high = len(body) - len(body.translate(None, _HIGH))
    mended = body.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in mended)
    if stray * 4 < high:
        return "".join(_mended(char) for char in mended)
    in_words = sum(len(run) for run in _HIGH_RUN.findall(body))
    return body.decode("cp1251" if in_words * 2 > high else "cp1252", "replace")


def _mended(char: str) -> str:
    return bytes([ord(char) - 0xDC00]).decode("cp1252", "replace") if "\udc80" <= char <= "\udcff" else char
