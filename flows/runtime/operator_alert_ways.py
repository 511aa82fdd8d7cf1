"""The ways by which an alarm leaves this machine: a mail, and a command of the operator's. Neither ever raises."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flows.config.environment import without_secrets
from flows.config.settings import Config
from flows.digest.delivery.mail import AddressError, build_note
from flows.digest.delivery.smtp import MailServer
from flows.digest.display_text import one_line

logger = logging.getLogger(__name__)

MOST_WAIT = 15.0
"""Seconds for each reply of the mail server: it may be what has failed, and the command runs only after it."""


class WayResult(NamedTuple):
    """What one way came to: whether anybody was reached by it, and what went wrong, a line each."""

    reached: bool
    troubles: tuple[str, ...] = ()


class Note(NamedTuple):
    """What is mailed: the name by which it is known again, its subject and text, and the moment of which it speaks."""

    identity: str
    subject: str
    text: str
    moment: datetime


def send_mails(current: Config, note: Note, password: str) -> WayResult:
    """Mail the text to everyone in [alarm] mail.

    When the same note is tried again, it is the same mail, with one Message-ID.
    """
    smtp = current.delivery.smtp
    settings = smtp.model_copy(update={"timeout_seconds": min(smtp.timeout_seconds, MOST_WAIT)})
    troubles: list[str] = []
    reached = 0
    with MailServer(settings, password) as server:
        for address in current.alarm.mail:
            try:
                mail = build_note(*note, sender=current.delivery.sender, recipient=address)
            except AddressError as error:
                troubles.append(str(error))
                continue
            outcome = server.send(mail.as_bytes(), current.delivery.sender, address, lambda: True)
            if outcome is not None and outcome.state == "accepted":
                reached += 1
            else:
                troubles.append(f"no mail to {address}: {outcome.detail if outcome else 'not sent'}")
    return WayResult(reached > 0, tuple(troubles))


def run_command(argv: Sequence[str], text: str, seconds: float) -> WayResult:
    """Run the command with the text on its standard input, without a shell and without our secrets in its environment.
    After ``seconds`` it is ended with all that it started."""
    trouble = _trouble_of(argv, text, seconds)
    return WayResult(not trouble, (trouble,) if trouble else ())


def _trouble_of(argv: Sequence[str], text: str, seconds: float) -> str:
    with _open_reply() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - the operator's own command, word by word
                list(argv),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=without_secrets(),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"the command {argv[0]} cannot be run: {error}"
        try:
            process.communicate(text.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"the command {argv[0]} was ended after {seconds:g} seconds"
        if not process.returncode:
            return ""
        said.seek(0)
        reply = one_line(said.read(2000).decode("utf-8", "replace"), 300)
        return f"the command {argv[0]} ended with code {process.returncode}{f': {reply}' if reply else ''}"


def _open_reply() -> BinaryIO:
    """A file for what the command says. In memory where the system can: a full disk may be what the alarm is of. No
    pipe, since a program that the command leaves running would hold it open."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("alarm"), "w+b")
    return Path(os.devnull).open("w+b")


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):  # no process groups on Windows; or it has just ended
        process.kill()
    process.wait()
