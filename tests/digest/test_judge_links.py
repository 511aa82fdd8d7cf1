"""Tokens: each allows one judgement, and the secret stays in one file of its owner."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.desk.tokens import key
from flows.digest import judge_links
from flows.digest.render.pages import Trail, archive_page, render_pages, render_parts
from tests.desk.conftest import filled
from tests.support.edition_records import HtmlPage, edition, scored


def test_every_edition_entry_and_verdict_has_a_token_of_its_own() -> None:
    asked = list(product(("2026-11-21", "2026-11-22", "list"), (1, 11, 111), judge_links.VERDICTS))
    made = {judge_links.token(b"secret", *each) for each in asked} | {key(b"secret")}
    assert len(made) == len(asked) + 1
    assert judge_links.token(b"other", *asked[0]) not in made
    assert all(len(each) == 27 for each in made)


def test_near_misses_get_a_link_for_each_verdict_and_in_a_text_one_to_the_page_of_all(tmp_path: Path) -> None:
    told = edition([scored(1)], near=[scored(7, probability=0.5)])
    current = filled(tmp_path)
    content = judge_links.with_links(told.content, current)
    links = [each.link for each in content.near[0].judge]
    assert [link.split("/7/")[1].split("?")[0] for link in links] == list(judge_links.VERDICTS)
    assert all(link.startswith(f"http://127.0.0.1:{current.desk.port}/judge/2026-11-21/7/") for link in links)
    linked = replace(told, content=content)
    for rendering in (*render_parts(linked), *render_pages(linked)):
        shown = links if "<html" in rendering else links[-1:]
        assert [link for link in links if link in rendering] == shown
        assert "axiswatch label" not in rendering
        assert "only on the machine where the monitor runs" in " ".join(rendering.split())


def test_what_only_perhaps_belongs_has_the_same_buttons_and_what_is_likely_has_none(tmp_path: Path) -> None:
    told = edition([scored(1), scored(7, probability=0.3)], page="https://watch.example/{edition}.html")
    content = judge_links.with_links(told.content, filled(tmp_path, address="https://desk.example/watch/"))
    assert {each.entry: len(each.judge) for each in content.told()} == {1: 0, 7: 3}
    linked = replace(told, content=content)
    assert all("https://desk.example/watch/judge/2026-11-21/7/" in part for part in render_parts(linked))
    assert all("desk.example" not in page for page in render_pages(linked))


def test_pages_that_are_published_hold_no_token(tmp_path: Path) -> None:
    told = edition([scored(1)], near=[scored(7, probability=0.5)], page="https://watch.example/{edition}.html")
    content = judge_links.with_links(told.content, filled(tmp_path, address="https://desk.example/watch/"))
    published = replace(told, content=content)
    assert all("https://desk.example/watch/judge/" in part for part in render_parts(published))
    assert all("desk.example" not in page for page in render_pages(published))


def test_a_secret_that_cannot_be_used_stops_no_digest(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    told = edition([scored(1)], near=[scored(7, probability=0.5)])
    current = filled(tmp_path)
    secret = current.store.path.with_name("desk.secret")
    secret.unlink(missing_ok=True)
    secret.mkdir()
    assert judge_links.with_links(told.content, current) == told.content
    assert f"no links to judge by: {secret}" in caplog.text


def test_each_section_says_once_how_to_judge_where_no_link_does(tmp_path: Path) -> None:
    told = edition([scored(1), scored(7, probability=0.3), scored(8, probability=0.3)])
    parts = render_parts(told)
    for said in (parts.text, HtmlPage(parts.html).text):
        assert said.count("axiswatch label 7 relevant") == 1
        assert "entries 8" in said
        assert "axiswatch label 8" not in said
    local = judge_links.with_links(told.content, filled(tmp_path)).without_judge_links()
    parts = render_parts(replace(told, content=local))
    for said in (parts.text, HtmlPage(parts.html).text):
        assert said.count("axiswatch review") == 1
        assert "axiswatch label" not in said


def test_what_everybody_may_read_says_nothing_to_whoever_runs_the_monitor(tmp_path: Path) -> None:
    told = edition([scored(1), scored(7, probability=0.3)], page="https://watch.example/{edition}.html")
    told = replace(told, content=judge_links.with_links(told.content, filled(tmp_path)))
    for page in (*render_pages(told), archive_page(told, Trail("../index.html", "", "", {}))):
        assert "axiswatch label" not in page
        assert "axiswatch review" not in page


def test_without_a_desk_the_command_is_named(tmp_path: Path) -> None:
    told = edition([scored(1)], near=[scored(7, probability=0.5)])
    current = Config.model_validate({"store": {"path": tmp_path / "watch.db"}, "desk": {"port": 0}})
    assert judge_links.with_links(told.content, current) == told.content
    assert "axiswatch label 7 relevant" in render_parts(told).text
    assert list(tmp_path.iterdir()) == []
