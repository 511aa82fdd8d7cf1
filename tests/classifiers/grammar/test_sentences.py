"""One sentence: where its clauses end, which of its acts hand something over, and its words of manner."""

from __future__ import annotations

import pytest

from classifiers.grammar.sentences import SentenceReading
from tests.support.grammar_readings import acts, reading_of


def manner(reading: SentenceReading) -> set[tuple[str, str, str]]:
    return {(reading.text[word.start : word.end], word.kind, word.what) for word in reading.manner}


def test_only_acts_by_which_something_changes_hands_are_transfers() -> None:
    reading = reading_of("Iran meets Russia, refuses a pact and sends drones")
    assert acts(reading) == {"meets": ("meet",), "refuses": ("refuse",), "pact": ("meet",), "sends": ("give",)}
    assert [act.classes for act in reading.transfers()] == [("give",)]


@pytest.mark.parametrize(
    ("text", "language", "one"),
    [
        ("Russia buys drones from Iran", "en", True),
        ("Russia buys drones, officials in Iran say", "en", True),
        ("Russia buys drones because Iran sells them", "en", False),
        ("Russia buys drones; Iran is silent", "en", False),
        ("Russland kauft Drohnen, weil Iran sie anbietet", "de", False),
        ("La Russie achète des drones parce que l'Iran en vend", "fr", False),
        ("Россия покупает дроны, потому что Иран их продаёт", "ru", False),
        ("俄罗斯购买无人机，但伊朗沉默", "zh", False),
    ],
)
def test_a_clause_ends_where_a_word_or_a_stop_says_so(text: str, language: str, one: bool) -> None:
    reading = reading_of(text, language)
    first, last = reading.phrases[0], reading.phrases[-1]
    assert reading.one_clause(first.end, last.start) is one
    assert reading.one_clause(last.start, first.end) is one


def test_the_longest_word_of_a_kind_counts_where_words_overlap() -> None:
    found = manner(reading_of("Iran does not deny that it sent Russia drones"))
    assert ("not deny", "vouching", "not_denied") in found
    assert not any(what == "denied" for _, _, what in found)


@pytest.mark.parametrize(
    ("text", "word", "kind", "what"),
    [
        ("Iran denies sending Russia drones", "denies", "vouching", "denied"),
        ("Iran denies sending Russia drones", "denies", "claimants", "says"),
        ("Iran denied entry to Russian drivers", "denied entry", "vouching", "neither"),
        ("Iran denied entry to Russian drivers", "denied entry", "phase", "ended"),
        ("According to Kyiv, Iran will send Russia drones", "will", "phase", "planned"),
        ("According to Kyiv, Iran will send Russia drones", "according to", "claimants", "source"),
        ("Russia asks Iran for drones", "asks", "phase", "sought"),
        ("Iran keeps sending Russia drones", "keeps", "phase", "under_way"),
        ("Iran has already sent Russia drones", "already", "phase", "done"),
        ("Russia confirms that Iran sent drones", "confirms", "vouching", "confirmed"),
        ("Iran allegedly sent Russia drones", "allegedly", "vouching", "alleged"),
    ],
)
def test_words_of_phase_vouching_and_claimants(text: str, word: str, kind: str, what: str) -> None:
    assert (word, kind, what) in manner(reading_of(text))


def test_manner_is_told_in_the_order_of_the_text() -> None:
    reading = reading_of("Kyiv says Iran will soon confirm that it has sent Russia drones")
    assert [word.start for word in reading.manner] == sorted(word.start for word in reading.manner)
    assert len(reading.manner) > 3
