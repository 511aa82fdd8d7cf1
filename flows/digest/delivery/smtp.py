"""The dialogue with the mail server."""

from __future__ import annotations

import re
import smtplib
import ssl
from types import TracebackType
from typing import Self

from flows.config.settings import SmtpSettings
from flows.digest.delivery.smtp_login import log_in
from flows.digest.delivery.way import Claim, SendResult
from flows.digest.display_text import one_line

LONGEST_REPLY = 900
"""A reply of the server is cut to so many characters before it is written down."""
MOST_LOST = 3
"""Connections lost one after the other, after which the server is left alone until the next run."""
OUR_FAULT = frozenset({530, 534, 535, 538})
"""The server wants a login or encryption: wrong settings, which can be put right, and no word about the reader."""
_LINE_DOT = re.compile(rb"(?m)^\.")


class _TakenError(Exception):
    """Another process is sending this message."""


class MailServer:
    """A connection to the mail server, opened at the first message, used for all, opened again when it was lost.

    A server that cannot be reached, refuses the login or goes on losing connections is left alone: every further
    message is then deferred, for the same reason.
    """

    def __init__(self, settings: SmtpSettings, password: str) -> None:
        """Certificates are checked against the system's authorities (or those that SSL_CERT_FILE names)."""
        self._settings = settings
        self._password = password
        self._client: smtplib.SMTP | None = None
        self._unusable = ""
        self._lost = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up(politely=kind is None)

    def try_login(self) -> str:
        """Connect, log in and hang up; sends nothing. Returns what is wrong and the remedy, empty where nothing is."""
        is_sound = self._connected() is not None
        self._hang_up(politely=is_sound)
        return self._unusable

    def send(self, content: bytes, sender: str, recipient: str, claim: Claim) -> SendResult | None:
        """Hand one message over. What goes wrong is an outcome, never an exception.

        ``claim`` is called when the server has taken both addresses, just before the content leaves; where it says
        False nothing is sent and the answer is None: another process has the message in hand.
        """
        client = self._connected()
        if client is None:
            return SendResult("deferred", self._unusable, tried=False)
        leaving = False
        try:
            _addresses(client, sender, recipient)
            if not claim():
                raise _TakenError
            _expect(client.docmd("DATA"), 354)
            leaving = True
            client.send(_LINE_DOT.sub(b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, words = client.getreply()
            return self._answered(code, words)
        except _TakenError:
            self._hang_up(politely=False)
            return None
        except smtplib.SMTPServerDisconnected as error:
            return self._dropped(error, unsure=leaving)
        except smtplib.SMTPResponseException as error:
            return self._answered(error.smtp_code, error.smtp_error)
        except UnicodeError:
            self._reset()
            return SendResult(
                "refused", f"{recipient!r} holds letters that this server cannot take; use its ASCII form"
            )
        except (smtplib.SMTPException, OSError) as error:
            return self._dropped(error, unsure=leaving)

    def _answered(self, code: int, words: bytes | str) -> SendResult:
        self._lost = 0
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        reply = one_line(f"{code} {said}", LONGEST_REPLY)
        if code == 250:
            return SendResult("accepted", reply)
        self._reset()
        return SendResult("refused" if code >= 500 and code not in OUR_FAULT else "deferred", reply)

    def _dropped(self, error: Exception, *, unsure: bool) -> SendResult:
        self._hang_up(politely=False)
        self._lost += 1
        if self._lost >= MOST_LOST:
            self._unusable = self._remedy(f"{self._lost} connections were lost one after the other")
        ending = "; the mail may have arrived" if unsure else "; nothing was sent"
        return SendResult("deferred", f"the connection was lost ({_words(error)}){ending}", unsure)

    def _connected(self) -> smtplib.SMTP | None:
        if self._unusable:
            return None
        # After a 421 smtplib closes the connection and keeps the object.
        if self._client is None or getattr(self._client, "sock", None) is None:
            try:
                self._client = self._open()
            except (smtplib.SMTPException, OSError, ValueError) as error:
                self._unusable = self._remedy(_words(error))
                self._client = None
        return self._client

    def _remedy(self, what: str) -> str:
        server = f"{self._settings.host}:{self._settings.port}"
        return f"cannot use the mail server {server}: {what}; see [delivery.smtp] and AXISWATCH_SMTP_PASSWORD"

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        client: smtplib.SMTP
        if settings.security == "tls":
            client = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=context)
        else:
            client = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)
        try:
            client.ehlo_or_helo_if_needed()
            if settings.security == "starttls":
                client.starttls(context=context)
            if settings.username:
                log_in(client, settings.username, self._password)
        except BaseException:
            client.close()
            raise
        return client

    def _reset(self) -> None:
        """Forget the message that was begun; a connection that does not even do that is given up."""
        if self._client is None:
            return
        try:
            if self._client.rset()[0] != 250:
                self._hang_up(politely=True)
        except (smtplib.SMTPException, OSError):
            self._hang_up(politely=False)

    def _hang_up(self, *, politely: bool) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if politely:
                client.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            client.close()


def _addresses(client: smtplib.SMTP, sender: str, recipient: str) -> None:
    client.ehlo_or_helo_if_needed()
    _expect(client.mail(sender), 250)
    _expect(client.rcpt(recipient), 250, 251)


def _expect(reply: tuple[int, bytes], *codes: int) -> None:
    if reply[0] not in codes:
        raise smtplib.SMTPResponseException(*reply)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return one_line(f"{error.smtp_code} {words}", 300)
    return one_line(str(error), 300) or type(error).__name__
