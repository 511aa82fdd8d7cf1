"""Full-text search: in many scripts, and whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db import entries
from db.full_text import match_query, pairs
from tests.support.store_records import new_entry, stored

TITLES = {
    "zh": "普京与习近平在北京签署中俄天然气协议",
    "ja": "プーチン大統領、北朝鮮の金正恩総書記と会談",
    "ko": "러시아가 북한과 군사협력을 강화한다",
    "ru": "Россия и Иран подписали договор о дронах",
    "fa": "روسیه و ایران می‌خواهند پهپاد بسازند",
    "en": 'Russia\'s C-130 deal: "drones" AND oil NEAR Tehran',
    "fr": "L’Élysée évoque la Corée du Nord",
    "mixed": "5月普京访问Иран",
}


@pytest.fixture
def names(store: Database) -> dict[int, str]:
    """Entry id → which of the titles it bears."""
    filed = stored(store, *[new_entry(name, title=title, summary=f"about {name}") for name, title in TITLES.items()])
    return {entry.id: name for entry, name in zip(filed, TITLES, strict=True)}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("中俄", {"zh"}),
        ("北京", {"zh"}),
        ("天然气协议", {"zh"}),
        ("京 议", {"zh"}),
        ("习近平 协议", {"zh"}),
        ("普京", {"zh", "mixed"}),
        ("议", {"zh"}),
        ("普", {"zh", "mixed"}),
        ("京中", set()),
        ("会談", {"ja"}),
        ("金正恩", {"ja"}),
        ("統領北朝", set()),
        ("러시아", {"ko"}),
        ("북한", {"ko"}),
        ("협력", {"ko"}),
        ("아북", set()),
        ("россия ИРАН", {"ru"}),
        ("иран", {"ru", "mixed"}),
        ("普京 иран", {"mixed"}),
        ("访问Иран", {"mixed"}),
        ("ایران", {"fa"}),
        ("می‌خواهند", {"fa"}),
        ("elysee coree", {"fr"}),
        ("russia's", {"en"}),
        ("c-130", {"en"}),
        ("oil AND tehran", {"en"}),
        ("oil NOT", set()),
        ("oil NEAR", {"en"}),
        ('"drones"', {"en"}),
        ('"drones', {"en"}),
        ("drones - oil", {"en"}),
        ("about ja", {"ja"}),
        ("russia iran", set()),
    ],
)
def test_words_find(store: Database, names: dict[int, str], words: str, wanted: set[str]) -> None:
    assert {names[entry.id] for entry in entries.search(store, words)} == wanted


@pytest.mark.parametrize(
    "words",
    ["", "   ", '"', '""', "-", "*", "^", "( )", "\0", "\ud83d", "::", "\N{ROCKET}", "'; --", "、。", "{}"],
)
def test_what_holds_no_word_finds_nothing(store: Database, names: dict[int, str], words: str) -> None:
    assert names
    assert entries.search(store, words) == []


@pytest.mark.parametrize(
    "words",
    [
        "NEAR(oil tehran, 2)",
        "title:oil",
        "pairs : 中俄",
        "oil*",
        "-oil",
        "^oil",
        "oil OR (",
        "oil\0tehran",
        "{title summary}: oil",
        "oil + tehran",
        "'oil' %_",
        "oil\ud83d",
        "x " * 5000,
        "中" * 5000,
        '"' * 999,
    ],
)
def test_hostile_words_are_only_words(store: Database, names: dict[int, str], words: str) -> None:
    found = {names[entry.id] for entry in entries.search(store, words)}
    assert found <= {"en", "zh"}


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(), max_size=40))
def test_any_text_can_be_searched_for(store: Database, words: str) -> None:
    assert entries.search(store, words) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_piece_of_a_chinese_title_finds_it(store: Database, data: st.DataObject) -> None:
    if not store["entries"].count:
        stored(store, new_entry("zh", title=TITLES["zh"]))
    start = data.draw(st.integers(0, len(TITLES["zh"]) - 1))
    end = data.draw(st.integers(start + 1, len(TITLES["zh"])))
    assert len(entries.search(store, TITLES["zh"][start:end])) == 1


def test_limit_and_order(store: Database) -> None:
    stored(store, new_entry("a", title="oil " + "and other words " * 20), new_entry("b", title="oil"), new_entry("c"))
    assert [entry.title for entry in entries.search(store, "oil", limit=1)] == ["oil"]
    assert len(entries.search(store, "oil")) == 2


def test_index_follows_updates_and_deletions(store: Database) -> None:
    stored(store, new_entry("a", title="oil 中俄"), new_entry("b", title="oil"))
    store.execute("UPDATE entries SET title = 'gas 北京', pairs = ? WHERE id = 1", [pairs("gas 北京")])
    store.execute("DELETE FROM entry_keys")
    store.execute("DELETE FROM unscored")
    store.execute("DELETE FROM entries WHERE id = 2")
    found = {word: len(entries.search(store, word)) for word in ("oil", "中俄", "gas", "北京")}
    assert found == {"oil": 0, "中俄": 0, "gas": 1, "北京": 1}
    store.execute("INSERT INTO entries_fts (entries_fts, rank) VALUES ('integrity-check', 1)")


def test_pairs_of_runs() -> None:
    assert pairs("plain") == pairs("Россия — Élysée") == ""
    assert pairs("中俄合作, A 5月NATO。B") == "中俄 俄合 合作 作 5 月 NATO。B"


def test_queries() -> None:
    assert match_query('say "no"') == '"say" """no"""'
    assert match_query("中俄合 京") == 'pairs : "中俄 俄合" pairs : "京" *'
