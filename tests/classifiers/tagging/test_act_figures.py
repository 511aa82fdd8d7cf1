"""The figure that is told with an act counts what the act is made of and belongs to its parties, or none is told."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.act_figures import MANY, MONEY, NOTHING_GIVEN
from classifiers.tagging.gloss import gloss_of, told_in
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from classifiers.text.numbers.read import numbers_in
from classifiers.text.numbers.words import table
from classifiers.topics.active import active


def gloss(text: str, language: str = "en") -> str:
    return gloss_of(tagged(analyse(text, language), read_watchlist()))


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        ("Belarus sends Russia 3,000 shells", "en", "3,000 shells"),
        (
            "Cuba sends soldiers to Russia\nHavana has sent Russia 9,000 soldiers, 2,000 of them officers.",
            "en",
            "9,000 soldiers",
        ),
        ("Cuba sends soldiers to Russia\nRussia masses 40,000 soldiers, including 3,000 Cubans.", "en", "3,000 people"),
        (
            "Kuba schickt Soldaten nach Russland\nMoskau sammelt 40.000 Mann, darunter 3.000 Kubaner.",
            "de",
            "3,000 people",
        ),
        (
            "Куба отправила солдат в Россию\nРоссия собрала 40 тысяч солдат, из них три тысячи кубинцев.",
            "ru",
            "3,000 people",
        ),
    ],
)
def test_the_part_that_is_the_partners_is_told_and_not_the_whole(text: str, language: str, figure: str) -> None:
    assert figure in gloss(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Belarus sends Russia guns with a reach of 30 kilometres", "en"),
        ("Belarus sends guns to Russia\nThree experts from Minsk and Russia saw them.", "en"),
        ("Belarus sends Russia rockets: two ministers and four officers saw them", "en"),
        ("Belarus sends Russia 60 drones a day", "en"),
        ("Weißrussland liefert Russland 60 Drohnen am Tag", "de"),
        ("Belarus sends drones to Russia\nMinsk supplies Russia; millions of shells come from Cuba.", "en"),
        ("Eight in ten drones of Russia come from Belarus", "en"),
        ("Did Belarus send Russia 3,000 shells?", "en"),
        ("Cuba sends Russia one ship", "en"),
        ("Russian oil sells at $60 to Cuba", "en"),
        ("Cuba sends soldiers to Russia: 26 men killed", "en"),
    ],
)
def test_a_figure_of_something_else_is_not_told(text: str, language: str) -> None:
    assert not any(sign.isdigit() or "millions" in gloss(text, language) for sign in gloss(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("nine in ten chips", "en"),
        ("neun von zehn chips", "de"),
        ("neuf sur dix des puces", "fr"),
        ("девять из десяти чипов", "ru"),
        ("nine of every ten ships", "en"),
    ],
)
def test_a_share_is_no_number_of_things(text: str, language: str) -> None:
    assert [(each.low, each.unit) for each in numbers_in(text, language)] == [(90, "percent")]


def test_what_happens_in_so_many_years_is_no_share() -> None:
    assert all(each.unit != "percent" for each in numbers_in("two in three years", "en"))


def test_the_sign_of_another_number_counts_nothing() -> None:
    assert [each.low for each in numbers_in("trade between the two now nears $60 billion", "en")] == [60e9]


def test_channels_count_in_classes_and_units_that_are_known() -> None:
    known = {*table()["shown"], "MW", "kWh", "km", MONEY, ""}
    for channel in active().channels.values():
        assert (channel.counts or frozenset()) <= known
    assert MANY.isdisjoint(NOTHING_GIVEN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia agrees to sell India air defence\nDelhi still waits for two late S-400 units from Russia.", "en"),
        ("Russland verkauft Indien Flugabwehr\nDelhi wartet weiter auf zwei S-400-Systeme aus Russland.", "de"),
        ("La Russie vendra des missiles à l'Inde\nNew Delhi attend toujours deux systèmes S-400 de Russie.", "fr"),
        ("Россия продаст Индии зенитные ракеты\nДели всё ещё ждёт два комплекса С-400 из России.", "ru"),
    ],
)
def test_what_is_awaited_below_is_no_figure_of_an_act_that_has_come_further(text: str, language: str) -> None:
    assert "2 " not in gloss(text, language)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Cuba sends soldiers to Russia\nSome 4,000 soldiers from Cuba have come, Kyiv says.", "en", "count of Kyiv"),
        ("Cuba sends soldiers to Russia\nSome 4,000 soldiers have come, diplomats say.", "en", "count of diplomats"),
        ("Cuba sends soldiers to Russia\nSome 4,000 soldiers from Havana have come.", "en", "4,000 soldiers"),
        ("Cuba sends soldiers to Russia\nHavana says it has sent 4,000 soldiers to Russia.", "en", "4,000 soldiers"),
        ("Cuba envoie des soldats en Russie\nKiev évoque 4 000 Cubains chez les Russes.", "fr", "count of Ukraine"),
        ("Cuba envía soldados a Rusia\nSegún Kiev, son 4.000 soldados cubanos en Rusia.", "es", "count of Ukraine"),
        ("Куба отправила солдат в Россию\nПо данным Киева, там 4000 кубинских солдат.", "ru", "count of Ukraine"),
        ("古巴向俄罗斯派兵\n乌克兰称已有4000名古巴士兵抵达俄罗斯。", "zh", "count of Ukraine"),
    ],
)
def test_a_count_that_another_gives_below_is_told_as_his(text: str, language: str, told: str) -> None:
    said = gloss_of(tagged(analyse(text, language), read_watchlist()), told_in(text, language))
    assert told in said
    assert ("count of" in said) == ("count of" in told)


def test_a_figure_beside_the_act_itself_is_its_own_whatever_else_the_sentence_wants() -> None:
    text = "North Korea sends soldiers to Russia\nPyongyang, which wants fuel, has sent 10,000 soldiers to Russia."
    assert "10,000" in gloss_of(tagged(analyse(text, "en"), read_watchlist()), told_in(text, "en"))
