"""Leaving the list at the desk: by a button or by a mail program's POST, for who has the link and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import unsubscriptions
from db.connect import open_store
from flows.config.settings import DeliverySettings
from flows.desk.server import open_desk
from flows.digest.unsubscribe_links import links, no_link, token
from tests.desk.conftest import DeskSite, filled
from tests.support.edition_records import HtmlPage

READER, OTHER = "Reader@desk.example", "other@desk.example"
PUBLIC = "news.example"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def public(tmp_path: Path) -> Iterator[DeskSite]:
    """The desk of a list with two readers, which the world reaches under a name of its own."""
    delivery = DeliverySettings(one_click=f"https://{PUBLIC}/", recipients=(READER, OTHER))
    current = filled(tmp_path).model_copy(update={"delivery": delivery})
    with open_desk(current) as desk:
        yield DeskSite(desk, current)


def link(site: DeskSite, address: str = READER) -> str:
    """The path of a reader's link, as a mail holds it."""
    whole = links(site.current.delivery, site.current.store.path)(address)
    assert whole.startswith(f"https://{PUBLIC}/unsubscribe/")
    return whole.removeprefix(f"https://{PUBLIC}")


def left(site: DeskSite) -> list[str]:
    with closing(open_store(site.current.store.path)) as store:
        return [each.address for each in unsubscriptions.every(store)]


def test_looking_changes_nothing_and_shows_a_button(public: DeskSite) -> None:
    for method in ("GET", "HEAD"):
        assert public.ask(link(public), method, Host=PUBLIC, Sec_Fetch_Site="cross-site").status == 200
    shown = public.ask(link(public), Host=PUBLIC).page
    forms = [attributes for tag, attributes in HtmlPage(shown).elements if tag == "form"]
    assert [form["method"] for form in forms] == ["post"]
    assert link(public).endswith(f"/{forms[0]['action']}")
    assert "r…@desk.example" in shown
    assert READER.casefold() not in shown.casefold()
    assert left(public) == []


def test_the_post_of_a_mail_program_is_kept_once_with_its_moment(public: DeskSite) -> None:
    for _ in range(3):
        done = public.ask(link(public), "POST", Host=PUBLIC, body="List-Unsubscribe=One-Click", **FORM)
        assert done.status == 200
        assert "You get no more mails" in done.page
    assert left(public) == [READER.casefold()]
    with closing(open_store(public.current.store.path)) as store:
        (request,) = unsubscriptions.every(store)
    assert abs(datetime.now(UTC) - request.asked_at) < timedelta(minutes=5)
    assert "You get no more mails" in public.ask(link(public), Host=PUBLIC).page


def test_the_form_of_another_site_unsubscribes_nobody(public: DeskSite) -> None:
    assert public.ask(link(public), "POST", Host=PUBLIC, Sec_Fetch_Site="cross-site").status == 403
    assert left(public) == []


def test_only_a_readers_own_token_opens(public: DeskSite) -> None:
    secret = public.desk.secret
    made = [token(secret, "stranger@desk.example"), token(b"another", READER), token(secret, READER)[:-1], "%ff", "x"]
    for each in made:
        assert [public.ask(f"/unsubscribe/{each}", method, Host=PUBLIC).status for method in ("GET", "POST")] == [
            403,
            403,
        ]
    assert public.ask("/unsubscribe/", "POST", Host=PUBLIC).status == 404
    assert left(public) == []


def test_the_address_is_known_whatever_its_case(public: DeskSite) -> None:
    assert link(public, READER.upper()) == link(public)


def test_under_the_public_name_nothing_else_is_answered(public: DeskSite) -> None:
    for path in ("/", f"/?key={public.desk.url.partition('key=')[2]}", public.path(1, "relevant"), "/unsubscribe"):
        assert public.ask(path, Host=PUBLIC).status == 421
    assert public.ask(link(public), Host="news.example.evil.example").status == 421
    assert public.ask(link(public)).status == 200  # on this machine


def test_without_the_setting_there_are_no_links(site: DeskSite) -> None:
    assert links(site.current.delivery, site.current.store.path) is no_link
    assert site.ask("/unsubscribe/x", "POST", Host=PUBLIC).status == 421


def test_a_secret_that_cannot_be_used_leaves_the_mails_without_links(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "desk.secret").mkdir()
    made = links(DeliverySettings(one_click="https://news.example"), tmp_path / "watch.db")
    assert made("a@x.example") == ""
    assert "no links to unsubscribe by" in caplog.text
