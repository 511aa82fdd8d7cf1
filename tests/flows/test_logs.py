"""What a real run writes into its log: a mail server that refuses, a feed with a hostile name, the run of each line."""

# ruff: noqa: ARG002 - the method has the shape that aiosmtpd calls

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from db.records import FeedSpec
from flows.sample.site import SampleSite
from tests.support.command import CommandResult, Project
from tests.support.mail_server import MailSite, Postbox

READER, OPERATOR, PASSWORD = "jane.reader@quiet.example.org", "operator@quiet.example.org", "open sesame, please"
NAME = "Quay\r\nERROR all is lost\x1b[2J"


class Telling(Postbox):
    """Says in its refusals whom they are for, and a password."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        """Refuse everybody."""
        return f"550 5.1.1 <{address}> is unknown; {PASSWORD} was no help"


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return {}


@pytest.fixture
def refused(served: Project, said: dict[str, Any], tmp_path: Path) -> tuple[CommandResult, list[dict[str, Any]]]:
    """A run whose digest and alarm are refused by the mail server, for machines: how it ended, and its file. Once for
    all tests here."""
    if not said:
        with MailSite(postbox=Telling()) as site, SampleSite(datetime(2024, 11, 19, tzinfo=UTC)) as feeds:
            with (served.folder / "axiswatch.toml").open("a", encoding="utf-8") as config:
                config.write(
                    f'[delivery]\nway = "mail"\nrecipients = ["{READER}"]\n'
                    f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {site.port}\nsecurity = "none"\n'
                    f'[alarm]\nmail = ["{OPERATOR}"]\n'
                    '[log]\nformat = "json"\nfile = "var/logs/axiswatch.log"\n'
                )
            dead = FeedSpec("http://127.0.0.1:9/feed.xml?apikey=s3cr3t", NAME)
            served.read_feeds_from([*feeds.feeds()[:4], dead])
            config_text = (served.folder / "axiswatch.toml").read_text(encoding="utf-8")
            told_at_once = config_text.replace("[fetch]\n", "[fetch]\nnotice_failures = 1\n")
            (served.folder / "axiswatch.toml").write_text(told_at_once, encoding="utf-8")
            with closing(sqlite3.connect(served.store)) as connection:
                connection.execute("DELETE FROM entry_keys")
                connection.commit()
            done = Project(served.folder, {**served.env, "AXISWATCH_SMTP_PASSWORD": PASSWORD}).call("run")
        lines = (served.folder / "var/logs/axiswatch.log").read_text(encoding="utf-8").splitlines()
        said |= {"done": done, "lines": [json.loads(line) for line in lines]}
    return said["done"], said["lines"]


def test_no_address_and_no_secret_is_in_the_log(refused: tuple[CommandResult, list[dict[str, Any]]]) -> None:
    done, lines = refused
    assert done.returncode == 4, done.stderr
    for told in (done.stderr, json.dumps(lines)):
        for secret in (READER, OPERATOR, "jane", "sesame", "s3cr3t"):
            assert secret not in told, secret
    assert any("550 5.1.1 <<address>> is unknown; <secret> was no help" in line["message"] for line in lines)


def test_every_line_is_an_object_of_its_own(refused: tuple[CommandResult, list[dict[str, Any]]]) -> None:
    done, lines = refused
    shown = [json.loads(line) for line in done.stderr.splitlines()]
    assert shown == [line for line in lines if line["level"] != "DEBUG"]
    assert {"time", "level", "logger", "run", "pid", "message"} <= set.intersection(*map(set, lines))
    assert any(NAME in line["message"] for line in lines)


def test_each_line_carries_its_run_or_its_command(refused: tuple[CommandResult, list[dict[str, Any]]]) -> None:
    _, lines = refused
    runs = {line["run"] for line in lines if line["logger"] == "flows.runtime.run_log"}
    assert len({UUID(run) for run in runs}) == 2, "that of the monitor, and that of the digest"
    (ended,) = [line["run"] for line in lines if line["level"] == "ERROR" and line["logger"] == "axiswatch"]
    assert ended not in runs
