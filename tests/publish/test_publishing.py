"""The folder that is published: every link leads somewhere, nothing private is in it, the same store gives the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from db.connect import open_store
from flows.config.settings import Config
from flows.publish.folder import LIST, FolderError, Published
from flows.publish.publishing import publish
from tests.support.archive_store import TOKEN, configured, done, files, fill, folder_of, freeze, story
from tests.support.edition_records import HtmlPage


def pages(folder: Path) -> Iterator[tuple[Path, HtmlPage]]:
    for path in sorted(folder.rglob("*.html")):
        yield path, HtmlPage(path.read_text(encoding="utf-8"))


def test_there_is_a_page_for_each_edition_thread_claim_and_pair(archive: Config) -> None:
    publish(archive)
    found = set(files(folder_of(archive)))
    assert {"editions/2026-11-20.html", "editions/2026-11-21.html", "index.html", "threads.html"} <= found
    assert {each for each in found if each.startswith("threads/")} == {
        "threads/1.html",
        "threads/2.html",
        "threads/e6.html",
    }
    assert {each for each in found if each.startswith("pairs/")} == {
        "pairs/china.arms.html",
        "pairs/china.energy_trade.html",
        "pairs/iran.arms.html",
        "pairs/iran.energy_trade.html",
    }
    assert {"claims/drones-ir.html", "feeds/all.atom", "feeds/partner-iran.json", "feeds/claim-drones-ir.atom"} <= found


def test_every_link_leads_to_a_page_a_place_in_it_or_the_web(archive: Config) -> None:
    publish(archive)
    folder, seen = folder_of(archive), set()
    for path, page in pages(folder):
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "data"):
                continue
            assert not parts.scheme, address
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name} → {address}"
            assert target.is_relative_to(folder)
            if parts.fragment:
                assert f'id="{parts.fragment}"' in target.read_text(encoding="utf-8")
            seen.add(target)
    written = {path for path in folder.rglob("*") if path.is_file() and path.name != LIST}
    assert written - seen == set(), "nothing leads to these"


def test_nothing_private_and_nothing_that_acts_is_in_it(archive: Config) -> None:
    publish(archive)
    for name, content in files(folder_of(archive)).items():
        text = content.decode()
        assert TOKEN not in text, name
        assert "desk.example" not in text, name
        assert "secret.example" not in text, name
        assert str(archive.store.path.parent) not in text, name
    for path, page in pages(folder_of(archive)):
        acting = {"form", "button", "input", "script", "iframe", "object", "link"} & page.tags
        assert acting <= {"link"}, path
        assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")], path
        assert [each for tag, each in page.elements if tag == "link" and each.get("rel") != "alternate"] == []
        assert "Content-Security-Policy" in path.read_text(encoding="utf-8")


def test_each_page_has_one_heading_its_language_and_landmarks(archive: Config) -> None:
    publish(archive)
    for path, page in pages(folder_of(archive)):
        tags = [tag for tag, _ in page.elements]
        assert (tags.count("h1"), tags.count("main")) == (1, 1), path
        assert dict(page.elements)["html"]["lang"] == "en", path
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
    persian = HtmlPage((folder_of(archive) / "threads/1.html").read_text(encoding="utf-8"))
    assert [each["lang"] for tag, each in persian.elements if tag == "span" and "lang" in each] == ["fa", "fa"]


def test_a_second_time_nothing_is_read_and_nothing_written(archive: Config) -> None:
    first = done(archive)
    folder = folder_of(archive)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert done(archive) == Published(same=first.written)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_the_same_store_gives_the_same_bytes(archive: Config, tmp_path: Path) -> None:
    publish(archive)
    folder = folder_of(archive)
    whole = files(folder)
    shutil.rmtree(folder)
    publish(archive)
    assert files(folder) == whole
    assert publish(archive, anew=True) == Published(same=len(whole) - 1)
    assert files(folder) == whole


def test_a_new_edition_writes_only_what_it_changes(archive: Config, tmp_path: Path) -> None:
    publish(archive)
    folder = folder_of(archive)
    before = files(folder)
    freeze(archive, "2026-11-22", [story(4, headline="Another", partner_ids=("cuba",), channels=("troops",))], 2)
    again = done(archive)
    after = files(folder)
    changed = {name for name in after if after[name] != before.get(name)} - {LIST}
    assert changed == {
        "editions/2026-11-21.html",  # leads to the one after it
        "editions/2026-11-22.html",
        "feeds/all.atom",
        "feeds/all.json",
        "feeds/partner-cuba.atom",
        "feeds/partner-cuba.json",
        "index.html",
        "pairs/cuba.troops.html",
        "threads.html",
        "threads/4.html",
    }
    assert again.written == len(changed)
    assert "threads/1.html" not in changed


def test_what_is_not_ours_is_left_alone_and_what_is_gone_is_removed(archive: Config) -> None:
    folder = folder_of(archive)
    (folder / "threads").mkdir(parents=True)
    (folder / "threads/notes.html").write_text("mine")
    (folder / "robots.txt").write_text("mine")
    publish(archive)
    with closing(open_store(archive.store.path)) as store:
        store.execute("DELETE FROM edition_pages")
        store.execute("DELETE FROM editions WHERE name = '2026-11-21'")
    assert done(archive).removed > 0
    found = files(folder)
    assert (found["threads/notes.html"], found["robots.txt"]) == (b"mine", b"mine")
    assert "editions/2026-11-21.html" not in found
    assert not [name for name in found if name.startswith("pairs/iran.arms")]


def test_a_list_that_names_what_lies_elsewhere_removes_nothing_there(archive: Config, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    folder_of(archive).mkdir()
    (folder_of(archive) / LIST).write_text('{"state": "x", "files": {"../precious": "k", "/etc/hostname": "k"}}')
    publish(archive)
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"files": 3}', b"\xff"])
def test_a_broken_list_costs_a_second_look_and_no_file(archive: Config, broken: bytes) -> None:
    publish(archive)
    whole = files(folder_of(archive))
    (folder_of(archive) / LIST).write_bytes(broken)
    assert done(archive).written == 0
    assert files(folder_of(archive)) == whole


def test_the_draft_that_a_kill_left_behind_is_cleared_away(archive: Config) -> None:
    publish(archive)
    folder = folder_of(archive)
    whole = files(folder)
    (folder / "threads/.1.html.0a1b2c3d.part").write_text("half of")
    (folder / f".{LIST}.0a1b2c3d.part").write_text("half of")
    (folder / ".mine.part").write_text("mine")
    publish(archive, anew=True)
    assert files(folder) == whole | {".mine.part": b"mine"}


def test_a_file_that_somebody_removed_is_written_again(archive: Config) -> None:
    publish(archive)
    (folder_of(archive) / "threads/1.html").unlink()
    publish(archive, anew=True)
    assert (folder_of(archive) / "threads/1.html").is_file()


def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(archive: Config) -> None:
    folder_of(archive).write_text("a file in its place")
    with pytest.raises(FolderError, match=r"cannot publish to .*site.*; change \[publish\] folder or its rights"):
        publish(archive)


def test_without_a_folder_nothing_is_published(archive: Config) -> None:
    assert publish(archive.model_copy(update={"publish": archive.publish.model_copy(update={"folder": None})})) is None


def test_before_the_first_edition_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    current = configured(tmp_path)
    fill(current)
    publish(current)
    assert "No edition was made yet." in (folder_of(current) / "index.html").read_text(encoding="utf-8")
