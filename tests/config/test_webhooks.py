"""Webhooks among the readers: their place, their clock, and which alerts they get."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.records import Edition
from flows.config.settings import Config, ConfigError, load_config
from flows.digest.alert_editions import alert_readers
from flows.digest.content.codec import to_json
from tests.support.edition_records import composed, scored

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def configured(*hooks: dict[str, Any], **sections: Any) -> Config:
    told = [{"url": "https://x.example/secret", **each} for each in hooks]
    delivery = {"recipients": ["a@x.example"], "webhook": told}
    return Config.model_validate({"delivery": delivery, "digest": {"time_zone": "Asia/Seoul"}, **sections})


def test_they_come_after_the_people_and_keep_their_clock() -> None:
    found = configured({"name": "one"}, {"name": "two", "time_zone": "UTC", "hour": 7}).readers()
    assert [(each.address, each.way, each.time_zone, each.hour) for each in found] == [
        ("a@x.example", None, "Asia/Seoul", None),
        ("webhook:one", "webhook", "Asia/Seoul", None),
        ("webhook:two", "webhook", "UTC", 7),
    ]
    assert configured({"name": "one"}).ways() == {"outbox": "delivery.way", "webhook": "delivery.webhook"}


def test_alerts_go_to_those_that_take_them_in_their_part() -> None:
    hooks = ({"name": "all"}, {"name": "none", "alerts": False}, {"name": "others", "partners": ["iran"]})
    alert = Edition(1, "alert-1", NOW, NOW, NOW, "", "", to_json(composed([scored(1)])), "alert")
    by_all, by_one = configured(*hooks), configured(*hooks, alerts={"to": ["boss@x.example"]})
    assert [each.address for each in alert_readers(by_all, alert)] == ["a@x.example", "webhook:all"]
    assert [each.address for each in alert_readers(by_one, alert)] == ["boss@x.example", "webhook:all"]


def test_no_setting_of_theirs_changes_the_hash_of_editions() -> None:
    assert configured({"name": "one"}).digest_hash() == configured().digest_hash()


def read(folder: Path, *tables: str) -> Config:
    """The config of a file with these tables."""
    file = folder / "axiswatch.toml"
    file.write_text("".join(f"[[delivery.webhook]]\n{each}\n" for each in tables), encoding="utf-8")
    return load_config(file)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("name = 'desk'\nurl = 'ftp://t0ken.example'", "delivery.webhook.0.url: is no web address"),
        ("name = 'Desk Chat'\nurl = 'https://x.example'", "write small letters, digits and hyphens"),
        ("name = 'desk'\nurl = 'https://x.example'\nformat = 'discord'", "'slack', 'mattermost', 'teams' or 'json'"),
        ("url = 'https://x.example'", "delivery.webhook.0.name: is missing; add it"),
    ],
)
def test_a_wrong_table_is_named_without_its_secret(tmp_path: Path, lines: str, words: str) -> None:
    with pytest.raises(ConfigError) as found:
        read(tmp_path, lines)
    assert words in str(found.value)
    assert "t0ken" not in str(found.value)


def test_two_webhooks_cannot_have_one_name(tmp_path: Path) -> None:
    lines = "name = 'desk'\nurl = 'https://x.example'"
    with pytest.raises(ConfigError, match=r"two \[\[delivery.webhook\]\] tables are called desk"):
        read(tmp_path, lines, lines)
