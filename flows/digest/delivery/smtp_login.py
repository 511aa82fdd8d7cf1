"""Logging in at the mail server with names and passwords of any characters: in UTF-8, as RFC 4616 wants it.

smtplib's own login takes ASCII alone.
"""

from __future__ import annotations

import hmac
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable

SUCCESS = (235, 503)
"""Logged in; logged in already."""
CHALLENGE = 334


def log_in(client: smtplib.SMTP, user: str, password: str) -> None:
    """Log in by one of the mechanisms that the server offers, one after the other. Raises SMTPException."""
    client.ehlo_or_helo_if_needed()
    offered = client.esmtp_features.get("auth", "").upper().split()
    if not offered:
        raise smtplib.SMTPNotSupportedError("it offers no login; leave username empty, or choose another security")
    ways = [way for name, way in _MECHANISMS.items() if name in offered]
    if not ways:
        raise smtplib.SMTPException(f"it logs in by {', '.join(offered)} alone, which is not known here")
    for way in ways:
        code, words = way(client, user.encode(), password.encode())
        if code in SUCCESS:
            return
    # Some servers offer what they do not do: only the last word counts.
    raise smtplib.SMTPAuthenticationError(code, words)


def _cram_md5(client: smtplib.SMTP, user: bytes, password: bytes) -> tuple[int, bytes]:
    code, words = client.docmd("AUTH", "CRAM-MD5")
    if code != CHALLENGE:
        return code, words
    return client.docmd(_text(user + b" " + hmac.new(password, b64decode(words), "md5").hexdigest().encode()))


def _plain(client: smtplib.SMTP, user: bytes, password: bytes) -> tuple[int, bytes]:
    told = _text(b"\0" + user + b"\0" + password)
    code, words = client.docmd("AUTH", f"PLAIN {told}")
    return client.docmd(told) if code == CHALLENGE else (code, words)


def _login(client: smtplib.SMTP, user: bytes, password: bytes) -> tuple[int, bytes]:
    code, words = client.docmd("AUTH", f"LOGIN {_text(user)}")
    for _ in range(2):
        if code != CHALLENGE:
            break
        # Some servers ask for the name although they were told it.
        asked = b64decode(words).lower()
        code, words = client.docmd(_text(user if b"user" in asked else password))
    return code, words


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


_MECHANISMS: dict[str, Callable[[smtplib.SMTP, bytes, bytes], tuple[int, bytes]]] = {
    "CRAM-MD5": _cram_md5,
    "PLAIN": _plain,
    "LOGIN": _login,
}
"""Those that are known here, the safest first."""
