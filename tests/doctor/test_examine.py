"""Broken set-ups: each is called by its name, with its remedy; a sound one is sound, and nothing is changed."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.doctor.examine import within
from flows.doctor.finding import Finding, sound
from tests.doctor.conftest import SetUp
from tests.support.command import looked
from tests.support.mail_server import MailSite
from tests.support.read_only_folder import read_only, small_disk

PASSWORD = "not the one"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(("-shm", "-wal")))
    return {str(file): file.read_bytes() for file in files}


def _execute(set_up: SetUp, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(set_up.store)) as store, store:
        store.execute(statement, values)


def test_a_sound_set_up_is_sound_and_stays_as_it_is(set_up: SetUp) -> None:
    before = _bytes(set_up.folder)
    assert set_up.doctor() == {}
    assert _bytes(set_up.folder) == before
    code, told = set_up.call("doctor", "--no-network")
    assert code == 0
    assert "0 faults, 0 warnings" in told


def test_a_misspelt_setting(set_up: SetUp) -> None:
    set_up.configure("[digest]\nhuor = 6")
    wrong = set_up.doctor("--no-network")
    assert wrong["config"]["level"] == "fault"
    assert "hour in [digest]" in wrong["config"]["remedy"]


def test_a_zone_that_is_none(set_up: SetUp) -> None:
    set_up.configure('[digest]\ntime_zone = "Atlantis/Quay"')
    wrong = set_up.doctor("--no-network")
    assert "digest.time_zone" in wrong["config"]["found"] + wrong["config"]["remedy"]


def test_a_store_that_cannot_be_written(set_up: SetUp) -> None:
    with closing(sqlite3.connect(set_up.store)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with read_only(set_up.folder):
        wrong = set_up.doctor("--no-network")
    assert wrong["store"]["level"] == "fault"
    assert "chmod u+w" in wrong["store"]["remedy"]


@pytest.mark.parametrize("where", [0, 4096 + 2])
def test_a_damaged_store(set_up: SetUp, where: int) -> None:
    with closing(sqlite3.connect(set_up.store)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with set_up.store.open("r+b") as file:
        file.seek(where)
        file.write(os.urandom(40_000))
    wrong = set_up.doctor("--no-network")
    assert wrong["store"]["level"] == "fault"
    assert "axiswatch restore" in wrong["store"]["remedy"]


def test_a_store_of_a_newer_version(set_up: SetUp) -> None:
    _execute(set_up, "INSERT INTO _sqlite_migrations VALUES (NULL, 'axiswatch', 'time_travel', '2031-01-01')")
    wrong = set_up.doctor("--no-network")
    assert "time_travel" in wrong["store"]["found"]
    assert "install that" in wrong["store"]["remedy"]


def test_a_store_of_an_older_version_is_not_brought_up_to_date(set_up: SetUp) -> None:
    _execute(set_up, "DELETE FROM _sqlite_migrations WHERE name = 'alarms'")
    for _ in range(2):
        wrong = set_up.doctor("--no-network")
        assert "older axiswatch" in wrong["store"]["found"]
        assert "axiswatch run" in wrong["store"]["remedy"]


def test_a_log_that_is_never_emptied(set_up: SetUp) -> None:
    with closing(sqlite3.connect(set_up.store)) as store:
        store.execute("BEGIN IMMEDIATE")
        with set_up.store.with_name("axiswatch.db-wal").open("ab") as log:
            log.truncate(80 * 2**20)
        assert "restart axiswatch serve" in set_up.doctor("--no-network")["store's log"]["remedy"]
        store.rollback()


def test_a_model_that_is_gone(set_up: SetUp) -> None:
    for file in sorted((set_up.folder / "var/models").rglob("weights.npz")):
        file.unlink()
    wrong = set_up.doctor("--no-network")
    assert wrong["model"]["level"] == "warning"
    assert "axiswatch restore" in wrong["model"]["remedy"]


def test_a_full_disk(set_up: SetUp, tmp_path_factory: pytest.TempPathFactory) -> None:
    disk = tmp_path_factory.mktemp("disk")
    with small_disk(disk, "4m"):
        set_up.configure(f'[backup]\nfolder = "{disk}"')
        wrong = set_up.doctor("--no-network")
    assert wrong["disk of backups"]["level"] == "fault"
    assert "axiswatch prune" in wrong["disk of backups"]["remedy"]


def test_a_clock_that_went_back(set_up: SetUp) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    _execute(set_up, "UPDATE runs SET started_at = ?", ahead)
    wrong = set_up.doctor("--no-network")
    assert "timedatectl" in wrong["clock"]["remedy"]


def test_a_mail_server_that_refuses_the_login(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    with MailSite(login=True) as site:
        mail = f'host = "127.0.0.1"\nport = {site.port}\nsecurity = "none"\nusername = "watch"'
        set_up.configure(f'[delivery]\nway = "smtp"\n[delivery.smtp]\n{mail}')
        monkeypatch.setenv("AXISWATCH_SMTP_PASSWORD", PASSWORD)
        code, told = set_up.call("doctor")
        assert PASSWORD not in told
        assert code == 2
        assert "AXISWATCH_SMTP_PASSWORD" in set_up.doctor()["mail server"]["remedy"]
        assert "mail server" not in set_up.doctor("--no-network")
        monkeypatch.setenv("AXISWATCH_SMTP_PASSWORD", site.postbox.password)
        assert set_up.doctor() == {}
        assert site.postbox.logins
        assert site.postbox.mails == []


def test_a_login_without_a_password(set_up: SetUp) -> None:
    with MailSite(login=True) as site:
        mail = f'host = "127.0.0.1"\nport = {site.port}\nsecurity = "none"\nusername = "watch"'
        set_up.configure(f'[delivery]\nway = "smtp"\n[delivery.smtp]\n{mail}')
        assert set_up.doctor()["mail server"]["remedy"] == "set AXISWATCH_SMTP_PASSWORD"


def test_a_feed_site_out_of_reach(set_up: SetUp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    set_up.configure(feed=f"http://127.0.0.1:{port}/rss")
    wrong = set_up.doctor()
    assert wrong["feeds"]["level"] == "fault"
    assert "[fetch] proxy" in wrong["feeds"]["remedy"]
    assert set_up.doctor("--no-network") == {}


def test_a_secret_that_others_can_read(set_up: SetUp) -> None:
    secret = set_up.folder / "var/desk.secret"
    secret.chmod(0o644)
    code, told = set_up.call("doctor", "--no-network")
    assert code == 2
    assert secret.read_text() not in told
    assert f"chmod 600 {secret}" in set_up.doctor("--no-network")["secrets"]["remedy"]


def test_a_store_that_others_can_read(set_up: SetUp) -> None:
    store = set_up.folder / "var/axiswatch.db"
    store.chmod(0o644)
    told = set_up.doctor("--no-network")["secrets"]
    assert (told["level"], told["remedy"]) == ("warning", f"chmod 600 {store}")


def test_a_prefect_server_that_is_not_there(set_up: SetUp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/api"
    # In a process of its own: this one may have asked a server before, whose address Prefect keeps.
    done = looked("doctor", "--no-network", "--json", cwd=set_up.folder, env={"PREFECT_API_URL": address})
    found = {each["what"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert (found["Prefect"]["level"], done.returncode) == ("fault", 2)
    assert found["Prefect"]["remedy"]
    assert address.partition("/api")[0] in found["Prefect"]["found"]


def test_another_program_at_the_port_of_the_desk(set_up: SetUp) -> None:
    port = set_up.feed.split(":")[2].partition("/")[0]
    file = set_up.folder / "axiswatch.toml"
    file.write_text(file.read_text().partition("[desk]")[0] + f"[desk]\nport = {port}\n")
    assert "[desk] port" in set_up.doctor("--no-network")["desk"]["remedy"]


def test_a_check_that_takes_too_long_or_breaks_hides_no_other() -> None:
    def slow() -> list[Finding]:
        time.sleep(5)
        return [sound("slow", "")]

    def broken() -> list[Finding]:
        raise KeyError("x")

    (late,) = within(0.05, "slow", slow)
    (torn,) = within(5, "torn", broken)
    assert (late.level, late.what) == ("warning", "slow")
    assert "KeyError" in torn.found
