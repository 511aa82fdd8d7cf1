"""`axiswatch digest --weekly`, as people call it, on a store that has read the sample."""

from __future__ import annotations

from contextlib import closing

import pytest

from db import editions
from db.connect import open_store
from flows.digest.content.codec import content_of
from flows.digest.render.images import standalone
from tests.support.command import Project, axiswatch


def kinds(project: Project) -> dict[str, str]:
    with closing(open_store(project.store)) as store:
        return {row["name"]: row["kind"] for row in store.query("SELECT name, kind FROM editions")}


def test_a_week_is_shown_as_it_was_frozen_and_mailed_only_when_asked(project: Project) -> None:
    first = axiswatch("digest", "--weekly", "--date", "2024-11-20", cwd=project.folder)
    assert first.returncode == 0, first.stderr
    assert "Week to Friday 22 November 2024" in first.stdout
    assert "WHAT MOVED, BY CLAIM" in first.stdout
    assert kinds(project)["weekly-2024-11-22"] == "lookback"
    assert axiswatch("digest", "--weekly", "--date", "2024-11-22", cwd=project.folder).stdout == first.stdout
    page = axiswatch("digest", "--weekly", "--date", "2024-11-22", "--html", cwd=project.folder).stdout
    with closing(open_store(project.store)) as store:
        edition = editions.find(store, "weekly-2024-11-22")
        assert edition is not None
        _, html = editions.pages(store, edition.id) or ("", "")
    assert page == standalone(html, content_of(edition.content))
    assert not (project.folder / "var/outbox/weekly-2024-11-22.eml").exists()
    sent = axiswatch("digest", "--weekly", "--date", "2024-11-22", "--send", cwd=project.folder)
    assert (sent.returncode, "weekly-2024-11-22 to analyst@axiswatch.example: accepted" in sent.stdout) == (0, True)
    assert (project.folder / "var/outbox/weekly-2024-11-22.eml").exists()
    again = axiswatch("digest", "--weekly", "--date", "2024-11-22", "--send", cwd=project.folder)
    assert "had been sent already" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--date", "2019-03-03"), "no daily edition tells a day of the week to 2019-03-08"),
        ((), "so there is nothing to make a weekly one of; add --anyway for an empty one"),
        (("--date", "2999-01-01"), "the week of 2999-01-01 closes at 2999-01-04"),
        (("--date", "yesterday"), "is no date"),
        (("--recompose", "--date", "2024-11-18"), "--weekly goes with"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_line_and_leaves_the_store(
    project: Project, arguments: tuple[str, ...], words: str
) -> None:
    before = kinds(project)
    done = axiswatch("digest", "--weekly", *arguments, cwd=project.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert kinds(project) == before
    assert not (project.folder / "var/alerts").exists()
