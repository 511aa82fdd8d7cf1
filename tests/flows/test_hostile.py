"""A feed that means harm, all the way: read, judged, told in page, text and mail, and shown by the desk."""

from __future__ import annotations

import re
import unicodedata
from email import message_from_bytes, policy
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.support.command import axiswatch
from tests.support.edition_records import HtmlPage
from tests.support.prefect_home import PrefectHomes

TITLE = "Russia ships oil to North Korea"
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></style></td></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "{{ 7919 * 7 }}{% raw %}",
    "evening\r\nBcc: everyone@victim.example\r\n\r\nbody",
    "\u202etxet desrever\u202c\u2066\u2069",
    "<!--[if mso]><b>",
    "<a href='javascript:alert(1)'>here</a>",
    "x" * 10_000,
    "شحنة " * 2000,
)


def feed(folder: Path) -> None:
    """An RSS document whose every title, author and summary is about Russia's dealings, and hostile."""
    items = "".join(
        f"<item><title>{escape(f'{TITLE} {number}: {words}')}</title><author>{escape(words)}</author>"
        f"<description>{escape(f'Tankers of Russia delivered arms and oil to Pyongyang. {words}')}</description>"
        f"<link>{'javascript:alert(1)' if number % 2 else f'https://news.example/{number}'}</link>"
        f"<guid>{number}</guid></item>"
        for number, words in enumerate(HOSTILE, 1)
    )
    outlet = escape('Gazette "><script>alert(2)</script>')
    (folder / "feed.xml").write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>',
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def outbox(tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes) -> Path:
    """Where the digest of that feed lies."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "site").mkdir()
    feed(folder / "site")
    prefect_homes.fill(folder / "var/prefect")
    done = axiswatch("demo", "--site", "site", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "var/outbox"


def only(outbox: Path, suffix: str) -> Path:
    (file,) = outbox.glob(f"*{suffix}")
    return file


def test_the_page_holds_text_and_no_element_of_the_feeds(outbox: Path) -> None:
    page = HtmlPage(only(outbox, ".html").read_text(encoding="utf-8"))
    assert TITLE in page.text
    assert page.tags.isdisjoint({"script", "iframe", "object", "form", "base"})
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert tag != "img" or (attributes["src"] or "").startswith("data:image/png;base64,")
    outward = [address for address in page.addresses if not re.fullmatch(r"#s\d+", address)]  # to a story of the page
    assert all(address.startswith(("https://", "http://127.0.0.1", "data:image/png")) for address in outward)
    assert "55433" not in page.text, "what a feed writes is no template"


def test_the_text_holds_no_control_and_no_turned_direction(outbox: Path) -> None:
    text = only(outbox, ".txt").read_text(encoding="utf-8")
    assert TITLE in " ".join(text.split())
    strange = {char for char in text if unicodedata.category(char) in ("Cc", "Cf") and char not in "\n\u200c\u200d"}
    assert strange == set()
    assert max(map(len, text.splitlines())) < 400
    assert not re.search(r"^Bcc:", text, re.MULTILINE)


def test_the_mail_goes_to_its_reader_alone_and_its_parts_are_sound(outbox: Path) -> None:
    mail = message_from_bytes(only(outbox, ".eml").read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Bcc"], mail["Cc"]) == ("analyst@axiswatch.example", None, None)
    assert mail.defects == []
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds[:4] == ["multipart/alternative", "text/plain", "multipart/related", "text/html"]
    html = mail.get_body(("html",))
    assert html is not None
    assert len(html.get_content().encode()) < 100_000
    assert HtmlPage(html.get_content()).tags.isdisjoint({"script", "iframe", "object", "form", "base"})
