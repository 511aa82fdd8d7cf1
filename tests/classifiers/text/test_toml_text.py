"""Every file that a user writes is read as editors save it: a topic's, the claims', the feeds'."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import training_examples
from classifiers.tagging.watchlist import read_watchlist, shipped
from classifiers.text.toml_text import TomlError, parsed
from classifiers.topic_check.check import check
from flows.config.settings import FeedsSettings
from flows.feeds.subscriptions.catalogue import CatalogueError, read_catalogue
from flows.feeds.subscriptions.user_feeds import listed, read_user_feeds
from flows.sample.site import read_entries, read_outlets
from tests.support.topics import PACIFIC, watching

Saved = Callable[[str], bytes]
AS_SAVED: dict[str, Saved] = {
    "a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "a mark and returns": lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
}
FEED = '[[feed]]\nurl = "https://quay.example/f"\noutlet = "Quay"\n'
CLAIM = '[[claim]]\nid = "tea"\ntext = "Tea is traded"\npartners = ["china"]\nchannels = ["all"]\n'
CLAIM += 'direction = "all"\nwords = ["tea"]\n'


@pytest.fixture(params=AS_SAVED)
def saved(request: pytest.FixtureRequest) -> Saved:
    return AS_SAVED[request.param]


def test_a_topic_is_read(saved: Saved, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACIFIC, tmp_path / "pacific"))
    with watching(PACIFIC):
        told = _of_topic()
    for file in (file for file in folder.rglob("*") if file.suffix in (".toml", ".jsonl")):
        file.write_bytes(saved(file.read_text(encoding="utf-8")))
    assert check(folder) == []
    with watching(folder):
        assert _of_topic() == told


def _of_topic() -> tuple[object, ...]:
    mentions = analyse("China sends ships to Vanuatu, says Wellington", "en").actors
    assert mentions
    return mentions, len(training_examples()), len(shipped().claims), read_outlets(), read_entries()


def test_feeds_and_claims_are_read(saved: Saved, tmp_path: Path) -> None:
    own, of_list, claims = tmp_path / "feeds.toml", tmp_path / "list.toml", tmp_path / "claims.toml"
    own.write_bytes(saved('removed = ["https://pier.example/f"]\n' + FEED))
    of_list.write_bytes(saved(FEED.replace("quay", "pier") + FEED.replace("quay", "mole")))
    claims.write_bytes(saved(CLAIM))
    assert [spec.url for spec in read_catalogue(of_list)] == ["https://pier.example/f", "https://mole.example/f"]
    assert read_user_feeds(own).removed == ("https://pier.example/f",)
    urls = [spec.url for spec in listed(FeedsSettings(file=of_list, added=own))]
    assert urls == ["https://mole.example/f", "https://quay.example/f"]
    assert "tea" in {claim.id for claim in read_watchlist(claims).claims}


def test_what_to_write_is_told_of_feeds_as_of_the_config(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text("[[feed]]\nurl = “https://quay.example/f”\n", encoding="utf-8")
    for read in (read_catalogue, read_user_feeds):
        with pytest.raises(CatalogueError, match="write straight quotes"):
            read(file)
    with pytest.raises(TomlError, match="save it as UTF-8"):
        parsed("ä = 1".encode("latin-1"))
