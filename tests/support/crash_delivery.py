"""Kill a delivery at random moments, run it again, and count what arrived: ``python -m tests.support.crash_delivery``.

Each trial has a store of its own and an edition for five recipients, which a process of its own delivers to a real
SMTP server on loopback (whose steps are slowed, so that most moments fall into the dialogue). The process is killed
with SIGKILL at a random moment (``--crashes 2``: so is the second one), and another then delivers what is left.
"""

from __future__ import annotations

import argparse
import asyncio
import random
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
from typing import Any

from db import deliveries, editions
from db.connect import open_store
from flows.config.settings import DeliverySettings, SmtpSettings
from flows.digest.content.codec import to_json
from flows.digest.delivery.hand_over import deliver
from tests.support.edition_records import WINDOW, composed, scored
from tests.support.fork_server import forking
from tests.support.mail_server import MailSite, Postbox

RECIPIENTS = tuple(f"reader{number}@desk.example" for number in range(1, 6))
NAME = "2026-11-21"
STEP_SECONDS = 0.01


@dataclass(frozen=True)
class DeliveryTrial:
    """When the process was killed, the states that it left behind, and the Message-IDs that each recipient got."""

    killed_after: float
    left: tuple[str, ...]
    arrived: dict[str, list[str]]

    @property
    def fewest(self) -> int:
        """The number of mails of the recipient who got the fewest."""
        return min(len(self.arrived[to]) for to in RECIPIENTS)

    @property
    def most(self) -> int:
        """The number of mails of the recipient who got the most."""
        return max(len(self.arrived[to]) for to in RECIPIENTS)

    @property
    def same_ids(self) -> bool:
        """Whether all copies that a recipient got have one Message-ID."""
        return all(len(set(ids)) == 1 for ids in self.arrived.values())


class SlowPostbox(Postbox):
    """Takes its time for every step."""

    async def handle_RCPT(self, *arguments: Any) -> str:
        """Wait, then accept."""
        await asyncio.sleep(STEP_SECONDS)
        return await super().handle_RCPT(*arguments)

    async def handle_DATA(self, *arguments: Any) -> str:
        """Wait, keep the mail, wait again: a kill in between leaves the answer unread."""
        await asyncio.sleep(STEP_SECONDS)
        said = await super().handle_DATA(*arguments)
        await asyncio.sleep(STEP_SECONDS)
        return said


def prepare(path: Path) -> None:
    """A store with one edition."""
    with closing(open_store(path)) as store:
        editions.insert(
            store,
            name=NAME,
            window=WINDOW,
            composed_at=WINDOW.end,
            model_version="m-1",
            config_hash="abcd",
            content=to_json(composed([scored(number) for number in range(1, 6)])),
        )


def deliver_all(path: Path, port: int, ready: Event) -> None:
    """What the killed process does, ``ready`` when everything is imported."""
    server = SmtpSettings(host="127.0.0.1", port=port, security="none", timeout_seconds=10)
    settings = DeliverySettings(way="mail", recipients=RECIPIENTS, smtp=server)
    with closing(open_store(path)) as store:
        edition = editions.find(store, NAME)
    assert edition is not None
    ready.set()
    deliver(path, edition, settings, "", WINDOW.end + timedelta(minutes=1))


def trial(path: Path, site: MailSite, moments: Sequence[float]) -> DeliveryTrial:
    """One delivery, killed after each of so many seconds, each time begun again, and then run to its end."""
    prepare(path)
    site.postbox.mails.clear()
    left: list[str] = []
    for moment in moments:
        process = _started(path, site.port)
        time.sleep(moment)
        process.kill()
        process.join(60)
        with closing(open_store(path)) as store:
            left += [each.state for each in deliveries.of_edition(store, 1)]
    again = _started(path, site.port)
    again.join(60)
    assert again.exitcode == 0, "the last run failed"
    time.sleep(0.1)  # what a killed client had sent may still be on its way into the postbox
    arrived: dict[str, list[str]] = {to: [] for to in RECIPIENTS}
    for to, content in site.postbox.mails:
        arrived[to].append(str(message_from_bytes(content)["Message-ID"]))
    return DeliveryTrial(moments[0], tuple(left), arrived)


def _started(path: Path, port: int) -> BaseProcess:
    """A process forked from one that has imported everything, so that a trial takes no longer than its delivery."""
    context = forking("flows.digest.delivery.hand_over", "tests.support.edition_records")
    ready = context.Event()
    process = context.Process(target=deliver_all, args=(path, port, ready))
    process.start()
    assert ready.wait(60), "the delivery did not begin"
    return process


def _whole(path: Path, site: MailSite) -> float:
    """How many seconds a delivery takes that nobody kills."""
    prepare(path)
    process = _started(path, site.port)
    began = time.perf_counter()
    process.join(60)
    return time.perf_counter() - began


def trials(folder: Path, kills: int, seed: int, crashes: int = 1) -> list[DeliveryTrial]:
    """So many trials, each killed so often, at moments drawn evenly from the time that a whole delivery takes."""
    dice = random.Random(seed)
    with MailSite(postbox=SlowPostbox()) as site:
        span = min(_whole(folder / f"whole{number}.db", site) for number in range(3))
        drawn = [[dice.uniform(0, span) for _ in range(crashes)] for _ in range(kills)]
        return [trial(folder / f"{number}.db", site, moments) for number, moments in enumerate(drawn)]


def table(done: Sequence[DeliveryTrial]) -> str:
    """A line for each trial, then the sums."""
    lines = [" kill  after ms  mails per recipient  ids  left behind"]
    for number, each in enumerate(done, 1):
        counts = " ".join(str(len(each.arrived[to])) for to in RECIPIENTS)
        left = ", ".join(f"{count} {state}" for state, count in Counter(each.left).items()) or "nothing prepared"
        ids = "same" if each.same_ids else "DIFFER"
        lines.append(f"{number:5d}  {1000 * each.killed_after:8.0f}  {counts:19s}  {ids:4s} {left}")
    mails = sum(len(ids) for each in done for ids in each.arrived.values())
    wanted = len(done) * len(RECIPIENTS)
    worst = f"fewest {min(each.fewest for each in done)}, most {max(each.most for each in done)} each"
    cut = sum("accepted" not in each.left or set(each.left) != {"accepted"} for each in done)
    lines.append(f"{mails} mails for {wanted} recipients: {mails - wanted} duplicates; {worst};")
    lines.append(f"{cut} of {len(done)} kills found the delivery unfinished; {_ids(done)}")
    return "\n".join(lines)


def _ids(done: Sequence[DeliveryTrial]) -> str:
    return "every duplicate has the Message-ID of the first" if all(each.same_ids for each in done) else "IDS DIFFER"


def main() -> None:
    """Run the trials and print their table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crashes", type=int, default=1, help="kills in a row in each trial")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(table(trials(Path(name), options.kills, options.seed, options.crashes)))


if __name__ == "__main__":
    main()
