"""What a story names that was never named: news; where it names nothing new, it is left out and says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records.frames import Frame
from flows.digest.compose.inputs import ClusterFacts
from flows.digest.render.pages import REPEATS_IN_MAIL, render_html, render_page, render_text
from flows.digest.update_words import without_followed
from tests.support.edition_records import HtmlPage, composed, edition, scored, stories
from tests.support.told_stories import GIVES, acting, traces


@pytest.mark.parametrize(
    ("before", "now", "language", "news"),
    [
        ("EU blacklists a Chinese firm", "Japan blacklists a Chinese firm", "en", "now also Japan"),
        ("Kim sells lenses to Moscow", "Kim sells uranium to Moscow", "en", "now also about uranium"),
        ("Kim sells lenses to Moscow", "Ким продал уран Москве", "ru", "now also about uranium"),
    ],
)
def test_who_or_what_joins_is_named(before: str, now: str, language: str, news: str) -> None:
    told = traces(composed([scored(1, before, summary="", tags=acting(GIVES))], {1: 7}))
    act = replace(GIVES, spans=((0, 3), (4, len(now) - 7), (len(now) - 6, len(now))))
    later = scored(2, now, summary="", tags=acting(act))
    later = replace(later, score=replace(later.score, language=language))
    (story,) = stories(composed([later], {2: 7}, told=told))
    assert story.news is not None
    assert news in story.news.split("; ")


@pytest.mark.parametrize(
    "now",
    [
        "Xi and Putin in Moscow under a picture of a pipeline",
        "Xi and Putin talk in Moscow after Japan sanctions a firm",
        "Xi and Putin in Moscow amid arrests in Japan",
        "Would Xi and Putin sell uranium to Japan?",
    ],
)
def test_what_is_named_in_passing_joins_nothing(now: str) -> None:
    told = traces(composed([scored(1, "Xi meets Putin in Moscow", tags=acting(GIVES))], {1: 7}))
    follows = {8: ClusterFacts(follows=7)}
    (story,) = stories(composed([scored(2, now, tags=acting(GIVES))], {2: 8}, told=told, cluster_facts=follows))
    assert story.news is not None
    assert story.news.removeprefix("explainer; ") == "follows “Xi meets Putin in Moscow”"


@pytest.mark.parametrize(
    ("now", "news"),
    [
        ("Japan condemns the shells that Kim sends to Moscow", "now a condemnation by Japan"),
        # That somebody says something is not what is said.
        ("Kim's shells for Moscow are a mistake, says Japan", "follows “Kim sends shells to Moscow”"),
        ("Japan: Kim's shells for Moscow will cost him", "follows “Kim sends shells to Moscow”"),
    ],
)
def test_who_speaks_of_what_was_told_is_named(now: str, news: str) -> None:
    told = traces(composed([scored(1, "Kim sends shells to Moscow", tags=acting(GIVES))], {1: 7}))
    bare = {8: ClusterFacts(follows=7)}
    (story,) = stories(composed([scored(2, now, tags=acting(GIVES))], {2: 8}, told=told, cluster_facts=bare))
    assert (without_followed(story.news) or story.news) == news


def test_what_a_foreign_headline_told_is_named_in_our_words() -> None:
    (quiet,) = traces(composed([scored(1, "Cold winter ahead for dock hands")], {1: 7}))
    foreign = [
        replace(quiet, headline="Зима", words=("ru:зим",), subjects=("^port", "^grain"), sentence="A cold winter.")
    ]
    facts = {8: ClusterFacts(follows=7)}
    (story,) = stories(
        composed([scored(2, "Piles of grain rot in the port")], {2: 8}, told=foreign, cluster_facts=facts)
    )
    assert story.news == "follows “A cold winter”"


def test_whoever_spoke_before_only_speaks_again() -> None:
    told = traces(composed([scored(1, "Japan warns Kim of the shells", tags=acting(GIVES))], {1: 7}))
    bare = {8: ClusterFacts(follows=7)}
    later = scored(2, "Shells for Moscow will cost Kim, Japan says", tags=acting(GIVES))
    (story,) = stories(composed([later], {2: 8}, told=told, cluster_facts=bare))
    assert story.news == "follows “Japan warns Kim of the shells”"


REPEATS = [
    (
        "Kim sends shells to Moscow",
        "Shells sent to Moscow by Kim",
        "the same act, nothing new recognised",
    ),
    ("Kim sends shells to Moscow", "Opinion: Kim sends shells to Moscow", "opinion on what was told"),
    ("Kim sends shells to Moscow", "What do Kim's shells mean for Moscow?", "explainer on what was told"),
]


@pytest.mark.parametrize(("before", "now", "reason"), REPEATS)
def test_what_is_left_out_says_why_and_what_it_repeats(before: str, now: str, reason: str) -> None:
    told = traces(composed([scored(1, before, summary="", tags=acting(GIVES))], {1: 7}))
    content = composed([scored(2, now, summary="", tags=acting(GIVES))], {2: 7}, told=told)
    assert content.counts.stories == 0
    (left_out,) = content.repeated.stories
    assert (left_out.reason, left_out.since, left_out.before) == (reason, "Fri 20 Nov", before)


def test_what_is_repeated_is_named_in_english_where_it_was_told_in_another_language() -> None:
    (first,) = traces(composed([scored(1, "Kim sends shells to Moscow", summary="", tags=acting(GIVES))], {1: 7}))
    told = replace(first, headline="Ким шлёт снаряды", words=("ru:ким", "ru:снар"))
    again = scored(2, "Shells sent to Moscow by Kim", summary="", tags=acting(GIVES))
    named = {"North Korea sends shells to Russia.": "North Korea sends shells to Russia", "": told.headline}
    keywords = "In the headline: Kim, shells."
    for sentence, before in {**named, keywords: told.headline}.items():
        content = composed([again], {2: 7}, told=[replace(told, sentence=sentence)])
        assert [each.before for each in content.repeated.stories] == [before]


def test_a_follow_up_that_names_nothing_new_in_words_that_were_told_is_left_out() -> None:
    told = traces(composed([scored(1, "Kim sends shells to Moscow", summary="")], {1: 7}))
    bare = {8: ClusterFacts(follows=7)}
    content = composed([scored(2, "Kim sends Moscow shells", summary="")], {2: 8}, told=told, cluster_facts=bare)
    (left_out,) = content.repeated.stories
    assert left_out.reason == "takes up what was told, nothing new recognised"


@pytest.mark.parametrize(
    ("now", "language"),
    [("Kim and Putin fall out", "en"), ("Kim und Putin: Hafenarbeiter warten auf Heizkohle", "de")],
)
def test_a_follow_up_in_other_words_is_told_however_few_they_are(now: str, language: str) -> None:
    told = traces(composed([scored(1, "Kim sends shells to Putin", summary="")], {1: 7}))
    later = scored(2, now, summary="", language=language)
    later = replace(later, score=replace(later.score, language=language))
    (story,) = stories(composed([later], {2: 8}, told=told, cluster_facts={8: ClusterFacts(follows=7)}))
    assert story.news == "follows “Kim sends shells to Putin”"


def test_news_is_measured_against_all_that_was_told_of_a_thread() -> None:
    first = scored(1, "Kim meets Putin", summary="")
    second = scored(3, "Kim and Putin sign a treaty", summary="")
    told = traces(composed([first, second], {1: 7, 3: 9}, thread_ids={7: 7, 9: 7}))
    follows = {8: ClusterFacts(follows=7)}
    threads = {7: 7, 8: 7, 9: 7}
    again = scored(2, "Treaty signed: Kim and Putin meet and sign", summary="")
    content = composed([again], {2: 8}, told=told, cluster_facts=follows, thread_ids=threads)
    assert content.repeated.total == 1


def test_every_story_left_out_can_be_opened_from_the_page_and_the_text() -> None:
    several = range(2, 14)
    told = traces(
        composed([scored(n + 100, f"Villagers wait in line, part {n}") for n in several], {n + 100: n for n in several})
    )
    again = edition(
        [scored(n, f"Villagers wait in line, part {n}") for n in several], {n: n for n in several}, told=told
    )
    assert again.content.repeated.total == len(several)
    page, mail, text = HtmlPage(render_page(again)), HtmlPage(render_html(again)), render_text(again)
    links = [f"https://news.example/{n}" for n in several]
    assert all(link in text for link in links)
    assert sum(link in page.addresses for link in links) == len(several)
    assert sum(link in mail.addresses for link in links) == REPEATS_IN_MAIL
    assert f"and {len(several) - REPEATS_IN_MAIL} more" in mail.text
    assert "the same act, nothing new recognised" in page.text


@pytest.mark.parametrize(
    ("now", "news"),
    [
        ("Putin and Kim to sign a pact in Moscow", "a signing planned"),
        ("Putin vows to meet Kim in Moscow", "now Putin makes a promise"),
        ("Moscow attack as Kim is to come", ""),
        ("Putin and Kim talk of sanctions", ""),
        ("Putin and Kim poised for arrest of a poacher", ""),
        ("Putin and Kim will deliver results on warships", ""),
        ("A sign of what Putin owes Kim in Moscow: warships", ""),
    ],
)
def test_a_word_of_the_headline_is_no_deed(now: str, news: str) -> None:
    planned = acting(Frame("joint", phase="planned", vouching="plain"))
    told = traces(composed([scored(1, "Kim is to come to Putin in Moscow", summary="", tags=planned)], {1: 7}))
    (story,) = stories(composed([scored(2, now, summary="", tags=planned)], {2: 7}, told=told))
    assert story.news == (news or "follows “Kim is to come to Putin in Moscow”")
