"""Mail: an edition as a message, and the dialogue with the mail server. The only door to email and smtplib."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType
from typing import Literal, NamedTuple, Self
from urllib.parse import quote

from db.types import Edition
from flows.config import DeliverySettings, SmtpSettings
from flows.digest.render import Parts, render_parts
from flows.digest.wording import one_line

LONGEST_REPLY = 900
"""A reply of the server is cut to so many characters before it is written down."""


class Outcome(NamedTuple):
    """What became of one message: accepted, refused for good (5xx), or deferred (4xx, or nobody knows)."""

    state: Literal["accepted", "refused", "deferred"]
    detail: str


class AddressError(Exception):
    """No mail can be written to that address; the message says why."""


def message_id(edition: Edition, recipient: str, sender: str) -> str:
    """The Message-ID of that edition for that recipient: a second copy, after a crash, is known as the same mail."""
    digest = hashlib.sha256(f"{edition.name}\n{recipient}".encode()).hexdigest()[:24]
    return f"<{digest}.axiswatch@{sender.rpartition('@')[2]}>"


def build_message(
    edition: Edition, recipient: str, settings: DeliverySettings, *, parts: Parts | None = None, known_id: str = ""
) -> EmailMessage:
    """The edition as a mail to one recipient: text first, HTML last. The same arguments give the same bytes.

    ``parts`` saves rendering again for each recipient; ``known_id`` is the Message-ID that the ledger holds.
    Raises AddressError for an address that cannot stand in a header.
    """
    text, html = parts or render_parts(edition)
    identity = known_id or message_id(edition, recipient, settings.sender)
    title = one_line(str(edition.content["title"]), 80)
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(display_name=title, addr_spec=settings.sender)
        message["To"] = Address(addr_spec=recipient)
    except (ValueError, IndexError, MessageError) as error:
        raise AddressError(f"{recipient!r} cannot be written to: {error}; correct [delivery] recipients") from error
    message["Subject"] = subject(edition)
    message["Date"] = edition.composed_at
    message["Message-ID"] = identity
    message["List-Id"] = f"<{settings.sender.replace('@', '.')}>"
    message["List-Unsubscribe"] = f"<mailto:{settings.sender}?subject={quote('unsubscribe ' + recipient)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # Chosen by us: the library would draw it at random, and the same edition gives the same bytes.
    message.set_boundary("=_" + hashlib.sha256(identity.encode()).hexdigest()[:32])
    return message


def subject(edition: Edition) -> str:
    """``Axis watch, Saturday 21 November 2026: 14 stories, 31 entries``."""
    content = edition.content
    counts, coverage = content["counts"], content["coverage"]
    if not coverage["read"]:
        news = "no feed could be read"
    elif not counts["stories"]:
        news = f"a quiet day, {coverage['read']} of {coverage['feeds']} feeds read"
    else:
        stories = "1 story" if counts["stories"] == 1 else f"{counts['stories']} stories"
        news = f"{stories} from {counts['outlets']} outlet{'' if counts['outlets'] == 1 else 's'}"
    return one_line(f"{content['title']}, {content['day']}: {news}", 200)


class MailServer:
    """A connection to the mail server, opened at the first message and again whenever it was lost.

    A server that cannot be reached or that refuses the login is not tried again: every message is then deferred,
    for the same reason.
    """

    def __init__(self, settings: SmtpSettings, password: str) -> None:
        """Certificates are checked against the system's authorities (or those that SSL_CERT_FILE names)."""
        self._settings = settings
        self._password = password
        self._client: smtplib.SMTP | None = None
        self._unusable = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, message: EmailMessage, sender: str, recipient: str) -> Outcome:
        """Hand one message over. What goes wrong is an outcome, never an exception."""
        client = self._connected()
        if client is None:
            return Outcome("deferred", self._unusable)
        try:
            client.sendmail(sender, [recipient], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            return _answered(*error.recipients[recipient])
        except smtplib.SMTPResponseException as error:
            return _answered(error.smtp_code, error.smtp_error)
        except UnicodeError:
            return Outcome("refused", f"{recipient!r} holds letters that this server cannot take; use its ASCII form")
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Outcome("deferred", f"the connection was lost ({_words(error)}); the mail may have arrived")
        return Outcome("accepted", "")

    def _connected(self) -> smtplib.SMTP | None:
        if self._unusable:
            return None
        # After a 421 smtplib closes the connection and keeps the object.
        if self._client is None or getattr(self._client, "sock", None) is None:
            try:
                self._client = self._open()
            except (smtplib.SMTPException, OSError) as error:
                self._unusable = (
                    f"cannot use the mail server {self._settings.host}:{self._settings.port}: {_words(error)};"
                    " see [delivery.smtp] and AXISWATCH_SMTP_PASSWORD"
                )
                self._client = None
        return self._client

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        client: smtplib.SMTP
        if settings.security == "tls":
            client = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=context)
        else:
            client = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)
        try:
            if settings.security == "starttls":
                client.starttls(context=context)
            if settings.username:
                client.login(settings.username, self._password)
        except BaseException:
            client.close()
            raise
        return client

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.quit()
        except (smtplib.SMTPException, OSError):
            client.close()


def _answered(code: int, words: bytes | str) -> Outcome:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Outcome("refused" if code >= 500 else "deferred", one_line(f"{code} {said}", LONGEST_REPLY))


def _words(error: Exception) -> str:
    return one_line(str(error), 300) or type(error).__name__
