"""A second topic end to end through the real command, and no word about the first in anything that is made of it."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from db import labels
from db.connect import open_store
from db.records import Label
from tests.desk.conftest import free_port
from tests.support.command import CommandResult, axiswatch, environment, looked
from tests.support.prefect_home import PrefectHomes
from tests.support.topics import PACIFIC

FIRST_TOPIC = re.compile(
    r"russ(?:ia|o)\w*|moscow|kremlin|putin\w*|rouble|ukrain\w*|kyiv|kiev|\bcrimea|donbas|\biran\w*|tehran|shahed"
    r"|pyongyang|(?:north|south) korea\w*|dprk|belarus\w*|minsk|\bsyria|\bcuba\b|venezuel\w*|\bto_russia|from_russia"
    r"|\bxrus|\bxptn|\bxwst|\bxukr|\bwestern|axis of",
    re.IGNORECASE,
)
COMMANDS = (
    ("digest", "--date", "2024-11-17"),
    ("digest", "--date", "2024-11-18", "--recompose"),
    ("search", "China"),
    ("story", "1"),
    ("trends",),
    ("export", "--format", "csv", "--from", "2024-11-01", "--to", "2024-11-30"),
    ("export", "--format", "jsonl", "--from", "2024-11-01", "--to", "2024-11-30"),
    ("explain", "--text", "Vanuatu asks China for more time to repay its loan"),
    ("explain", "--text", "Rain fills the reservoirs of Apia"),
    ("explain", "--entry", "1"),
    ("label", "1", "relevant"),
    ("retrain",),
    ("models",),
    ("feeds", "list"),
    ("feeds", "health"),
    ("seeds", "list"),
    ("topic", "check", str(PACIFIC)),
)
FLOWS = ("retrain",)
"""The commands that start a flow."""


class Made:
    """The folder of one demo with that topic, and all that was said about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: dict[str, str] = {}

    @property
    def store(self) -> Path:
        return self.folder / "var/demo/axiswatch.db"

    def call(self, *arguments: str) -> CommandResult:
        call = axiswatch if arguments[0] in FLOWS else looked
        result = call(*arguments, "--config", "var/demo/axiswatch.toml", cwd=self.folder, patience=300)
        self.said[" ".join(arguments)] = result.stdout + result.stderr
        return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes) -> Made:
    """The demo of the second topic, and every command that looks into what it made."""
    made = Made(tmp_path_factory.mktemp("pacific"))
    config = f'[topic]\nfolder = "{PACIFIC}"\n[digest]\ntitle = "Island watch"\n'
    (made.folder / "axiswatch.toml").write_text(config, encoding="utf-8")
    prefect_homes.fill(made.folder / "var/prefect")
    demo = axiswatch("demo", "--days", "2", cwd=made.folder, patience=600)
    assert demo.returncode == 0, demo.stderr
    made.said["demo"] = demo.stdout + demo.stderr
    judged(made.store)
    for arguments in COMMANDS:
        result = made.call(*arguments)
        assert result.returncode == 0, f"{arguments}: {result.stderr}"
    made.said |= dict(desk_pages(made.folder))
    return made


def judged(store: Path) -> None:
    """Labels for the entries: flagged ones relevant, others not, and a few the other way round."""
    with closing(open_store(store)) as opened:
        rows = list(opened.query("SELECT entry_id, flagged FROM scores ORDER BY entry_id"))
        for place, row in enumerate(rows):
            is_relevant = bool(row["flagged"]) != (place % 9 == 8)
            value = "relevant" if is_relevant else "not_relevant"
            labels.append(opened, Label(row["entry_id"], value, datetime.now(UTC)))  # type: ignore[arg-type]


def desk_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The desk's list and one page that asks, from `axiswatch review`."""
    config = folder / "var/demo/axiswatch.toml"
    config.write_text(config.read_text(encoding="utf-8") + f"[desk]\nport = {free_port()}\n", encoding="utf-8")
    call = [sys.executable, "-m", "flows.cli", "review", "--config", str(config)]
    process = subprocess.Popen(call, cwd=folder, env=environment({}), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().decode().strip()
        listed = fetched(address)
        yield "desk list", listed
        yield "desk page", fetched(judging_link(folder, address))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        process.stdout.close()


def judging_link(folder: Path, address: str) -> str:
    """A link of the last digest, on the desk that listens."""
    page = (folder / "var/outbox/2024-11-18.html").read_text(encoding="utf-8")
    found = re.search(r'href="http://127\.0\.0\.1:\d+(/judge/[^"]+)"', page)
    assert found is not None, "the digest shows a near miss"
    return address.partition("/?")[0] + found[1].replace("&amp;", "&")


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


def texts(made: Made) -> Iterator[tuple[str, str]]:
    """Everything that was made: (where it stands, the text)."""
    yield from made.said.items()
    with closing(sqlite3.connect(made.store)) as store:
        yield "store", "\n".join(store.iterdump())
    for file in sorted((made.folder / "var/outbox").iterdir()):
        if file.suffix == ".eml":
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
            yield file.name, "\n".join([*map(str, mail.values()), *parts])
        else:
            yield file.name, file.read_text(encoding="utf-8")
    for file in sorted((made.folder / "var/models").rglob("model.json")):
        yield f"models/{file.parent.name}", file.read_text(encoding="utf-8")


def test_no_word_about_the_first_topic_is_in_what_is_made_of_the_second(made: Made) -> None:
    found = {name: sorted(set(FIRST_TOPIC.findall(text))) for name, text in texts(made)}
    assert {name: words for name, words in found.items() if words} == {}


def test_there_is_something_to_read(made: Made) -> None:
    told = dict(texts(made))
    assert {"2024-11-18.html", "2024-11-18.eml", "desk list", "desk page", "store", "retrain"} <= told.keys()
    assert len(told) > len(COMMANDS) + 10


def test_the_digest_tells_of_the_second_topic(made: Made) -> None:
    text = (made.folder / "var/outbox/2024-11-18.txt").read_text(encoding="utf-8")
    assert text.startswith("ISLAND WATCH\n")
    for words in ("China → Solomon Islands", "Police aid", "Cook Islands"):
        assert words in "\n".join(each for name, each in texts(made) if name.endswith(".txt")), words


def test_the_desk_asks_about_the_focus(made: Made) -> None:
    assert "Relevant is what tells of China" in made.said["desk page"]


def test_what_is_not_about_the_topic_is_told_so(made: Made) -> None:
    told = made.said["explain --text Rain fills the reservoirs of Apia"]
    assert "it does not name both China and an island state" in told


def test_events_are_exported_in_the_topics_words(made: Made) -> None:
    exported = made.said["export --format csv --from 2024-11-01 --to 2024-11-30"]
    assert "china" in exported
    assert "from_china" in exported


def test_models_carry_the_topic_and_learn_from_labels(made: Made) -> None:
    folders = [file.name for file in (made.folder / "var/models").iterdir() if file.is_dir()]
    assert len(folders) >= 2, made.said["retrain"]
    assert all(name.startswith("pacific-") for name in folders)
    assert "pacific-" in made.said["models"]


def test_a_store_of_another_topic_is_refused_in_one_line(made: Made) -> None:
    other = made.folder / "other.toml"
    lines = f'[store]\npath = "{made.store}"\n[classifier]\nmodels = "{made.folder}/var/models"\n'
    other.write_text(lines, encoding="utf-8")
    result = axiswatch("explain", "--text", "x", "--config", other, cwd=made.folder)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "judges the topic 'pacific'" in result.stderr
