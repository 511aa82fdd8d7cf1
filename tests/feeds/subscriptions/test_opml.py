"""OPML in and out, hostile files included."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from db.records import FeedSpec
from flows.feeds.subscriptions import opml
from flows.feeds.subscriptions.catalogue import CatalogueError, read_catalogue
from flows.feeds.subscriptions.opml import read_opml, write_opml

pytestmark = pytest.mark.alone


def written(folder: Path, body: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> Path:
    file = folder / "list.opml"
    file.write_text(f'{head}<opml version="2.0"><head/><body>{body}</body></opml>', encoding="utf-8")
    return file


def test_folders_become_topics(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '<outline text="News"><outline text="Asia / Pacific">'
        '<outline type="rss" text="Quay &amp;amp; Co" xmlUrl="https://quay.example/f" language="en"/></outline>'
        '<outline title="Pier" xmlurl="feed:https://pier.example/f"/></outline>'
        '<outline xmlUrl="http://bare.example/f"/>',
    )
    assert read_opml(file).feeds == (
        FeedSpec("https://quay.example/f", "Quay & Co", language="en", topic="News/Asia - Pacific"),
        FeedSpec("https://pier.example/f", "Pier", topic="News"),
        FeedSpec("http://bare.example/f", "http://bare.example/f"),
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    specs = [*read_catalogue(), FeedSpec("https://a.example/f?x=1&y=<2>", 'A "b" <c>\x07', "DE", "de", "wire", "x/y")]
    write_opml(tmp_path / "out.opml", specs)
    back = {spec.url: spec for spec in read_opml(tmp_path / "out.opml").feeds}
    assert all(back[spec.url] == spec for spec in specs[:-1])
    assert len(back) == len(specs)
    odd = next(spec for url, spec in back.items() if url.startswith("https://a.example/"))
    assert (odd.outlet, odd.topic, odd.kind) == ('A "b"', "x/y", "wire")


def test_every_outline_is_accounted_for(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '<outline text="a" xmlUrl="https://a.example/f"/><outline text="b" xmlUrl="https://a.example/f"/>'
        '<outline text="c" xmlUrl="javascript:alert(1)"/><outline text="d" xmlUrl="file:///etc/passwd"/>'
        '<outline text="e" type="rss"/><outline text="f" xmlUrl="https://user:word@a.example/f"/>',
    )
    outlines = read_opml(file)
    assert outlines.rejected == {"listed twice": 1, "no http or https address": 3, "no address": 1}
    assert (outlines.seen, len(outlines.feeds)) == (6, 1)


def test_names_hold_no_markup(tmp_path: Path) -> None:
    name = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;Quay&lt;/b&gt;&#x202e; Wire" + "x" * 5000
    (spec,) = read_opml(written(tmp_path, f'<outline text="{name}" xmlUrl="https://a.example/f"/>')).feeds
    assert spec.outlet.startswith("Quay Wire")
    assert len(spec.outlet) <= opml.MAX_NAME


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;',
    ],
)
def test_document_types_are_refused(tmp_path: Path, declared: str) -> None:
    file = written(tmp_path, '<outline text="&b;"/>', f"<!DOCTYPE opml [{declared}]>")
    with pytest.raises(CatalogueError, match="declares a document type"):
        read_opml(file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not readable as OPML"),
        ("<rss/>", "begins with <rss>"),
        ("<opml><body><outline", "not readable as OPML"),
        ("\x00\x01", "not readable as OPML"),
        ('<?xml version="1.0" encoding="nonsense"?><opml/>', "not readable as OPML"),
    ],
)
def test_what_is_no_opml_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "list.opml").write_text(text)
    with pytest.raises(CatalogueError, match=told) as raised:
        read_opml(tmp_path / "list.opml")
    assert "\n" not in str(raised.value)


def test_a_missing_and_an_enormous_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no file"):
        read_opml(tmp_path / "none.opml")
    with (tmp_path / "big.opml").open("wb") as file:
        file.truncate(31_000_000)
    with pytest.raises(CatalogueError, match="larger than 30 MB"):
        read_opml(tmp_path / "big.opml")


def test_fifty_thousand_outlines_and_ten_thousand_folders_in_each_other(tmp_path: Path) -> None:
    wide = "".join(f'<outline text="f" xmlUrl="https://a.example/{number}"/>' for number in range(50_000))
    deep = '<outline text="d">' * 10_000 + '<outline xmlUrl="https://deep.example/f"/>' + "</outline>" * 10_000
    began = time.monotonic()
    outlines = read_opml(written(tmp_path, deep + wide))
    assert time.monotonic() - began < 20
    assert outlines.feeds[0].topic == "d/d/d/d/d/d/d/d"
    assert len(outlines.feeds) == opml.MAX_FEEDS
    assert outlines.seen == 50_001
