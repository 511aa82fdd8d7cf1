"""The prints of an edition: what has to stay the same, byte for byte."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from email import message_from_bytes
from email.message import Message

from flows.config.settings import DeliverySettings
from flows.digest.content.codec import to_json
from flows.digest.content.edition import TypedEdition
from flows.digest.delivery.mail import build_message
from flows.digest.render.pages import render_pages

FIRST = date(2024, 11, 5)


def parts(message: Message) -> list[tuple[str, bytes]]:
    """Type and decoded content of every part: what a reader gets, whatever wraps it."""
    return [
        (part.get_content_type(), part.get_payload(decode=True))  # type: ignore[misc]
        for part in message.walk()
        if not part.is_multipart()
    ]


def prints(made: list[TypedEdition]) -> list[str]:
    """What the editions come to: content, text, page and the parts of the mail."""
    told = []
    for each in made:
        mail = message_from_bytes(build_message(each, "a@desk.example", DeliverySettings()).as_bytes())
        whole = json.dumps(to_json(each.content), sort_keys=True), *render_pages(each), repr(parts(mail))
        told.append(hashlib.sha256("\0".join(whole).encode()).hexdigest())
    return told
