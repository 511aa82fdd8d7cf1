"""How the headers of a mail are written. What machines read of them is plain ASCII and broken at white space alone.

The library's own policy puts whatever is too long for a line into encoded words (RFC 2047), addresses and links too;
mail programs decode those in free text only (RFC 2047, section 5), so that they find no link and no address there.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address, BaseHeader
from email.policy import EmailPolicy
from typing import Any

ADDRESSES = frozenset({"from", "to", "cc", "sender", "reply-to"})
"""Headers that hold mailboxes: only the name beside an address may be encoded."""
FREE_TEXT = frozenset({"subject", "comments"})
"""Headers that are for people: where they are not ASCII, they are encoded as a whole."""
WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})
"""The library writes these rightly: parameters have an encoding of their own (RFC 2231)."""
WIDTH = 78
"""Characters in a line where white space allows it (RFC 5322, 2.1.1)."""
LONGEST_LINE = 998
"""Characters in a line at the most (the same)."""
WORD = 75
"""Characters of an encoded word at the most (RFC 2047, section 2)."""


class HeaderError(ValueError):
    """A header that cannot be written; the message says which and why."""


class MailPolicy(EmailPolicy):
    """The library's policy for mails on their way, except in how headers are written that machines read."""

    def fold(self, name: str, value: Any) -> str:
        """The whole header with its line ends. Raises HeaderError for what plain ASCII cannot hold."""
        kind = name.lower()
        if kind in WITH_PARAMETERS:
            return str(super().fold(name, value))
        return folded(name, _written(kind, value), self.linesep)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode("ascii")


POLICY = MailPolicy(linesep="\r\n")
"""What every mail of ours is written by."""


def folded(name: str, value: str, linesep: str = "\r\n") -> str:
    """The header in lines, broken at white space and nowhere else. Raises HeaderError."""
    lines = [f"{name}:"]
    for number, word in enumerate(value.split()):
        if number and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] += f" {word}"
    if not value.isascii() or max(map(len, lines)) > LONGEST_LINE:
        raise HeaderError(
            f"{name} cannot be written: it holds what is not ASCII, or a word of {LONGEST_LINE} characters"
        )
    return linesep.join(lines) + linesep


def _written(kind: str, value: BaseHeader | str) -> str:
    if kind in ADDRESSES:
        addresses: tuple[Address, ...] = getattr(value, "addresses", ())
        return ", ".join(map(_mailbox, addresses))
    return _encoded(str(value)) if kind in FREE_TEXT else str(value)


def _mailbox(address: Address) -> str:
    name = address.display_name
    return str(address) if name.isascii() else f"{_encoded(name)} <{address.addr_spec}>"


def _encoded(words: str) -> str:
    return words if words.isascii() else Header(words, "utf-8", maxlinelen=WORD).encode()
