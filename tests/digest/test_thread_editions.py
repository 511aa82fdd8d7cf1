"""Mails of followed threads: what is new goes out at once, once, and ends by itself."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import deliveries, models, scores, threads
from db.connect import open_store
from db.records import ModelVersion
from flows.config.settings import Config
from flows.digest import editions as digest_editions
from flows.digest.content.codec import content_of
from flows.digest.thread_editions import compose_threads
from flows.publish.paths import thread_page
from tests.support.followed_threads import (
    DAY,
    DELIVERY,
    HOUR,
    MINUTE,
    NOON,
    OPENING,
    READER,
    SIGNING,
    begun,
    body,
    follow,
    followed,
    joined,
    mail,
    passed,
    report,
)

SIGNED = NOON + DAY
EVENTS = (
    "Russia sends wheat to North Korea by train",
    "North Korean dancers tour Vladivostok",
    "Hospital in Pyongyang takes in doctors from Russia",
    "Russian tankers bring oil to Nampo for North Korea",
    "Students of Pyongyang learn to fly at a school in Russia",
    "Ferry joins Rason in North Korea and Vladivostok in Russia",
    "Banks of Russia and North Korea open accounts for each other",
)
HOSTILE = "Russia and North Korea sign </title><script>alert(1)</script> pact\r\nBcc: x@evil.example \u202e{{ 7*7 }}"


@pytest.fixture
def current(tmp_path: Path) -> Config:
    """A thread with one story, which a reader follows since two hours after noon."""
    return begun(tmp_path)


def test_the_next_step_is_sent_at_once_and_only_once(current: Config) -> None:
    assert passed(current, NOON + 3 * HOUR) == ()
    report(current, SIGNING, SIGNED, "Quay News")
    (name,) = passed(current, SIGNED + MINUTE)
    made = mail(current, name)
    assert made["To"] == READER
    assert made["Subject"] == "Next step: Russia and North Korea sign treaty on artillery shells"
    text = body(made)
    assert "WHAT IS NEW" in text
    assert "Russia ↔ North Korea" in text
    assert "https://quay-news.example/181200" in text
    assert "17 Nov  Russia and North Korea plan to sign" in text
    assert "18 Nov NEW  Russia and North Korea sign treaty" in text
    assert passed(current, SIGNED + HOUR) == ()


def test_reports_that_repeat_send_nothing_and_are_no_news_later(current: Config) -> None:
    report(current, OPENING, NOON + 3 * HOUR, "Ferry Times")
    assert passed(current, NOON + 4 * HOUR) == ()
    report(current, SIGNING, SIGNED)
    assert len(passed(current, SIGNED + MINUTE)) == 1
    report(current, SIGNING, SIGNED + HOUR, "Ferry Times")
    assert passed(current, SIGNED + 2 * HOUR) == ()


def test_each_mail_answers_the_one_before_and_dates_what_it_told(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    (first,) = passed(current, SIGNED + MINUTE)
    report(current, DELIVERY, SIGNED + DAY, "Quay News")
    (second,) = passed(current, SIGNED + DAY + MINUTE)
    assert mail(current, first)["In-Reply-To"] is None
    assert mail(current, second)["In-Reply-To"] == mail(current, first)["Message-ID"]
    assert mail(current, second)["Subject"] == "Next step: North Korea delivers 40,000 artillery shells to Russia"
    told = followed(current, second)
    assert [(each.day, each.status, each.is_new) for each in told.steps] == [
        ("17 Nov", "planned", False),
        ("18 Nov", "done", False),
        ("19 Nov", "done", True),
    ]
    assert told.name.startswith("Russia and North Korea plan to sign")


def test_another_story_of_the_thread_is_a_step_of_it(current: Config) -> None:
    other = ("A museum in Pyongyang shows gifts from Moscow", "Gifts of Russia to North Korea are shown.")
    story = report(current, other, SIGNED)
    with closing(open_store(current.store.path)) as store:
        joined(store, story)
        assert threads.development(store, 1) == sorted({1, story})
    (name,) = passed(current, SIGNED + MINUTE)
    assert "A museum in Pyongyang shows gifts from Moscow" in body(mail(current, name))
    assert "follows “" not in body(mail(current, name))


def test_a_step_that_was_mailed_stands_in_the_daily_digest_too(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    assert passed(current, SIGNED + MINUTE)
    tomorrow = (SIGNED + DAY).replace(hour=7)
    edition = digest_editions.daily(current, tomorrow.date(), tomorrow)
    assert any("sign treaty" in story.headline for story in content_of(edition.content).told())


def test_who_begins_later_gets_what_is_new_since_then(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    passed(current, SIGNED + MINUTE)
    assert follow(current, 1, SIGNED + HOUR, "other@desk.example")
    assert passed(current, SIGNED + 2 * HOUR) == ()
    report(current, DELIVERY, SIGNED + DAY)
    names = passed(current, SIGNED + DAY + MINUTE)
    assert sorted(mail(current, name)["To"] for name in names) == [READER, "other@desk.example"]


def test_a_hostile_headline_stays_text(current: Config) -> None:
    report(current, (HOSTILE, SIGNING[1]), SIGNED)
    (name,) = passed(current, SIGNED + MINUTE)
    made = mail(current, name)
    assert made["Bcc"] is None
    assert "\n" not in made["Subject"]
    assert "\u202e" not in made["Subject"]
    page = body(made, "html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert page.lower().count("</title>") == 1
    assert "\u202e" not in body(made) + page


def test_no_more_than_so_many_a_day_and_the_rest_together(current: Config) -> None:
    current = current.model_copy(update={"follow": current.follow.model_copy(update={"a_day": 1})})
    report(current, SIGNING, SIGNED)
    (first,) = passed(current, SIGNED + MINUTE)
    assert "Today's last mail of this thread (1 a day)" in body(mail(current, first))
    report(current, DELIVERY, SIGNED + HOUR)
    report(current, ("Russia denies that North Korea delivers artillery shells", "No."), SIGNED + 2 * HOUR, "Quay News")
    assert passed(current, SIGNED + 3 * HOUR) == ()
    (second,) = passed(current, SIGNED + 13 * HOUR)
    text = " ".join(body(mail(current, second)).split())
    assert "This thread had sent yesterday's 1 mail: what came after them stands here together." in text
    assert "40,000" in text


def test_a_mail_whose_maker_was_killed_is_sent_even_days_later(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    ((made,), _) = compose_threads(current, SIGNED + MINUTE)
    assert passed(current, SIGNED + 5 * DAY) == ()
    assert mail(current, made.name)["Subject"].startswith("Next step: ")
    with closing(open_store(current.store.path)) as store:
        assert [each.state for each in deliveries.of_edition(store, made.id)] == ["accepted"]


def test_what_is_no_longer_flagged_is_no_step(current: Config) -> None:
    report(current, SIGNING, SIGNED)
    with closing(open_store(current.store.path)) as store:
        newest = scores.newest_of(store, [3])[3]
        models.insert(store, ModelVersion("n", "candidate", SIGNED, 0.5, 0.3, "", "", {}, {}))
        models.promote(store, "n")
        later = replace(newest, model_version="n", flagged=False, scored_at=SIGNED + MINUTE)
        scores.append(store, [later])
    assert passed(current, SIGNED + HOUR) == ()


def test_the_page_of_the_thread_is_named_where_it_is_published(current: Config, tmp_path: Path) -> None:
    site = {"folder": tmp_path / "site", "address": "https://watch.example/"}
    current = Config.model_validate(current.model_dump(exclude_defaults=True) | {"publish": site})
    report(current, SIGNING, SIGNED)
    page = tmp_path / "site" / thread_page("1")
    page.parent.mkdir(parents=True)
    page.write_text("")
    (name,) = passed(current, SIGNED + MINUTE)
    assert f"https://watch.example/{thread_page('1')}" in body(mail(current, name))


def test_a_thread_that_cannot_be_composed_holds_up_no_other_and_the_operator_hears_of_it(current: Config) -> None:
    assert follow(current, 1, NOON + 3 * HOUR, "other@desk.example")
    report(current, SIGNING, SIGNED)
    (spoilt, _) = passed(current, SIGNED + MINUTE)
    with closing(open_store(current.store.path)) as store:
        store.execute("UPDATE editions SET content = '{}' WHERE name = ?", [spoilt])
    report(current, DELIVERY, SIGNED + DAY)
    (name,) = passed(current, SIGNED + DAY + MINUTE)
    assert mail(current, name)["To"] == "other@desk.example"
    (alarm,) = (current.store.path.parent / "alerts").glob("*threads*.txt")
    assert "thread 1: ContentError" in alarm.read_text(encoding="utf-8")


def test_an_opinion_is_no_step_and_comes_with_the_next_one(current: Config) -> None:
    opinion = "Opinion: what a treaty on artillery shells between Russia and North Korea means for Seoul"
    assert report(current, (opinion, "A view from Seoul."), NOON + 4 * HOUR, "Ferry Times") == 1
    assert passed(current, NOON + 5 * HOUR) == ()
    report(current, SIGNING, SIGNED, "Quay News")
    (name,) = passed(current, SIGNED + MINUTE)
    assert mail(current, name)["Subject"].startswith("Next step: Russia and North Korea sign treaty")
    assert "Ferry Times" in body(mail(current, name))
    assert passed(current, SIGNED + HOUR) == ()


def test_what_only_perhaps_belongs_there_waits_for_a_surer_report(current: Config) -> None:
    report(current, SIGNING, SIGNED, "Quay News", probability=0.4)
    assert passed(current, SIGNED + MINUTE) == ()
    report(current, SIGNING, SIGNED + HOUR, "Ferry Times")
    (name,) = passed(current, SIGNED + 2 * HOUR)
    assert "Quay News" in body(mail(current, name))
    assert "Ferry Times" in body(mail(current, name))


def test_what_was_published_long_ago_is_listed_and_not_sent(current: Config) -> None:
    report(current, SIGNING, SIGNED, "Quay News", published_at=NOON - 30 * DAY)
    assert passed(current, SIGNED + MINUTE) == ()
    report(current, DELIVERY, SIGNED + DAY)
    (name,) = passed(current, SIGNED + DAY + MINUTE)
    assert "Quay News" in " ".join(outlet for each in followed(current, name).steps for outlet in each.outlets)


def test_a_flood_of_events_is_one_mail_that_counts_them(current: Config) -> None:
    for number, headline in enumerate(EVENTS):
        story = report(current, (headline, ""), SIGNED + number * MINUTE, f"Post {number}")
        with closing(open_store(current.store.path)) as store:
            joined(store, story)
    (name,) = passed(current, SIGNED + HOUR)
    made = mail(current, name)
    events = len({each.story for each in followed(current, name).steps} - {1})
    assert events >= 5
    assert f"(+{events - 1})" in made["Subject"]
