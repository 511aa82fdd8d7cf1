"""The mail's HTML and the web page as others' tools judge them: their markup, and who can read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.config.settings import Config
from flows.digest.content.edition import TypedEdition
from flows.digest.judge_links import with_links
from flows.digest.render.images import standalone
from flows.digest.render.mail_footer import MailFooter
from flows.digest.render.pages import Trail, archive_page, render_page, render_parts, with_footer
from tests.support import browser, sample_editions
from tests.support.chrome import Visitor, visitor
from tests.support.edition_records import edition, scored
from tests.support.page_checkers import markup_errors, needs_axe, needs_nu, violations

CHROMIUM = browser.find()
OUTLOOKS_OWN = "mso-hide"
"""A property of one mail program, which hides the preheader there; no standard lists it."""
WITHIN_A_MAIL_PROGRAM = ("landmark-one-main", "region")
"""Rules of whole pages: a mail is shown inside the page of a mail program, which has the landmarks."""
FOOT = MailFooter("Axis watch", "a.reader@desk.example", "d@w.example", "https://d.example/u/x", "https://w.example/e")
HOSTILE = "</h3><script>alert(1)</script> \"'><img src=x onerror=alert(1)> слово & \u202eتجربة"
QUIET = edition([])
HUGE = edition([scored(number, f"{HOSTILE} {number}", summary=HOSTILE * 9) for number in range(1, 120)], max_stories=99)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[TypedEdition]:
    """Days of the sample with their buttons, a quiet day, and one of more than a mail can hold, by a hostile feed."""
    desk = Config.model_validate({"store": {"path": tmp_path_factory.mktemp("desk") / "watch.db"}})
    days = sample_editions.editions(date(2024, 11, 16))
    return [*(replace(each, content=with_links(each.content, desk)) for each in days), QUIET, HUGE]


@pytest.fixture(scope="module")
def mails(told: list[TypedEdition], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The mails' HTML with a reader's footer."""
    made = [(each, with_footer(render_parts(each), FOOT).html) for each in told]
    return written(tmp_path_factory.mktemp("mails"), [standalone(html, each.content) for each, html in made])


@pytest.fixture(scope="module")
def pages(told: list[TypedEdition], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The web pages, and one as a page of the archive."""
    threads = {story.entry: "../threads/1.html" for story in told[0].content.told()}
    archived = archive_page(told[0], Trail("../index.html", "a.html", "b.html", threads))
    whole = [standalone(render_page(each), each.content) for each in told]
    return written(tmp_path_factory.mktemp("pages"), [*whole, archived])


def written(folder: Path, made: list[str]) -> list[Path]:
    """The pages as files."""
    files = [folder / f"{number}.html" for number in range(len(made))]
    for file, html in zip(files, made, strict=True):
        file.write_text(html, encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The browser."""
    if CHROMIUM is None:
        pytest.skip(browser.MISSING)
    with visitor(CHROMIUM, tmp_path_factory.mktemp("browser")) as found:
        yield found


@needs_nu
def test_the_markup_of_mails_is_without_an_error(mails: list[Path]) -> None:
    assert markup_errors(mails, allowed=OUTLOOKS_OWN) == []


@needs_nu
def test_the_markup_of_web_pages_is_without_an_error(pages: list[Path]) -> None:
    assert markup_errors(pages) == []


@needs_nu
def test_the_checker_of_markup_is_awake(tmp_path: Path) -> None:
    (tmp_path / "0.html").write_text("<!DOCTYPE html><title>x</title><p style='colour:red'><i><b></i></b>")
    assert len(markup_errors([tmp_path / "0.html"])) >= 2


@needs_axe
@pytest.mark.parametrize("dark", [False, True])
def test_whoever_reads_a_mail_otherwise_than_by_eye_can_read_it(mails: list[Path], guest: Visitor, dark: bool) -> None:
    assert found_wrong(mails, guest, dark, WITHIN_A_MAIL_PROGRAM) == {}


@needs_axe
@pytest.mark.parametrize("dark", [False, True])
def test_whoever_reads_the_web_page_otherwise_than_by_eye_can_read_it(
    pages: list[Path], guest: Visitor, dark: bool
) -> None:
    assert found_wrong(pages, guest, dark) == {}


@needs_axe
def test_the_checker_of_access_is_awake(guest: Visitor, tmp_path: Path) -> None:
    (tmp_path / "0.html").write_text("<!DOCTYPE html><html><body><img src=x><p style='color:#ccc'>pale</p>")
    guest.go((tmp_path / "0.html").as_uri())
    assert {"color-contrast", "document-title", "html-has-lang", "image-alt"} <= {
        each.partition(":")[0] for each in violations(guest)
    }


def found_wrong(
    files: list[Path], guest: Visitor, dark: bool, without: tuple[str, ...] = ()
) -> dict[tuple[str, int], list[str]]:
    """(page, width) → what is wrong, where anything is."""
    wrong = {}
    for file in files:
        for width in (600, 360):
            guest.dress(width, dark=dark)
            guest.go(file.as_uri())
            wrong[file.name, width] = violations(guest, without)
    return {each: found for each, found in wrong.items() if found}
