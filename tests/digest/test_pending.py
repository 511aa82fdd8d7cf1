"""What is sent between two digests, and how the operator learns of what fails."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from db import clusters, deliveries, editions, scores
from db.connect import open_store
from db.records import Delivery
from db.records.tags import ClaimLink, Tag, Tags
from flows.config.settings import AlertRule, Config
from flows.digest import editions as digest_editions
from flows.digest.alert_editions import compose_alerts, story_facts
from flows.digest.alert_rules import StoryFacts, matching
from flows.digest.content.codec import content_of
from flows.digest.dispatch import deliver_edition, troubles
from flows.digest.pending import send_due
from flows.runtime import flow_health
from flows.runtime.clock import Clock
from flows.runtime.operator_alerts import raise_alarm
from tests.support.edition_records import scored
from tests.support.edition_store import changed, config, see
from tests.support.mail_server import MailSite

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def clustered(current: Config, now: datetime) -> None:
    """Give every flagged entry a story cluster of its own."""
    with closing(open_store(current.store.path)) as store:
        clusters.append(store, [(None, [entry]) for entry in clusters.unclustered(store)], now)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def watched(tmp_path: Path) -> Config:
    """Two stories seen at noon, and a rule that both match."""
    current = config(tmp_path)
    for number in (1, 2):
        see(current, NOON + number * MINUTE, f"Story {number}")
    clustered(current, NOON)
    return changed(current, alerts={"a_day": 1, "rule": [{"partner": "iran", "min_probability": 0.8}]})


def test_a_story_is_told_at_once_once_and_no_more_than_so_many_a_day(watched: Config) -> None:
    clock = Clock((NOON + 5 * MINUTE).isoformat())
    (name,) = send_due(watched, clock).alerts
    assert send_due(watched, clock).alerts == ()
    mail = message_from_bytes((watched.delivery.outbox / f"{name}.eml").read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Axis watch alert: Story 1"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Sent at once, for the rule: partner Iran, at least 80%." in " ".join(body.get_content().split())
    (second,) = send_due(watched, Clock((NOON + timedelta(hours=20)).isoformat())).alerts
    assert second != name
    assert send_due(watched, Clock((NOON + timedelta(hours=21)).isoformat())).alerts == ()


def test_an_alert_whose_maker_was_killed_before_it_prepared_a_mail_is_sent(watched: Config) -> None:
    clock = Clock((NOON + 5 * MINUTE).isoformat())
    ((made,), _) = compose_alerts(watched, clock.now())
    posted = send_due(watched, clock)
    assert (posted.alerts, posted.retried) == ((), (made.name,))
    assert f"{made.name}.eml" in files(watched.delivery.outbox)
    assert send_due(watched, clock).retried == ()


def test_an_alert_goes_to_those_in_whose_part_the_story_is(watched: Config) -> None:
    readers = [
        {"address": "iran@x.example", "partners": "iran"},
        {"address": "cuba@x.example", "partners": "cuba"},
    ]
    current = changed(watched, recipient=readers)
    (name,) = send_due(current, Clock((NOON + 5 * MINUTE).isoformat())).alerts
    with closing(open_store(current.store.path)) as store:
        edition = editions.find(store, name)
        assert edition is not None
        assert [each.recipient for each in deliveries.of_edition(store, edition.id)] == ["iran@x.example"]
        assert editions.latest(store) is None


def test_a_rule_that_no_story_can_answer_is_told_to_the_operator(watched: Config) -> None:
    current = changed(watched, alerts={"rule": [{"claim": "trigger"}]})
    made, silent = compose_alerts(current, NOON + 5 * MINUTE)
    assert made == []
    assert "no story of the last 24 hours carries claims" in silent[0]
    send_due(current, Clock((NOON + 5 * MINUTE).isoformat()))
    assert [name[:17] for name in files(current.store.path.parent / "alerts")] == ["2026-11-20-alerts"]


def test_a_rule_matches_in_all_that_it_names() -> None:
    story = StoryFacts(("iran",), ("arms",), ("trigger",), 0.85)
    sound = [{"claim": "trigger"}, {"channel": "arms", "min_probability": 0.8}, {"partner": "iran", "claim": "trigger"}]
    for rule in sound:
        assert matching(story, [AlertRule.model_validate(rule)]), rule
    for rule in [
        {"claim": "other"},
        {"channel": "arms", "min_probability": 0.9},
        {"partner": "cuba", "channel": "arms"},
    ]:
        assert not matching(story, [AlertRule.model_validate(rule)]), rule


def test_what_is_known_of_a_story_is_what_its_entries_say() -> None:
    known = story_facts([scored(1, probability=0.6), scored(2, probability=0.9, partners=("iran",))])
    assert known == StoryFacts(partner_ids=("china", "iran"), probability=0.9)


def test_a_deferred_mail_is_sent_by_a_later_pass_when_its_time_has_come(tmp_path: Path) -> None:
    with MailSite() as site:
        smtp = {"host": "127.0.0.1", "port": site.port, "security": "none", "timeout_seconds": 5}
        delivery = {"way": "smtp", "recipients": ["lost@x.example"], "smtp": smtp}
        current = changed(config(tmp_path), delivery=delivery)
        day = date(2026, 11, 20)
        end = digest_editions.window_of(current, day).end
        digest_editions.daily(current, day, end)
        site.postbox.drop = {"lost@x.example"}
        sent = send_edition_of(current, day, end)
        assert [each.state for each in sent] == ["deferred"]
        site.postbox.drop = set()
        assert send_due(current, Clock((end + 4 * MINUTE).isoformat())).retried == ()
        assert send_due(current, Clock((end + 6 * MINUTE).isoformat())).retried == ("2026-11-20",)
        assert len(site.postbox.mails) == 2


def send_edition_of(current: Config, day: date, now: datetime) -> tuple[Delivery, ...]:
    edition = digest_editions.daily(current, day, now)
    return deliver_edition(current, edition, Clock(now.isoformat()), "").deliveries


def test_the_operator_is_told_once_of_who_was_refused(tmp_path: Path) -> None:
    with MailSite() as site:
        smtp = {"host": "127.0.0.1", "port": site.port, "security": "none"}
        delivery = {"way": "smtp", "recipients": ["gone@x.example", "good@x.example"], "smtp": smtp}
        current = changed(config(tmp_path), delivery=delivery)
        end = digest_editions.window_of(current, date(2026, 11, 20)).end
        for _ in range(2):
            send_edition_of(current, date(2026, 11, 20), end)
    (file,) = files(tmp_path / "alerts")
    told = (tmp_path / "alerts" / file).read_text()
    assert "digest failed" in told
    assert "gone@x.example: refused: 550 5.1.1 nobody here" in told
    assert "good@x.example" not in told


def test_an_unreachable_server_is_told(tmp_path: Path) -> None:
    """At once where the book of alarms does not look at it; by the book it begins once and ends once."""
    with MailSite() as gone:
        smtp = {"host": "127.0.0.1", "port": gone.port, "security": "none"}
    current = changed(config(tmp_path), delivery={"way": "smtp", "smtp": smtp})
    end = digest_editions.window_of(current, date(2026, 11, 20)).end
    send_edition_of(current, date(2026, 11, 20), end)
    assert not (tmp_path / "alerts").exists()
    alone = changed(current, watch={"digest_minutes": 0})
    send_edition_of(alone, date(2026, 11, 20), end)
    (file,) = files(tmp_path / "alerts")
    assert "nobody has got it yet: cannot use the mail server" in (tmp_path / "alerts" / file).read_text()


def test_an_alarm_is_raised_even_where_no_file_can_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    current = config(tmp_path)
    (tmp_path / "alerts").write_text("in the way")
    assert raise_alarm(current, "digest", ["the reason"], NOON) is None
    assert "digest failed: the reason" in caplog.text


def test_only_what_is_new_is_trouble() -> None:
    row = Delivery(1, 1, "a@x.example", "mail", "refused", "<1>", NOON, "550 no")
    assert troubles([], [row]) == ["a@x.example: refused: 550 no"]
    assert troubles([row], [row]) == []
    waiting = replace(row, state="deferred", next_try_at=NOON, detail="451 later")
    assert troubles([], [waiting]) == ["nobody has got it yet: 451 later"]
    assert troubles([], [waiting, replace(row, id=2, state="accepted")]) == []


def test_a_claim_that_an_entry_bears_on_sets_off_its_rule(watched: Config) -> None:
    tags = Tags(tags=(Tag("channel", "arms"),), claims=(ClaimLink("trigger", "supports", 0.9, "words"),))
    with closing(open_store(watched.store.path)) as store:
        (first, *_) = scores.flagged(store, NOON, NOON + timedelta(hours=1))
        scores.append(store, [replace(first.score, tags=tags)])
    current = changed(watched, alerts={"rule": [{"claim": "trigger", "channel": "arms"}]})
    made, silent = compose_alerts(current, NOON + 5 * MINUTE)
    assert [content_of(each.content).headline for each in made] == [first.entry.title]
    assert silent == []


def test_the_first_edition_is_made_good_where_its_own_run_has_tried_and_failed(watched: Config) -> None:
    """Nobody has begun to send daily editions where no run has tried: then a pass sends none."""
    end = digest_editions.window_of(watched, date(2026, 11, 21)).end
    overdue = Clock((end + timedelta(hours=1)).isoformat())
    assert send_due(watched, overdue).missed == ()
    flow_health.failed(watched, "digest", ["the store was locked"], overdue.now())
    assert send_due(watched, overdue).missed == ("2026-11-21",)
    assert send_due(watched, overdue).missed == ()
    told = [
        (watched.store.path.parent / "alerts" / name).read_text()
        for name in files(watched.store.path.parent / "alerts")
    ]
    assert any("nobody sent the edition 2026-11-21 at its hour; sent late" in each for each in told)
