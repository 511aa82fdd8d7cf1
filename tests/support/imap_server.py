"""A real IMAP server, Dovecot, that speaks over a pipe instead of a port: mails go in as they were sent, and are asked
for as mail programs ask."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from imaplib import IMAP4_stream
from pathlib import Path

PLACES = ("/usr/lib/dovecot/imap", "/usr/libexec/dovecot/imap")
PROGRAM = next(filter(os.path.exists, PLACES), None)
MISSING = "there is no Dovecot on this machine: apt-get install dovecot-imapd"
NOBODY = 65534
"""Whom it runs as where we are root: it serves no mail to root."""


class Mailbox:
    """What the server holds, and what it says of it."""

    def __init__(self, server: IMAP4_stream) -> None:
        self._server = server

    def add(self, raw: bytes) -> str:
        """Put a mail in; its number."""
        self._server.append("INBOX", "", "", raw)
        _, found = self._server.select()
        assert found[0] is not None
        return found[0].decode()

    def mail(self, number: str) -> EmailMessage:
        """The whole mail, read by the library."""
        return message_from_bytes(self._fetched(number, "BODY.PEEK[]"), policy=default)

    def header(self, number: str, name: str) -> str:
        """A header as the server holds it, unfolded by white space alone (RFC 5322, 2.2.3)."""
        raw = self._fetched(number, f"BODY.PEEK[HEADER.FIELDS ({name})]").decode("ascii")
        return raw.partition(":")[2].replace("\r\n", "").strip()

    def _fetched(self, number: str, what: str) -> bytes:
        state, (found, *_) = self._server.fetch(number, f"({what})")
        assert state == "OK"
        assert isinstance(found, tuple)
        return found[1]

    def told(self, number: str, what: str) -> str:
        """ENVELOPE or BODYSTRUCTURE: what the server's own parser makes of the mail, in one line."""
        _, parts = self._server.fetch(number, f"({what})")
        line = b""
        for part in parts:
            line += part[0][: part[0].rfind(b"{")] + b'"' + part[1] + b'"' if isinstance(part, tuple) else part or b""
        return line.decode("ascii")

    def found(self, key: str, words: str) -> list[str]:
        """The numbers of the mails that a search finds, in any language."""
        self._server.literal = words.encode()  # type: ignore[assignment]
        _, (numbers, *_) = self._server.search("UTF-8", key)
        return str(numbers, "ascii").split()

    def threads(self) -> str:
        """How the server threads all mails by their references."""
        _, (found, *_) = self._server.thread("REFERENCES", "UTF-8", "ALL")
        return str(found, "ascii")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """An empty mailbox, removed with the block."""
    folder = Path(tempfile.mkdtemp(prefix="imap"))  # short, and not below a folder that is closed to others
    settings = [f"mail_location = maildir:{folder}/mail", f"base_dir = {folder}/run", f"log_path = {folder}/log"]
    settings.append("ssl = no")
    if os.geteuid() == 0:
        settings += [f"mail_uid = {NOBODY}", f"mail_gid = {NOBODY}", f"first_valid_uid = {NOBODY}"]
    config = folder / "dovecot.conf"
    config.write_text("\n".join(settings) + "\n", encoding="utf-8")
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    try:
        server = IMAP4_stream(f"HOME={folder} USER=reader exec {PROGRAM} -c {config} 2>{folder}/err")
        try:
            yield Mailbox(server)
        finally:
            server.logout()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
