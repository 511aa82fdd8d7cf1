"""Words of friction: between whom they must stand, what spares, and the lists of every language."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.lexicon.mentions import find_actors
from classifiers.tagging import plover_words
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.plover import best, codebook, events_of
from classifiers.tagging.plover_words import COOPERATIVE
from classifiers.tagging.quarrels import BETWEEN, SPARED, SURE, UNDONE, quarrel_acts, quarrels_in, words_in, words_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from classifiers.text.fold import fold
from tests.support.friction_headlines import headlines
from tests.support.story_entries import entry


def _words(title: str, language: str = "en") -> list[str]:
    layout = DocumentLayout(analyse(title, language))
    return [layout.folded[start:end] for start, end in quarrels_in(layout)]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Hungary recalls its envoy from Moscow", ["recalls its envoy"]),
        ("Rift between Moscow and Tehran over drones", ["rift"]),
        ("Moscow and Tehran fall out over drones", ["fall out over"]),
        ("India halts Russian coal", ["halts"]),
        ("Indian ports turned away by Russia", ["turned away"]),
        # Who acts together does nothing to the other; what is done to a third party is about that.
        ("Russia and Iran reject new limits", []),
        ("Moscow, Tehran block a text on Syria", []),
        ("Washington scolds Moscow over aid for Tehran", []),
        ("Japan blocks Russian oil for China", []),
        # What is rejected may be no act of the other.
        ("Iran rejects reports of Russian crews", []),
        ("China halts as a Russian choir arrives", ["halts"]),
        # What is taken back is none, and a new clause is about something else.
        ("Moscow: no rift with Tehran", []),
        ("Iran lifts its ban on Russian wheat", []),
        ("India snubs a forum but flies to Moscow", []),
        ("Serbia laughs off talk of a rift with Moscow", []),
        # Far from each other they have nothing to do with the word.
        ("India halts a scheme for the homes of three million pensioners in the hills near a Russian school", []),
        ("Rift in the ruling party", []),
    ],
)
def test_friction_lies_between_the_two(title: str, words: list[str]) -> None:
    assert _words(title) == words


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ja", "イランがロシアを批判"),
        ("ko", "중국이 러시아 제안 거부"),
        ("tr", "İran Rusya'yı suçladı"),
        ("ja", "中国、ロシアの提案を拒否"),
        ("ko", "중국, 러시아 제안 거부"),
        ("tr", "İran, Rusya'nın teklifini reddetti"),
    ],
)
def test_where_the_verb_stands_last_both_stand_before_it(language: str, title: str) -> None:
    assert _words(title, language)


def test_only_the_headline_is_read() -> None:
    assert not _words("Moscow and Tehran hold talks\nA rift had opened between Moscow and Tehran.")


def test_a_language_without_words_tells_of_no_friction() -> None:
    assert words_of("eo") is None
    assert words_in("../en") == {}


def test_a_tie_that_does_not_work_is_no_cooperation() -> None:
    title = "Hungary recalls its envoy from Moscow"
    tags = tagged(analyse(title, "en"), read_watchlist())
    assert tags.has("friction")
    assert events_of(entry(1, title), tags)[0].code == "SANCTION"
    assert best("The team goes home empty-handed", "en") == ""  # elsewhere the words say nothing


@pytest.mark.parametrize("language", plover_words.languages())
def test_every_language_has_words_of_its_own(language: str) -> None:
    told = words_in(language)
    assert {SURE, BETWEEN, SPARED, UNDONE} <= told.keys()
    assert told["match"] == plover_words.words_of(language).match
    assert (told.get("order") == "ov") == plover_words.words_of(language).verb_last
    codes = {code for code, _ in quarrel_acts(language)}
    assert codes <= codebook()["codes"].keys() - COOPERATIVE
    assert {"SANCTION", "ACCUSE", "REJECT", "COERCE"} <= codes
    texts = [text for kind in (SURE, BETWEEN) for texts in told[kind].values() for text in texts]
    assert len(texts) == len({*texts}) >= 100
    for text in texts:
        named = find_actors(text, fold(text), language)
        assert not named, f"{text} names a party, and no topic has a word here"


def test_headlines_of_cooperation_tell_of_no_friction() -> None:
    told = [each for each in headlines("cooperation") if each.named]
    assert len(told) > 150
    assert sum(each.friction for each in told) <= 0.02 * len(told)
    assert sum(each.is_cooperative for each in told) >= 0.85 * len(told)


def test_words_that_tell_of_friction_elsewhere_seldom_do_so_in_headlines_of_cooperation() -> None:
    told = [each for each in headlines("tricky") if each.named]
    assert len(told) > 230
    assert sum(each.friction for each in told) <= 0.15 * len(told)


@pytest.mark.parametrize("which", ["watched", "kept"])
def test_headlines_of_friction_have_no_code_of_cooperation(which: str) -> None:
    told = [each for each in headlines(which) if each.named]
    assert len(told) > 230
    assert sum(each.friction for each in told) >= 0.9 * len(told)
    assert sum(each.is_cooperative for each in told) <= 0.05 * len(told)
