"""Mail: an edition as a message. The only module that writes mails."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from flows.config.settings import DeliverySettings
from flows.digest.content.edition import EditionContent, TypedEdition
from flows.digest.delivery.mail_headers import POLICY
from flows.digest.display_text import one_line
from flows.digest.render.images import images
from flows.digest.render.mail_footer import MailFooter, desk_of, stop_by_mail
from flows.digest.render.pages import Parts, render_parts, with_footer
from flows.digest.subject import subject

MailFormat = Literal["html", "text", "both"]
LETTERS_FOR_BASE64 = 6
"""From one byte in so many that is no ASCII, base64 is shorter than quoted-printable."""


class AddressError(Exception):
    """No mail can be written to that address; the message says why."""


def message_id(name: str, recipient: str, sender: str) -> str:
    """The Message-ID of that edition for that recipient: a second copy, after a crash, is known as the same mail. It is
    shaped as those of ordinary mail programs, since filters of spam weigh its shape."""
    return _identity(f"{name}\n{recipient}", sender)


def _identity(words: str, sender: str) -> str:
    return f"<{uuid5(NAMESPACE_URL, words)}@{sender.rpartition('@')[2]}>"


def build_message(
    edition: TypedEdition,
    recipient: str,
    settings: DeliverySettings,
    *,
    parts: Parts | None = None,
    known_id: str = "",
    in_reply_to: str = "",
    form: MailFormat = "both",
    one_click: str = "",
) -> EmailMessage:
    """The edition as a mail to one recipient: text first, HTML last. The same arguments give the same bytes.

    ``parts`` saves rendering again for each recipient; ``known_id`` is the Message-ID that the ledger holds,
    ``in_reply_to`` that of the edition before, ``one_click`` the address at which a POST unsubscribes this reader (RFC
    8058). Raises AddressError for an address that cannot stand in a header.
    """
    identity = known_id or message_id(edition.name, recipient, settings.sender)
    message = EmailMessage(policy=POLICY)
    _address(message, one_line(edition.content.title, 80), settings.sender, recipient)
    message["Subject"] = subject(edition.content)
    message["Date"] = edition.composed_at
    message["Message-ID"] = identity
    if in_reply_to:
        message["In-Reply-To"] = in_reply_to
        message["References"] = in_reply_to
    message["List-Id"] = f"<{settings.sender.replace('@', '.')}>"
    # Who leaves a mail of a thread by the mail program stops following it, and gets the digest as before.
    if followed := edition.content.followed:
        _unsubscribe(message, stop_by_mail(settings.sender, followed), followed.one_click)
    else:
        _unsubscribe(message, settings.unsubscribe_link(recipient), one_click)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    foot = _footer(edition.content, recipient, settings, one_click)
    _fill(message, with_footer(parts or render_parts(edition), foot), edition.content, form)
    _settle_boundaries(message, identity)
    return message


def build_note(identity: str, subject: str, text: str, moment: datetime, sender: str, recipient: str) -> EmailMessage:
    """A plain mail that is no edition: to the operator, about the program itself. ``identity`` gives its Message-ID.

    Raises AddressError for an address that cannot stand in a header.
    """
    message = EmailMessage(policy=POLICY)
    _address(message, "", sender, recipient)
    message["Subject"] = one_line(subject, 200)
    message["Date"] = moment
    message["Message-ID"] = _identity(f"alarm\n{identity}\n{recipient}", sender)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte=_encoding(text))
    return message


def _address(message: EmailMessage, name: str, sender: str, recipient: str) -> None:
    for address in (sender, recipient):
        if not address.isascii():
            raise AddressError(f"{address!r} holds letters that a mail's head cannot carry; use its ASCII form")
    try:
        message["From"] = Address(display_name=name, addr_spec=sender)
        message["To"] = Address(addr_spec=recipient)
    except (ValueError, IndexError, MessageError) as error:
        raise AddressError(f"{recipient!r} cannot be written to: {error}; correct [delivery] recipients") from error


def _unsubscribe(message: EmailMessage, link: str, one_click: str) -> None:
    """Mail programs post to the one https address; one by mail may stand beside it, another page may not."""
    if not one_click:
        message["List-Unsubscribe"] = f"<{link}>"
        return
    message["List-Unsubscribe"] = f"<{one_click}>, <{link}>" if link.startswith("mailto:") else f"<{one_click}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _footer(content: EditionContent, recipient: str, settings: DeliverySettings, one_click: str) -> MailFooter:
    return MailFooter(
        title=one_line(content.title, 80),
        recipient=recipient,
        sender=settings.sender,
        unsubscribe=one_click or settings.unsubscribe_link(recipient),
        page=content.page,
        desk=desk_of(content),
        followed=content.followed,
    )


def _fill(message: EmailMessage, parts: Parts, content: EditionContent, form: MailFormat) -> None:
    if form != "html":
        message.set_content(parts.text, cte=_encoding(parts.text))
    if form == "text":
        return
    if form == "both":
        message.add_alternative(parts.html, subtype="html", cte=_encoding(parts.html))
    else:
        message.set_content(parts.html, subtype="html", cte=_encoding(parts.html))
    shown = list(message.iter_parts())[-1] if form == "both" else message
    assert isinstance(shown, EmailMessage)
    for image in images(content):
        name = f"{image.cid.partition('@')[0]}.{image.subtype}"
        shown.add_related(image.data, "image", image.subtype, cid=f"<{image.cid}>", filename=name, disposition="inline")
    if shown.get_content_type() == "multipart/related":
        shown.set_param("type", "text/html")  # what its first part is; RFC 2387, 3.1, wants it said


def _encoding(text: str) -> Literal["base64", "quoted-printable"]:
    octets = len(text.encode())
    letters = sum(map(str.isascii, text))
    return "base64" if LETTERS_FOR_BASE64 * (octets - letters) > octets else "quoted-printable"


def _settle_boundaries(message: EmailMessage, identity: str) -> None:
    """Chosen by us: the library would draw them at random, and the same edition gives the same bytes."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_" + hashlib.sha256(identity.encode()).hexdigest()[:32])
