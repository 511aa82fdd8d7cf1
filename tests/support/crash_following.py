"""Kill a pass that sends the next step of a thread before each statement that writes, and in the middle of the mail
server's dialogue: ``python -m tests.support.crash_following``.

Each trial has a store of its own in which two readers follow a thread by mail and one by a webhook, and its next step
was read. A process sends what is due and ends itself by SIGKILL before its n-th writing statement; another process then
does what is left.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.config.settings import Config
from flows.digest.pending import send_due
from flows.runtime.clock import Clock
from tests.support.followed_threads import DAY, MINUTE, NOON, OPENING, SIGNING, follow, report, settings
from tests.support.fork_server import forking
from tests.support.hook_site import HookSite
from tests.support.mail_server import MailSite, Postbox

READERS = ("one@desk.example", "two@desk.example", "webhook:chat")
SENT, NEXT = NOON + DAY + MINUTE, NOON + DAY + 21 * MINUTE
"""When the pass sends that is killed, and when the next one does."""
WRITES = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE")
PRELOADED = (
    "flows.digest.pending",
    "flows.feeds.http.post",
    "flows.digest.delivery.webhook_form",
    "tests.support.followed_threads",
    "tests.support.warm",
)


@dataclass(frozen=True)
class FollowTrial:
    """Before which writing statement the process was killed (0: by the mail server), and the ids of the copies that
    each reader got."""

    killed_at: int
    arrived: dict[str, list[str]]

    @property
    def is_sound(self) -> bool:
        """Nothing lost, one copy too many in all at the most, under one id."""
        counts = [len(ids) for ids in self.arrived.values()]
        return (
            min(counts) >= 1
            and sum(counts) <= len(READERS) + 1
            and all(len(set(i)) == 1 for i in self.arrived.values())
        )


class KillingPostbox(Postbox):
    """Kills who sends the first mail: before it is kept, or after that and before the answer."""

    def __init__(self, *, keeps: bool) -> None:
        super().__init__()
        self._keeps = keeps
        self.sender: int | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, and kill its sender once."""
        if self.sender is None or self._keeps:
            said = await super().handle_DATA(server, session, envelope)
        if self.sender is not None:
            os.kill(self.sender, signal.SIGKILL)
            self.sender, said = None, "451 4.3.0 later"
        return said


def settings_of(folder: Path, mail_port: int, hook_port: int) -> Config:
    """Settings of a trial in that folder."""
    hook = {"name": "chat", "url": f"http://127.0.0.1:{hook_port}/chat", "allow_private": True}
    smtp = {"host": "127.0.0.1", "port": mail_port, "security": "none"}
    return settings(folder, delivery={"way": "mail", "recipients": [], "smtp": smtp, "webhook": [hook]})


def prepare(current: Config) -> None:
    """A store with a thread, who follows it, and its next step."""
    story = report(current, OPENING, NOON)
    for reader in READERS:
        assert follow(current, story, NOON + MINUTE, reader)
    report(current, SIGNING, NOON + DAY, "Quay News")


def send(folder: Path, mail_port: int, hook_port: int, now: str, killed_at: int, writes: Any) -> None:
    """What the killed process does; ``writes`` counts its writing statements."""
    numbers = count(1)

    def watch(statement: str) -> None:
        if statement.startswith(WRITES):
            writes.value = next(numbers)
            if writes.value == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)

    open_connection = sqlite3.connect

    def connect(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = open_connection(*arguments, **more)
        connection.set_trace_callback(watch)
        return connection

    # In this process alone, which is there to be killed.
    sqlite3.connect = connect  # type: ignore[assignment]
    send_due(settings_of(folder, mail_port, hook_port), Clock(now))


class Trials:
    """A context manager: the servers, and a prepared folder that each trial copies."""

    def __init__(self, folder: Path, postbox: Postbox | None = None) -> None:
        self._folder = folder
        self._mail, self._hooks = MailSite(postbox=postbox), HookSite()
        self._context = forking(*PRELOADED)

    def __enter__(self) -> Trials:
        self._mail.__enter__()
        self._hooks.__enter__()
        (self._folder / "prepared").mkdir()
        prepare(settings_of(self._folder / "prepared", self._mail.port, self._hooks.port))
        return self

    def __exit__(self, *_: object) -> None:
        self._hooks.__exit__(None, None, None)
        self._mail.__exit__()

    def writes(self) -> int:
        """How many writing statements a pass makes that nobody kills."""
        return self._sent(self._copied("whole"), SENT)

    def killed_before(self, number: int) -> FollowTrial:
        """A pass that ends before its n-th writing statement, and the next one."""
        folder = self._copied(str(number))
        self._sent(folder, SENT, number)
        return self._after(folder, number)

    def killed_by_the_server(self, postbox: KillingPostbox) -> FollowTrial:
        """A pass whose mail server kills it, and the next one."""
        folder = self._copied("server")
        process, _ = self._started(folder, SENT, 0)
        postbox.sender = process.pid
        process.join(60)
        assert process.exitcode == -signal.SIGKILL, "the server did not kill it"
        return self._after(folder, 0)

    def _after(self, folder: Path, number: int) -> FollowTrial:
        self._sent(folder, NEXT)
        time.sleep(0.05)  # what a killed client had sent may still be on its way
        found: dict[str, list[str]] = {to: [] for to in READERS}
        for to, content in self._mail.postbox.mails:
            found[to].append(str(message_from_bytes(content)["Message-ID"]))
        found[READERS[-1]] = [post.headers["webhook-id"] for post in self._hooks.posts]
        return FollowTrial(number, found)

    def _copied(self, name: str) -> Path:
        self._mail.postbox.mails.clear()
        self._hooks.posts.clear()
        return Path(shutil.copytree(self._folder / "prepared", self._folder / name))

    def _started(self, folder: Path, now: datetime, killed_at: int) -> tuple[BaseProcess, Any]:
        writes = self._context.Value("i", 0)
        told = (folder, self._mail.port, self._hooks.port, now.isoformat(), killed_at, writes)
        process = self._context.Process(target=send, args=told)
        process.start()
        return process, writes

    def _sent(self, folder: Path, now: datetime, killed_at: int = 0) -> int:
        """One pass to its end, or to the kill; returns how many writing statements it made."""
        process, writes = self._started(folder, now, killed_at)
        process.join(120)
        assert process.exitcode == (-signal.SIGKILL if killed_at else 0), f"exit code {process.exitcode}"
        return int(writes.value)


def table(done: Sequence[FollowTrial]) -> str:
    """A line for each trial, then the sums."""
    lines = [" before write  copies per reader  sound"]
    for each in done:
        counts = " ".join(str(len(ids)) for ids in each.arrived.values())
        lines.append(f"{each.killed_at:13d}  {counts:17s}  {'yes' if each.is_sound else 'NO'}")
    copies = sum(len(ids) for each in done for ids in each.arrived.values())
    more = copies - len(done) * len(READERS)
    lines.append(f"{sum(each.is_sound for each in done)} of {len(done)} trials sound, {more} copies too many in all")
    return "\n".join(lines)


def main() -> None:
    """Kill before every writing statement and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="only each n-th statement")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Trials(Path(name)) as trials:
        print(table([trials.killed_before(number) for number in range(1, trials.writes() + 1, options.step)]))


if __name__ == "__main__":
    main()
