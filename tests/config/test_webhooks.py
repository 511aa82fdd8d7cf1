"""Webhooks among the readers: their place, their clock, and which alerts they get."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from db.records import Edition
from flows.config.settings import Config
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
