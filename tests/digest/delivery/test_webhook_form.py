"""What chats and programs get: the same stories in four forms, and nothing that a headline could do in any of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from flows.config.settings import WebhookSettings
from flows.digest.content.edition import TypedEdition
from flows.digest.content.story import Bearing, JudgeLink, NearMiss
from flows.digest.delivery.webhook_form import LARGEST, body_of
from tests.support.edition_records import edition, scored, stories, with_first_story

HOSTILE = "<!channel> @all *b* [x](javascript:alert(1)) `c` <https://evil.example|click> & </a> ~s~ | # 1."
CHATS = ("slack", "mattermost", "teams")


def hook(form: str, stories: int = 5) -> WebhookSettings:
    return WebhookSettings.model_validate(
        {"name": "desk", "url": "https://x.example", "format": form, "stories": stories}
    )


def posted(told: TypedEdition, form: str, stories: int = 5) -> Any:
    return json.loads(body_of(told, "daily", hook(form, stories)))


def told(number: int = 7, **changes: Any) -> TypedEdition:
    return with_first_story(edition([scored(each) for each in range(1, number + 1)]), **changes)


def texts(value: Any) -> list[str]:
    """Every text anywhere in a document."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inner for text in texts(each)]


def test_a_program_gets_the_first_stories_and_how_many_there_are() -> None:
    bears = (Bearing(claim="drones", name="Drones made at home", stance="cuts against"),)
    found = posted(told(headline="خبر", language="fa", gloss="One gives another oil.", bears=bears), "json", 2)
    first, second = found["stories"]
    assert (found["version"], found["edition"], found["kind"], found["stories_in_all"]) == (1, "2026-11-21", "daily", 7)
    assert (found["start"], found["feeds_read"], found["feeds"]) == ("2026-11-21T05:00:00+00:00", 3, 4)
    assert (first["headline"], first["gloss"], first["language"]) == ("خبر", "One gives another oil.", "fa")
    assert first["claims"] == [{"id": "drones", "name": "Drones made at home", "stance": "cuts against"}]
    assert re.fullmatch(r"https://news\.example/\d", second["link"])
    assert second["published"] == "2026-11-21T12:00:00+00:00"


@pytest.mark.parametrize("form", CHATS)
def test_a_chat_gets_each_story_with_its_line_and_link(form: str) -> None:
    changes: dict[str, Any] = {
        "chain": "Iran → Russia: arms",
        "status": "planned",
        "is_update": True,
        "news": "now planned",
    }
    shown = texts(posted(told(**changes), form, 2))
    plain = [text.replace("\\", "") for text in shown]
    assert any("Headline number 1; Headline number 2 (+5)" in text for text in plain)
    assert any("Iran → Russia: arms · planned" in text for text in plain)
    assert any("Update: now planned" in text for text in plain)
    assert any("and 5 more stories" in text for text in plain)
    assert any("https://news.example/1" in text for text in shown)
    assert sum("Headline number" in text for text in plain) >= 2


def test_slack_takes_a_headline_as_text() -> None:
    found = posted(told(headline=HOSTILE), "slack")
    joined = "\n".join(texts(found))
    links = [link.partition("|")[0] for link in re.findall(r"<([^>]*)>", joined)]
    assert all(link.startswith("https://news.example/") for link in links)
    assert len(links) == 5
    sections = [block["text"] for block in found["blocks"] if block["type"] == "section"]
    assert all(text["verbatim"] for text in sections)
    assert all(len(text["text"]) <= 3000 for text in sections)
    assert len(found["blocks"]) <= 50


def test_mattermost_takes_a_headline_as_text() -> None:
    found = posted(told(headline=HOSTILE), "mattermost")
    joined = "\n".join([found["text"], *(each["text"] for each in found["attachments"])])
    assert not re.search(r"@\w", "\n".join(texts(found)))
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", joined)
    assert len(links) == 5
    assert all(link.startswith("https://news.example/") for link in links)
    assert not re.search(r"(?<!\\)[`<|~]", joined)


def test_teams_takes_a_headline_as_text() -> None:
    found = posted(told(headline=HOSTILE), "teams")
    (attachment,) = found["attachments"]
    body = attachment["content"]["body"]
    assert {block["type"] for block in body} == {"RichTextBlock"}
    runs = [run for block in body for run in block["inlines"]]
    assert HOSTILE in [run["text"] for run in runs]
    links = [run["selectAction"]["url"] for run in runs if "selectAction" in run]
    assert all(link.startswith("https://news.example/") for link in links)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", "https://x.example/<script>", "https://x.example/a|b"])
@pytest.mark.parametrize("form", [*CHATS, "json"])
def test_a_link_that_is_none_is_left_out(form: str, link: str) -> None:
    shown = texts(posted(told(1, link=link, headline="Plain words"), form))
    assert not any("javascript" in text or "x.example" in text for text in shown)
    assert any("Plain words" in text for text in shown)


@pytest.mark.parametrize("form", [*CHATS, "json"])
def test_no_token_of_a_mail_is_in_it(form: str) -> None:
    whole = told(2)
    judge = (JudgeLink(name="Relevant", link="https://desk.example/judge/1/relevant?t=token"),)
    near = replace(NearMiss.of(stories(whole.content)[0], drawn=False, review="https://desk.example/r"), judge=judge)
    body = body_of(replace(whole, content=replace(whole.content, near=(near,))), "daily", hook(form))
    assert b"desk.example" not in body


@pytest.mark.parametrize("form", CHATS)
def test_a_message_is_as_large_as_chats_take(form: str) -> None:
    long = [scored(number, f"{number}" + "長い見出し" * 60, outlet="新聞" * 100) for number in range(1, 21)]
    body = body_of(edition(long), "daily", hook(form, 20))
    assert LARGEST // 2 < len(body) <= LARGEST
    if form == "teams":
        assert b"more stories" in body


@pytest.mark.parametrize("form", [*CHATS, "json"])
def test_a_quiet_day_is_told_as_well(form: str) -> None:
    quiet = edition([])
    shown = [text.replace("\\", "") for text in texts(posted(quiet, form))]
    assert any("a quiet day, 3 of 4 feeds read" in text for text in shown)
