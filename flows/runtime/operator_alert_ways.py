"""The ways by which an alarm leaves this machine: a mail to each address, a post, a command of the operator's. None of
them ever raises."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from flows.config.settings import Config
from flows.digest.delivery.mail import AddressError, build_note
from flows.digest.delivery.smtp import MailServer
from flows.digest.delivery.way import SendResult
from flows.digest.delivery.webhook_way import headers_of, result_of, web_of
from flows.digest.display_text import one_line
from flows.runtime.operator_command import ENDED, run_command

MOST_WAIT = 15.0
"""Seconds for each reply of the mail server: it may be what has failed, and the other ways are used only after it."""
VERSION = 1
"""Of the document that is posted; raised when a program that reads it must be changed."""
LINE = 300
"""Characters of a line in a message for a chat."""


class Note(NamedTuple):
    """What is told: the name by which it is known again, its subject and text, and the moment of which it speaks. For
    programs also what is ``alarm`` and ``event`` ("failed", "recovered"), and its ``lines``."""

    identity: str
    subject: str
    text: str
    moment: datetime
    alarm: str = ""
    event: str = ""
    lines: tuple[str, ...] = ()


Tell = Callable[[Note, Sequence[str]], SendResult]
"""Tell the note by one way; the troubles that other ways met with it are told along where there is room."""


@contextmanager
def opened_ways(current: Config, password: str) -> Iterator[dict[str, Tell]]:
    """The ways of [alarm] by the names that the book of alarms has for them, in the order in which they are used: mails
    first, so that where their server is what has failed the others say so. When the same note is told again, it is the
    same mail and the same post, by their ids."""
    smtp = current.delivery.smtp
    settings = smtp.model_copy(update={"timeout_seconds": min(smtp.timeout_seconds, MOST_WAIT)})
    with MailServer(settings, password) as server:
        ways: dict[str, Tell] = {
            f"mail:{address}": _by_mail(current, server, address) for address in dict.fromkeys(current.alarm.mail)
        }
        if current.alarm.webhook.hook.target:
            ways["webhook"] = lambda note, _: _post(current, note)
        if current.alarm.command:
            ways["command"] = lambda note, troubles: _run(current, note, troubles)
        yield ways


def _by_mail(current: Config, server: MailServer, address: str) -> Tell:
    sender = current.delivery.sender

    def tell(note: Note, _: Sequence[str]) -> SendResult:
        told = (note.identity, note.subject, note.text, note.moment)
        try:
            mail = build_note(*told, sender=sender, recipient=address)
        except AddressError as error:
            return SendResult("refused", str(error))
        return server.send(mail.as_bytes(), sender, address, lambda: True) or SendResult("deferred", "not sent")

    return tell


def _run(current: Config, note: Note, troubles: Sequence[str]) -> SendResult:
    text = "\n".join((note.text, *troubles))
    trouble = run_command(current.alarm.command, text, current.alarm.command_seconds)
    if trouble:
        # One that was ended may have done its work before.
        return SendResult("deferred", trouble, unsure=ENDED in trouble)
    return SendResult("accepted", "the command ended with code 0")


def _post(current: Config, note: Note) -> SendResult:
    # Here, since only who posts needs the web.
    from flows.feeds.http.post import post

    hook = current.alarm.webhook.hook
    body = body_of(current, note)
    headers = headers_of(hook, note.identity, body, int(time.time()))
    try:
        done = post(web_of(current.fetch, hook), hook.target, headers, body, lambda: True)
    except Exception as error:  # a proxy that is wrongly set: a line of the alarm's trouble, not its end
        return SendResult("deferred", f"cannot post: {error}", tried=False)
    return result_of(done, hook, "[alarm.webhook]")


def body_of(current: Config, note: Note) -> bytes:
    """What is posted, as JSON in UTF-8: a document of our own, or a message for a chat."""
    from flows.digest.delivery.webhook_chat import ChatMessage
    from flows.digest.delivery.webhook_form import CHATS

    form = current.alarm.webhook.format
    if form == "json":
        told = {"version": VERSION, "id": note.identity, "alarm": note.alarm, "event": note.event}
        told |= {"subject": note.subject, "at": note.moment.isoformat(), "lines": list(note.lines)}
        document = told | {"machine": socket.gethostname(), "store": str(current.store.path)}
    else:
        lines = tuple(one_line(line, LINE) for line in (*note.lines, f"on {socket.gethostname()}") if line)
        document = CHATS[form](ChatMessage(one_line(note.subject, LINE), lines, (), "", ""))
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace")
