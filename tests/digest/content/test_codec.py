"""Content as records and as JSON: what was stored comes back, what is unknown is kept, what is broken is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.digest.content.codec import ContentError, content_of, to_json, traces_of
from flows.digest.content.edition import EditionContent
from flows.digest.content.story import JudgeLink
from tests.support import sample_editions
from tests.support.edition_records import composed, scored, stories

WHOLE = composed([scored(1), scored(2)], {1: 7, 2: 7}, near=[scored(9, probability=0.4)])


def stored(content: EditionContent) -> str:
    """The content as the table of editions holds it."""
    return json.dumps(to_json(content), ensure_ascii=False, sort_keys=True)


def changed(path: str, value: object) -> dict[str, Any]:
    """The JSON with another value at that place, as ``groups.0.stories``."""
    told: dict[str, Any] = json.loads(stored(WHOLE))
    *outer, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    inner: Any = told
    for key in outer:
        inner = inner[key]
    inner[last] = value
    return told


def test_what_was_stored_comes_back_as_it_was_composed() -> None:
    link = JudgeLink(name="Relevant", link="https://desk.example/1")
    near = tuple(replace(story, judge=(link,)) for story in WHOLE.near)
    told = replace(WHOLE, near=near, desk_is_local=True, past=False, marks=("Made late.",), images=())
    for content in (WHOLE, told):
        assert content_of(json.loads(stored(content))) == content


def test_days_of_the_sample_are_the_same_json_again() -> None:
    for edition in sample_editions.editions(date(2024, 11, 16)):
        assert edition.content.images
        assert stored(content_of(json.loads(stored(edition.content)))) == stored(edition.content)


def test_keys_that_do_not_apply_are_absent() -> None:
    told = to_json(WHOLE)
    (near,) = told["near"]
    assert {"marks", "images", "past", "view", "headline", "desk_is_local"}.isdisjoint(told)
    assert {"is_update", "news", "since", "before", "judge"}.isdisjoint(near)
    assert told["groups"][0]["stories"][0]["is_update"] is False
    assert {"edition"}.isdisjoint(told["trace"][0])
    assert (told["window"]["from"], told["grid"]["editions"]) == ("Sat 21 Nov, 06:00", 1)


@pytest.mark.parametrize("path", ["later", "counts.later", "groups.0.stories.0.later", "trace.0.later"])
def test_keys_of_a_newer_version_are_kept(path: str) -> None:
    told = changed(path, {"deep": [1, None, "x"]})
    assert to_json(content_of(told)) == told


def test_a_missing_key_means_its_default() -> None:
    told = json.loads(stored(WHOLE))
    for key in ("overview", "claims", "repeated", "late", "near", "levels", "grid", "languages", "page", "trace"):
        del told[key]
    for story in told["groups"][0]["stories"]:
        del story["probability"], story["channels"], story["is_update"]
    content = content_of(told)
    assert (content.late.total, content.repeated.total, content.claims.moving, content.near) == (0, 0, (), ())
    assert [(story.channels, story.likelihood) for story in stories(content)] == [((), 0.8)]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("counts", [], r"content\.counts: no object"),
        ("counts.shown", "two", r"content\.counts\.shown: 'two' is no int"),
        ("counts.shown", True, r"content\.counts\.shown: True is no int"),
        ("groups", {}, r"content\.groups: no list"),
        ("groups.0.stories.0.headline", None, r"content\.groups\[0\]\.stories\[0\]\.headline: None is no str"),
        ("groups.0.stories.0", {"entry": 1}, r"content\.groups\[0\]\.stories\[0\]: .*headline.* missing"),
        ("trace.0.figures", [[1, 2]], r"content\.trace\[0\]\.figures\[0\]: 2 values for low, high"),
    ],
)
def test_what_is_broken_is_named(path: str, value: object, place: str) -> None:
    told = changed(path, value)
    with pytest.raises(ContentError, match=place):
        content_of(told)


def test_traces_come_with_the_name_of_their_edition() -> None:
    (row,) = to_json(WHOLE)["trace"]
    (trace,) = traces_of([row | {"edition": "2026-11-20"}])
    assert (trace.edition, trace.entries, replace(trace, edition="")) == ("2026-11-20", (1, 2), WHOLE.trace[0])
