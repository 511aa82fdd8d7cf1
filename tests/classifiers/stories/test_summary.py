"""The sentences that tell a story."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from classifiers.stories.clustering import assign
from classifiers.stories.fingerprint import terms
from classifiers.stories.summary import WORDS_FROM_ONE, is_junk, summarise, word_count
from classifiers.text.fold import fold
from db.records import Entry
from tests.support.story_entries import entry

ENTRIES = [
    entry(
        1,
        "Russia and Iran open rail corridor",
        "Russia and Iran opened a rail corridor to the Gulf on Monday. Subscribe to our newsletter for more. "
        "The line is meant to carry ten million tonnes of grain and steel a year by the end of the decade.",
    ),
    entry(
        2,
        "New rail corridor joins Russia and Iran",
        "A rail corridor from Russia to the Gulf opened on Monday in Iran. Read more on our site about the corridor. "
        "Banks of both countries will settle the freight in roubles and rials, officials in Tehran said.",
        hours=1,
    ),
    entry(3, "Corridor opens", "By Jane Doe", hours=2),
]


def test_sentences_stand_as_they_were_written_each_with_its_outlet() -> None:
    told = summarise(ENTRIES)
    assert 2 <= len(told) <= 3
    texts = {each.id: f"{each.title} {each.summary}" for each in ENTRIES}
    for sentence in told:
        assert sentence.text in texts[sentence.entry_id]
        assert sentence.outlet == f"Outlet {sentence.entry_id}"


def test_nothing_is_told_twice_and_no_junk_at_all() -> None:
    told = [each.text for each in summarise(ENTRIES)]
    assert not any("ubscribe" in text or "Read more" in text or text.startswith("By ") for text in told)
    held = [terms(text, fold(text)) for text in told]
    for one, other in combinations(held, 2):
        assert len(one & other) < 0.6 * min(len(one), len(other))
    assert sum("opened" in text for text in told) == 1


def test_a_few_words_that_qualify_a_sentence_stay_with_it() -> None:
    talks = "Allied services worry about talks of the two on fuel and weapons. "
    (told,) = summarise([entry(1, "Officials fear a trade", f"{talks}Nothing was handed over. Read more here.")])
    assert told.text == f"{talks}Nothing was handed over."
    (alone,) = summarise([entry(1, "Officials fear a trade", f"{talks}Subscribe to us now.")])
    assert alone.text == talks.strip()


def test_no_article_gives_more_than_sixty_words() -> None:
    topics = ("grain", "steel", "oil", "cotton", "copper", "timber")
    long = " ".join(
        f"The corridor will carry {topic} from the ports of Russia to those of Iran, where number {place} of the "
        f"terminals for {topic} is being built by firms that trade in {topic} and little else."
        for place, topic in enumerate(topics)
    )
    told = summarise([entry(1, "Corridor", long)])
    assert told
    assert sum(word_count(each.text) for each in told) <= WORDS_FROM_ONE


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribe to our newsletter to get the best of our reporting every day",
        "Read more: what the treaty between the two countries means for Europe",
        "By Anna Petrova",
        "Photo: the president at a meeting in the Kremlin last week, archive",
        "Officials of both countries met on Monday in the capital to talk about…",
        "Reporting by Anna Petrova in Moscow and John Smith in London today",
        "Visit https://junk.example/now to win a prize in our great summer lottery",
        "<a href='x'>Both sides agreed to build the line within three years</a>",
        "Too short",
    ],
)
def test_what_is_no_part_of_the_story_is_left_out(sentence: str) -> None:
    assert is_junk(sentence)


def test_a_plain_sentence_is_no_junk() -> None:
    assert not is_junk("Officials of both countries met on Monday in the capital to sign the papers.")


def test_sentences_in_the_readers_language_come_first() -> None:
    russian = entry(2, "Коридор", "Россия и Иран открыли в понедельник железнодорожный коридор к заливу.")
    assert {each.entry_id for each in summarise([ENTRIES[0], russian])} == {1}
    assert {each.entry_id for each in summarise([russian])} == {2}
    assert {each.entry_id for each in summarise([ENTRIES[0], russian], prefer="ru")} == {2}


def test_nothing_to_tell_gives_nothing() -> None:
    assert summarise([]) == ()
    assert summarise([entry(1, "", "")]) == ()


def test_every_story_of_the_sample_is_told_within_the_limits(sample: list[Entry]) -> None:
    for group in assign(sample, []):
        told = summarise(group.entries)
        words: Counter[int] = Counter()
        for each in told:
            words[each.entry_id] += word_count(each.text)
        assert told
        assert max(words.values()) <= WORDS_FROM_ONE
