"""What a schedule that comes round every quarter of an hour sends: what is due, once, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.utilities.importtools import import_object

from flows.config.schedules import DUE
from flows.config.settings import Config
from flows.digest import editions
from flows.digest.dispatch import anything_due
from flows.digest.sending import send_edition
from flows.runtime.clock import Clock
from flows.serve import deployments
from tests.support.command import ROOT
from tests.support.edition_store import changed, config, see
from tests.support.mail_server import MailSite

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def ticks(current: Config, first: datetime, last: datetime) -> dict[str, list[str]]:
    """Hour and minute → who got a mail then, where the schedule comes round every quarter of an hour."""
    got: dict[str, list[str]] = {}
    before: set[tuple[int, int]] = set()
    moment = first
    while moment <= last:
        if anything_due(current, moment):
            send_edition(current, DUE, Clock(moment.isoformat()))
        with closing(sqlite3.connect(current.store.path)) as connection:
            rows = connection.execute("SELECT id, attempts, recipient FROM deliveries WHERE attempts").fetchall()
        for row in rows:
            if row[:2] not in before:
                got.setdefault(f"{moment:%d %H:%M}", []).append(row[2].partition("@")[0])
        before = {row[:2] for row in rows}
        moment += QUARTER
    return got


@pytest.fixture
def read(tmp_path: Path) -> Config:
    """A store that has read something at noon on the 20th; the digest goes out at six in Berlin."""
    current = changed(config(tmp_path), digest={"hour": 6, "time_zone": "Europe/Berlin"})
    see(current, NOON, "Story")
    return current


def test_each_reader_gets_it_at_their_own_hour_in_their_own_zone(read: Config) -> None:
    readers = [
        {"address": "berlin@x.example"},
        {"address": "kathmandu@x.example", "time_zone": "Asia/Kathmandu", "hour": 12},
        {"address": "newyork@x.example", "time_zone": "America/New_York", "hour": 7},
        {"address": "auckland@x.example", "time_zone": "Pacific/Auckland", "hour": 7},
    ]
    got = ticks(changed(read, recipient=readers), NOON, NOON + timedelta(hours=36))
    # Six in Berlin is 05:00 UTC; noon in Kathmandu 06:15; seven in New York 12:00; seven in Auckland 18:00.
    assert got == {
        "21 05:00": ["berlin"],
        "21 06:15": ["kathmandu"],
        "21 12:00": ["newyork"],
        "21 18:00": ["auckland"],
    }


def test_a_deferred_mail_keeps_its_back_off_however_often_the_schedule_comes_round(read: Config) -> None:
    with MailSite() as site:
        smtp = {"host": "127.0.0.1", "port": site.port, "security": "none"}
        delivery = {"way": "smtp", "recipients": ["busy@x.example"], "smtp": smtp}
        got = ticks(changed(read, delivery=delivery), NOON + timedelta(hours=16), NOON + timedelta(hours=24))
    assert list(got) == ["21 05:00", "21 05:15", "21 05:30", "21 06:15", "21 08:15"]


def test_an_edition_whose_maker_was_killed_before_it_prepared_a_mail_is_sent(read: Config) -> None:
    hour = NOON + timedelta(hours=17)
    editions.daily(read, editions.newest_day(read, hour), hour)
    current = changed(read, recipient=[{"address": "berlin@x.example"}, {"address": "late@x.example", "hour": 9}])
    assert ticks(current, hour + QUARTER, hour + timedelta(hours=6)) == {"21 05:15": ["berlin"], "21 08:00": ["late"]}
    assert not anything_due(current, hour + timedelta(hours=6))


def test_an_edition_that_is_for_nobody_waits_for_nothing(read: Config) -> None:
    hour = NOON + timedelta(hours=17)
    editions.daily(read, editions.newest_day(read, hour), hour)
    assert not anything_due(changed(read, delivery={"recipients": []}), hour + QUARTER)


def test_where_nothing_is_due_nothing_is_done_and_nothing_is_written(read: Config) -> None:
    send_edition(read, DUE, Clock((NOON + timedelta(hours=17)).isoformat()))
    before = read.store.path.read_bytes()
    moment = NOON + timedelta(hours=17, minutes=15)
    assert not anything_due(read, moment)
    assert send_edition(read, DUE, Clock(moment.isoformat())).edition is None
    assert read.store.path.read_bytes() == before


def test_a_monitor_that_was_off_says_nothing_of_a_window_in_which_it_read_nothing(tmp_path: Path) -> None:
    current = config(tmp_path)
    assert not editions.is_due(current, NOON)
    see(current, NOON, "Story")
    evening = editions.window_of(current, NOON.date()).end + timedelta(days=1)
    assert editions.is_due(current, evening)
    send_edition(current, DUE, Clock(evening.isoformat()))
    assert not editions.is_due(current, evening + timedelta(hours=23))
    # On the hour, a day without a single reading is worth an alarm; hours later it is not.
    assert editions.is_due(current, evening + timedelta(hours=24))
    assert not editions.is_due(current, evening + timedelta(hours=30))


def deployed() -> dict[str, dict[str, Any]]:
    told = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return {each["name"]: each for each in told["deployments"]}


def test_prefect_yaml_names_flows_and_parameters_that_exist() -> None:
    found = deployed()
    assert set(found) == {"monitor", "digest", "retrain", "backup", "prune", "health", "backfill", "rescore"}
    for name, each in found.items():
        flow = import_object(each["entrypoint"])
        assert isinstance(flow, Flow)
        assert flow.name == name
        assert set(each.get("parameters", {})) <= set(flow.parameters.properties)
    assert found["digest"]["parameters"] == {"day": DUE}


async def test_serve_has_the_schedules_of_the_config_and_those_of_prefect_yaml_by_default(tmp_path: Path) -> None:
    current = config(tmp_path)
    made = {each.flow_name: each for each in await deployments(current, None)}
    assert {name: each.entrypoint for name, each in made.items()} == {
        name: each["entrypoint"] for name, each in deployed().items()
    }
    for name in ("backup", "prune", "retrain"):
        assert crons(made[name]) == [(deployed()[name]["schedules"][0]["cron"], "Europe/Berlin")]
    without = changed(current, schedule={"backup_cron": "", "prune_cron": "5 5 * * *"})
    made = {each.flow_name: each for each in await deployments(without, None)}
    assert crons(made["backup"]) == []
    assert crons(made["prune"]) == [("5 5 * * *", "Europe/Berlin")]


def crons(deployment: RunnerDeployment) -> list[tuple[str, str | None]]:
    schedules = [each.schedule for each in deployment.schedules or []]
    return [(each.cron, each.timezone) for each in schedules if isinstance(each, CronSchedule)]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_the_digest_is_scheduled_on_every_hour_of_every_zone(zone: str) -> None:
    (schedule,) = deployed()["digest"]["schedules"]
    assert (schedule["cron"], schedule["timezone"]) == ("*/15 * * * *", "UTC")
    for day in (datetime(2026, 3, 29), datetime(2026, 7, 1), datetime(2026, 11, 1)):
        for hour in range(24):
            local = day.replace(hour=hour, tzinfo=ZoneInfo(zone))
            assert local.astimezone(UTC).minute % 15 == 0
