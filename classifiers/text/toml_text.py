"""A TOML file as editors on all systems write it: its text, and what is wrong with it.

By this every file is read that a user writes: the config, lists of feeds, claims, topics.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_BLANKS = re.compile("[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*')""")
_LINE = re.compile(r"at line (\d+)")
_HINTS = (
    (re.compile(r"[“”„‟‘’«»]"), 'write straight quotes: "…"'),
    (re.compile(r'=\s*"[^"]*\\'), "write a path with backslashes in single quotes: 'C:\\…'"),
    (re.compile(r"=\s*(?:True|False|yes|no|on|off|YES|NO|TRUE|FALSE)\s*(?:#|$)"), "write true or false"),
    (re.compile(r"=\s*(?:#|$)"), 'write a value after the equals sign: "" for an empty text'),
    (re.compile(r"^\s*[\w.-]+\s*:\s"), "write an equals sign, not a colon"),
    (re.compile(r"^\s*;"), "begin a remark with #"),
    (re.compile(r"=\s*[^\s\"'\[{\d+-]"), 'write a text in quotes: "…"'),
)
"""How a line looks that is no TOML → what to write."""


class TomlError(ValueError):
    """The text is no TOML; the message is one line."""


def decoded(data: bytes, errors: str = "strict") -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark, without any mark and with plain blanks. Raises
    UnicodeDecodeError unless ``errors`` says otherwise."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    # TOML knows no lone carriage return.
    text = data.decode(encoding, errors).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(_with_plain_blanks(line) if _OTHER_BLANKS.search(line) else line for line in text.split("\n"))


def _with_plain_blanks(line: str) -> str:
    """Outside of quotes: such blanks come with what is copied from web pages."""
    parts = _QUOTED.split(line)
    return "".join(part if number % 2 else _OTHER_BLANKS.sub(" ", part) for number, part in enumerate(parts))


def parsed(data: bytes) -> dict[str, Any]:
    """The tables of a file. Raises TomlError."""
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        raise TomlError(f"it is not in UTF-8 (byte {error.start}); save it as UTF-8") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = _hint(text, str(error))
        raise TomlError(f"{error}{f'; {hint}' if hint else ''}") from error


def read_toml(file: Path | Traversable) -> dict[str, Any]:
    """The tables of the file there. Raises TomlError, and OSError where it cannot be read."""
    return parsed(file.read_bytes())


def _hint(text: str, said: str) -> str:
    found = _LINE.search(said)
    lines = text.split("\n")
    line = lines[int(found[1]) - 1] if found and int(found[1]) <= len(lines) else ""
    return next((remedy for looks, remedy in _HINTS if looks.search(line)), "")
