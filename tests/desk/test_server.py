"""The desk over real HTTP: who may judge, what is stored, and what a page never does."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db import labels, scores
from db.connect import open_store
from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.desk import tokens
from flows.desk.server import desk_beside, open_desk
from flows.digest import judge_links
from tests.desk.conftest import TITLES, DeskSite, filled
from tests.support.edition_records import HtmlPage
from tests.support.store_records import version


def list_path(site: DeskSite) -> str:
    return f"/?key={tokens.key(site.desk.secret)}"


def test_a_link_asks_and_a_press_of_its_button_judges(site: DeskSite) -> None:
    link = site.path(1, "relevant")
    shown = site.ask(link)
    assert shown.status == 200
    assert TITLES[0] in shown.page
    assert site.labels() == []
    pressed = site.ask(link, "POST", Sec_Fetch_Site="same-origin")
    assert (pressed.status, pressed.headers["Location"]) == (303, "?" + link.partition("?")[2])
    (label,) = site.labels()
    assert (label.entry_id, label.value, label.via, label.note) == (1, "relevant", "mail", "edition 2026-11-21")
    assert "Judged: <b>relevant</b>" in site.ask(link).page


def test_the_labels_are_those_that_retraining_reads(site: DeskSite) -> None:
    for entry, verdict in ((1, "relevant"), (3, "not_relevant"), (1, "unsure")):
        assert site.ask(site.path(entry, verdict), "POST").status == 303
    with closing(open_store(site.current.store.path)) as store:
        assert [(entry.id, value) for entry, value in labels.latest(store)] == [(1, "unsure"), (3, "not_relevant")]


def test_a_second_press_stores_nothing_again(site: DeskSite) -> None:
    for _ in range(3):
        site.ask(site.path(1, "relevant"), "POST")
    with closing(sqlite3.connect(site.current.store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM labels").fetchone() == (1,)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_token_opens_nothing_else(site: DeskSite, method: str) -> None:
    token = site.path(1, "relevant").partition("t=")[2]
    other = judge_links.token(b"another secret", "2026-11-21", 1, "relevant")
    paths = [
        f"/judge/2026-11-21/2/relevant?t={token}",
        f"/judge/2026-11-21/1/not_relevant?t={token}",
        f"/judge/2026-11-22/1/relevant?t={token}",
        f"/judge/list/1/relevant?t={token}",
        f"/judge/2026-11-21/1/relevant?t={other}",
        f"/judge/2026-11-21/1/relevant?t={token[:-1]}",
        "/judge/2026-11-21/1/relevant?t=",
        "/judge/2026-11-21/1/relevant?t=%ff%00%F0%9F",
        "/judge/2026-11-21/1/relevant",
    ]
    assert [site.ask(path, method).status for path in paths] == [403] * len(paths)
    assert site.labels() == []


def test_looking_never_judges(site: DeskSite) -> None:
    for entry in range(1, 6):
        for verdict in judge_links.VERDICTS:
            assert site.ask(site.path(entry, verdict)).status == 200
            head = site.ask(site.path(entry, verdict), "HEAD")
            assert (head.status, head.page) == (200, "")
    assert site.ask(list_path(site)).status == 200
    assert site.labels() == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8737", "127.0.0.1", "127.0.0.1:1", ""])
def test_under_a_foreign_name_it_does_not_answer(site: DeskSite, host: str) -> None:
    for method in ("GET", "POST"):
        answer = site.ask(site.path(1, "relevant"), method, Host=host)
        assert answer.status == 421
        assert TITLES[0] not in answer.page
    assert site.labels() == []


@pytest.mark.parametrize("origin", ["cross-site", "same-site"])
def test_a_form_of_another_site_judges_nothing(site: DeskSite, origin: str) -> None:
    assert site.ask(site.path(1, "relevant"), "POST", Sec_Fetch_Site=origin).status == 403
    assert site.labels() == []


def test_the_list_opens_with_its_key_and_its_buttons_judge(site: DeskSite) -> None:
    assert [site.ask(path).status for path in ("/", "/?key=", "/?key=x")] == [403] * 3
    shown = HtmlPage(site.ask(list_path(site)).page)
    heads = [shown.text.index(name) for name in ("In the review band", "Flagged", "Near misses")]
    assert heads == sorted(heads)
    entries = [attributes["id"] for tag, attributes in shown.elements if tag == "section"]
    assert entries == ["e1", "e2", "e4", "e3", "e5"]
    actions = [attributes["action"] for tag, attributes in shown.elements if tag == "form"]
    assert len(actions) == 15
    pressed = site.ask(f"/{actions[1]}", "POST")
    assert pressed.headers["Location"] == f"../../../{list_path(site)[1:]}#e1"
    assert [(label.value, label.via) for label in site.labels()] == [("not_relevant", "desk")]
    assert "Judged: <b>not relevant</b>" in site.ask(list_path(site)).page


def test_every_answer_carries_the_guards(site: DeskSite) -> None:
    for path in (list_path(site), "/", "/nothing", site.path(2, "unsure")):
        headers = site.ask(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Python" not in headers["Server"]


def test_what_a_feed_writes_is_text(site: DeskSite) -> None:
    for path in (list_path(site), site.path(2, "relevant")):
        page = site.ask(path).page
        assert HtmlPage(page).tags.isdisjoint({"script", "img", "iframe"})
        assert "\u202e" not in page
        assert "{{ 7*7 }}" in page
        assert 'dir="auto" lang=' in page


def test_what_is_not_there_is_said(site: DeskSite) -> None:
    assert site.ask(site.path(99, "relevant")).status == 404
    assert site.ask(site.path(99, "relevant"), "POST").status == 404
    assert site.ask("/judge/2026-11-21/1/perhaps?t=x", "POST").status == 404
    assert site.ask("/../../etc/passwd").status == 404
    assert site.ask("/", "DELETE").status == 501


def test_a_store_that_is_gone_is_no_crash(site: DeskSite) -> None:
    site.current.store.path.rename(site.current.store.path.with_suffix(".away"))
    answer = site.ask(site.path(1, "relevant"), "POST")
    assert answer.status == 503
    assert "nothing was stored" in answer.page


def test_behind_a_proxy_its_name_counts_too(tmp_path: Path) -> None:
    current = filled(tmp_path, address="https://Desk.example/watch")
    with open_desk(current) as desk:
        site = DeskSite(desk, current)
        assert site.ask(site.path(1, "relevant"), Host="desk.example").status == 200
        assert site.ask(site.path(1, "relevant"), Host="desk.example.evil.example").status == 421


def test_a_port_that_browsers_leave_out_is_left_out(tmp_path: Path) -> None:
    current = filled(tmp_path, address="https://desk.example:443/")
    with open_desk(current) as desk:
        assert DeskSite(desk, current).ask("/", Host="desk.example").status == 403
        assert DeskSite(desk, current).ask("/", Host="").status == 421


@pytest.mark.parametrize("target", ["http://[/", "http://[::1/judge/x/1/relevant?t=x", "*"])
def test_an_address_that_is_none_is_answered(site: DeskSite, target: str) -> None:
    for method in ("GET", "POST"):
        with socket.create_connection(("127.0.0.1", site.desk.server_port), timeout=10) as wire:
            wire.sendall(f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{site.desk.server_port}\r\n\r\n".encode())
            assert wire.makefile("rb").readline().split()[1] == b"404"


def test_a_secret_that_cannot_be_used_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    current = filled(tmp_path)
    current.store.path.with_name("desk.secret").mkdir()
    with desk_beside(current) as url:
        assert url == ""
    assert "desk.secret, which holds its secret, cannot be used" in caplog.text


def test_a_port_that_is_taken_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    current = filled(tmp_path)
    with open_desk(current), desk_beside(current) as url:
        assert url == ""
    assert "change [desk] port" in caplog.text
    with desk_beside(current) as url:
        assert url.startswith(f"http://127.0.0.1:{current.desk.port}/?key=")


def test_the_page_of_an_entry_tells_its_act_in_a_sentence(site: DeskSite) -> None:
    frame = Frame("transfer", "iran", "russia", "planned", "alleged", '<b>"Kyiv"</b>')
    with closing(open_store(site.current.store.path)) as store:
        told = scores.newest(store, 4)
        assert told is not None
        tags = Tags((Tag("partner", "iran"), Tag("channel", "arms")), (), (), (frame,))
        version(store, "m-2")
        scores.append(store, [replace(told, model_version="m-2", tags=tags)])
    page = site.ask(site.path(4, "relevant")).page
    assert "In short: Iran sends arms to Russia: planned" in page
    assert '<b>"Kyiv"</b>' not in page
