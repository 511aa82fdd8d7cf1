"""Every flow on a real Prefect server: it fails, that is told once beside the machine; it works again, once too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.command import Demo
from tests.support.flow_alarms import headlines, keeping
from tests.support.mail_server import MailSite
from tests.support.own_prefect import eventually
from tests.support.prefect_calls import call, events

RUN = """
import asyncio, json, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
from flows.classify import classify
from flows.health import health
from flows.ingest import ingest
from flows.monitor import monitor
from flows.retrain import retrain
from flows.send_digest import send_digest

FLOWS = {"monitor": monitor, "ingest": ingest, "classify": classify, "digest": send_digest, "retrain": retrain}
FLOWS["health"] = health
folder = Path(sys.argv[1])
store, whole = folder / "var/axiswatch.db", folder / "whole.db"

async def main():
    for step in sys.argv[2:]:
        if step == "damage":
            store.write_bytes(b"no database at all, only words" * 100)
        elif step == "repair":
            shutil.copy(whole, store)
        elif step == "misspell":
            config = folder / "axiswatch.toml"
            config.write_text(config.read_text() + "\\n[digest]\\nhour = 'six'\\n")
        else:
            try:
                await FLOWS[step](config=str(folder / "axiswatch.toml"))
            except Exception as error:
                print("raised", type(error).__name__)

asyncio.run(main())
"""


@pytest.fixture
def post() -> Iterator[MailSite]:
    with MailSite() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path, demo: Demo, post: MailSite) -> Path:
    """A project with the demo's store, a feed out of reach, and both ways of the alarm."""
    (tmp_path / "var").mkdir()
    for name in ("whole.db", "var/axiswatch.db"):
        shutil.copy(demo.store, tmp_path / name)
    shutil.copytree(demo.folder / "var/models", tmp_path / "var/models")
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed"\noutlet = "Example"\n')
    (tmp_path / "axiswatch.toml").write_text(
        f"[feeds]\nfile = 'feeds.toml'\n[fetch]\nallow_private = true\n[delivery.smtp]\nhost = '127.0.0.1'\n"
        f"port = {post.port}\nsecurity = 'none'\n[alarm]\nmail = ['ops@x.example']\n"
        f"command = {json.dumps(keeping(tmp_path)[0])}\n"
        # The demo's entries are old, and its one feed is out of reach.
        "[watch]\nno_entries_hours = 0\nfeeds_failing_percent = 0\n"
    )
    return tmp_path


def heard(folder: Path) -> list[str]:
    return headlines([file.read_text() for file in sorted((folder / "heard").iterdir())])


def subjects(post: MailSite) -> list[str]:
    mails = [message_from_bytes(content, policy=policy.default) for _, content in post.postbox.mails]
    return [str(mail["Subject"]).removeprefix("Axis watch: ") for mail in mails]


def test_a_damaged_store_is_told_once_and_so_is_its_repair(folder: Path, post: MailSite, server: str) -> None:
    steps = ("monitor", "damage", *["monitor"] * 4, "health", "repair", *["monitor"] * 4, "health")
    said = call(RUN, server, folder, str(folder), *steps)
    assert said.split() == ["raised", "StoreError"] * 5
    begun = ["monitor failed", "the store is damaged", "health failed"]
    assert heard(folder) == subjects(post) == [*begun, "monitor works again", "the store is sound again"]
    assert "is not a database" in post.postbox.mails[0][1].decode()
    wanted = {"axiswatch.monitor.failed", "axiswatch.monitor.recovered"}
    eventually(lambda: wanted <= set(events(server)), 15, "both events")


def test_no_flow_fails_in_silence(folder: Path, post: MailSite, server: str) -> None:
    flows = ("monitor", "ingest", "classify", "digest", "retrain")
    call(RUN, server, folder, str(folder), "damage", *flows, *flows)
    assert heard(folder) == subjects(post) == [f"{name} failed" for name in flows]


def test_a_config_that_cannot_be_read_does_not_silence_the_alarm(folder: Path, post: MailSite, server: str) -> None:
    said = call(RUN, server, folder, str(folder), "misspell", "monitor", "monitor")
    assert said.split() == ["raised", "ConfigError"] * 2
    assert heard(folder) == subjects(post) == ["monitor failed"]
    assert "digest.hour" in post.postbox.mails[0][1].decode()
