"""500 recipients on loopback SMTP: ``python -m tests.benchmarks.bench_delivery [--recipients 500] [--stories 60]``.

The server runs in a process of its own. A third of the recipients have wishes of their own (twelve different ones), so
that views and renderings count. Goal: under 20 seconds, on one connection that is used again and again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from db import editions
from db.connect import open_store
from db.records import Edition
from flows.config.settings import DeliverySettings, RecipientSettings, SmtpSettings
from flows.digest.content.codec import to_json
from flows.digest.delivery.hand_over import deliver
from tests.support.edition_records import WINDOW, composed, scored
from tests.support.mail_server import MailSite

SUMMARY = "Moscow and its partner agreed on deliveries, according to officials who asked not to be named. " * 3
PARTNERS = ("china", "iran", "north_korea", "belarus")


def _serve(pipe: Connection) -> None:
    with MailSite() as site:
        pipe.send(site.port)
        pipe.recv()
        mails = site.postbox.mails
        size = sum(len(content) for _, content in mails)
        pipe.send((len(mails), len({to for to, _ in mails}), size, len(site.postbox.sessions)))


def recipients(count: int) -> list[RecipientSettings]:
    """So many readers; every third one wishes for one partner at one of three probabilities."""
    return [
        RecipientSettings(address=f"reader{number}@desk.example")
        if number % 3
        else RecipientSettings(
            address=f"reader{number}@desk.example",
            partners=(PARTNERS[number // 3 % 4],),
            min_probability=(0.0, 0.5, 0.9)[number // 12 % 3],
        )
        for number in range(count)
    ]


def prepared(path: Path, stories: int) -> Edition:
    """A store with an edition of so many stories."""
    told = [
        scored(
            number, f"Headline number {number} of a day like others", summary=SUMMARY, partners=(PARTNERS[number % 4],)
        )
        for number in range(1, stories + 1)
    ]
    with closing(open_store(path)) as store:
        return editions.insert(
            store,
            name="2026-11-21",
            window=WINDOW,
            composed_at=WINDOW.end,
            model_version="m-1",
            config_hash="abcd",
            content=to_json(composed(told)),
        )


def main() -> None:
    """Print seconds, mails and connections."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=500)
    parser.add_argument("--stories", type=int, default=60)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    smtp = SmtpSettings(host="127.0.0.1", port=ours.recv(), security="none")
    settings = DeliverySettings(way="mail", smtp=smtp)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bench.db"
        edition = prepared(path, options.stories)
        now = WINDOW.end + timedelta(minutes=1)
        began = time.perf_counter()
        done = deliver(path, edition, settings, "", now, readers=recipients(options.recipients))
        seconds = time.perf_counter() - began
    ours.send("stop")
    mails, different, size, connections = ours.recv()
    server.join(5)
    states = ", ".join(f"{count} {state}" for state, count in Counter(each.state for each in done).items())
    print(f"{options.recipients} recipients in {seconds:.2f} s: {states}; {mails} mails to {different} of them,")
    print(f"{size / mails / 1024:.0f} KB each, on {connections} connection{'' if connections == 1 else 's'}")


if __name__ == "__main__":
    main()
