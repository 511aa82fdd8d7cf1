"""Kill a sending by mail, webhooks and files at random moments: ``python -m tests.support.crash_ways``.

Each trial has a store of its own with a new edition, which a process of its own brings to three readers by mail, to
two webhooks, and into the folder of pages and feeds, which holds the edition before. The process is killed with SIGKILL
at a random moment; what the folder shows then is looked at; another process does what is left.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

from db import deliveries, editions
from db.connect import open_store
from flows.config.settings import Config
from flows.digest.dispatch import deliver_edition
from flows.feeds.parsing.parse import parse_feed
from flows.publish.folder import LIST
from flows.publish.publishing import publish
from flows.runtime.clock import Clock
from tests.support.archive_store import configured, fill, first_edition, second_edition
from tests.support.crash_delivery import SlowPostbox
from tests.support.fork_server import forking
from tests.support.hook_site import HookSite
from tests.support.mail_server import MailSite

READERS = tuple(f"reader{number}@desk.example" for number in range(1, 4))
HOOKS = ("one", "two")
EVERYONE = (*READERS, *(f"webhook:{name}" for name in HOOKS))
NAME = "2026-11-21"
SLOW = 0.01
PRELOADED = (
    "flows.publish.publishing",
    "flows.feeds.http.post",
    "flows.digest.delivery.webhook_form",
    "tests.support.archive_store",
    "tests.support.warm",
)
"""So that a trial takes no longer than its sending."""


@dataclass(frozen=True)
class WaysTrial:
    """When the process was killed; the states of the ledger and the number of files that it left; the ids of the copies
    that each recipient got; what was broken in the folder after the kill; whether the folder became what it is without
    a kill."""

    killed_after: float
    left: tuple[str, ...]
    files_left: int
    arrived: dict[str, list[str]]
    broken: tuple[str, ...]
    folder_is_right: bool

    @property
    def is_sound(self) -> bool:
        """Nothing lost, one copy too many at the most, under one id; no file was ever half written."""
        counts = [len(self.arrived[to]) for to in EVERYONE]
        same = all(len(set(ids)) == 1 for ids in self.arrived.values())
        return min(counts) >= 1 and max(counts) <= 2 and same and not self.broken and self.folder_is_right


def settings_of(folder: Path, mail_port: int, hook_port: int) -> Config:
    """Settings of a trial in that folder."""
    plain = configured(folder, address="https://watch.example/")
    told = plain.model_dump(exclude_unset=True)
    hooks = [
        {"name": name, "url": f"http://127.0.0.1:{hook_port}/{name}", "allow_private": True, "format": "slack"}
        for name in HOOKS
    ]
    smtp = {"host": "127.0.0.1", "port": mail_port, "security": "none"}
    told["delivery"] = {"way": "mail", "recipients": READERS, "smtp": smtp, "webhook": hooks}
    return Config.model_validate(told)


def prepare(current: Config) -> None:
    """A store whose first edition is published, and whose second one waits."""
    current.store.path.parent.mkdir()
    fill(current)
    first_edition(current)
    publish(current)
    second_edition(current)


def send_all(folder: Path, mail_port: int, hook_port: int, ready: Event, sent: Event) -> None:
    """What the killed process does; ``ready`` when everything is imported, ``sent`` when only files are left."""
    current = settings_of(folder, mail_port, hook_port)
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, NAME)
    assert edition is not None
    ready.set()
    deliver_edition(current, edition, Clock((edition.composed_at + timedelta(minutes=1)).isoformat()), "")
    sent.set()
    publish(current)


def _started(folder: Path, mail: MailSite, hooks: HookSite) -> tuple[BaseProcess, Event]:
    """The process when it is ready, and what tells that it has sent."""
    context = forking(*PRELOADED)
    ready, sent = context.Event(), context.Event()
    process = context.Process(target=send_all, args=(folder, mail.port, hooks.port, ready, sent))
    process.start()
    assert ready.wait(60), "the sending did not begin"
    return process, sent


def contents(folder: Path) -> dict[str, bytes]:
    """Path → content of every file that is published, but for the id of the store in their list: each trial has a store
    of its own."""
    found = {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    return found | {LIST: re.sub(rb'"store": "[0-9a-f]+"', b"", found[LIST])} if LIST in found else found


def broken_in(folder: Path) -> tuple[str, ...]:
    """The published files that a reader could not read."""
    return tuple(name for name, content in contents(folder).items() if name != LIST and _is_broken(name, content))


def _is_broken(name: str, content: bytes) -> bool:
    if name.endswith(".html"):
        return not content.rstrip().endswith(b"</html>")
    is_feed = name.endswith((".atom", ".json"))
    return is_feed and bool(parse_feed(content, "", "https://x.example", Clock().now()).error)


def trial(
    folder: Path, mail: MailSite, hooks: HookSite, moment: float, wanted: dict[str, bytes], *, is_late: bool
) -> WaysTrial:
    """One sending, killed after so many seconds (``is_late``: when all is sent and files are written), and then brought
    to its end."""
    current = settings_of(folder, mail.port, hooks.port)
    prepare(current)
    mail.postbox.mails.clear()
    hooks.posts.clear()
    process, sent = _started(folder, mail, hooks)
    if is_late:
        assert sent.wait(60), "nothing was sent"
    time.sleep(moment)
    process.kill()
    process.join(60)
    assert current.publish.folder is not None
    broken, files_left = broken_in(current.publish.folder), len(contents(current.publish.folder))
    with closing(open_store(current.store.path)) as store:
        left = tuple(each.state for each in deliveries.of_edition(store, 2))
    again, _ = _started(folder, mail, hooks)
    again.join(120)
    assert again.exitcode == 0, "the last run failed"
    time.sleep(0.1)  # what a killed client had sent may still be on its way
    return WaysTrial(
        moment, left, files_left, _arrived(mail, hooks), broken, contents(current.publish.folder) == wanted
    )


def _arrived(mail: MailSite, hooks: HookSite) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {to: [] for to in EVERYONE}
    for to, content in mail.postbox.mails:
        found[to].append(str(message_from_bytes(content)["Message-ID"]))
    for post in hooks.posts:
        found[f"webhook:{post.path.strip('/')}"].append(post.headers["webhook-id"])
    return found


def trials(folder: Path, kills: int, seed: int) -> list[WaysTrial]:
    """So many trials, killed at moments drawn evenly from the time that sending takes, each second one from the time in
    which files are written."""
    dice = random.Random(seed)
    with MailSite(postbox=SlowPostbox()) as mail, HookSite(slow=SLOW) as hooks:
        sending, writing, wanted = _whole(folder / "whole", mail, hooks)
        return [
            trial(
                folder / str(number),
                mail,
                hooks,
                dice.uniform(0, writing if number % 2 else sending),
                wanted,
                is_late=bool(number % 2),
            )
            for number in range(kills)
        ]


def _whole(folder: Path, mail: MailSite, hooks: HookSite) -> tuple[float, float, dict[str, bytes]]:
    """How many seconds sending and writing take that nobody kills, and what is published then."""
    current = settings_of(folder, mail.port, hooks.port)
    prepare(current)
    process, sent = _started(folder, mail, hooks)
    began = time.perf_counter()
    assert sent.wait(60), "nothing was sent"
    middle = time.perf_counter()
    process.join(120)
    assert process.exitcode == 0, "a sending that nobody killed failed"
    assert current.publish.folder is not None
    return middle - began, time.perf_counter() - middle, contents(current.publish.folder)


def table(done: Sequence[WaysTrial]) -> str:
    """A line for each trial, then the sums."""
    lines = [" kill  after ms  copies per recipient  sound  left behind"]
    for number, each in enumerate(done, 1):
        counts = " ".join(str(len(each.arrived[to])) for to in EVERYONE)
        left = ", ".join(f"{count} {state}" for state, count in Counter(each.left).items()) or "nothing prepared"
        left += f", {each.files_left} files"
        lines.append(
            f"{number:5d}  {1000 * each.killed_after:8.0f}  {counts:20s}  {'yes' if each.is_sound else 'NO':5s}  {left}"
            + (f"; broken: {', '.join(each.broken)}" if each.broken else "")
        )
    copies = sum(len(ids) for each in done for ids in each.arrived.values())
    wanted = len(done) * len(EVERYONE)
    lines.append(f"{copies} copies for {wanted} recipients: {copies - wanted} more than one each;")
    lines.append(f"{sum(each.is_sound for each in done)} of {len(done)} trials sound")
    return "\n".join(lines)


def main() -> None:
    """Run the trials and print their table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(table(trials(Path(name), options.kills, options.seed)))


if __name__ == "__main__":
    main()
