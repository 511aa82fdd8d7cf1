"""Languages are told by script, function words and py3langid; what cannot be told is said to be unknown."""

from __future__ import annotations

import pytest

from classifiers.lexicon.read import read_lexicon
from classifiers.text.languages import detect, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ministers meet in the capital to talk about trade", "en"),
        ("Die Minister treffen sich in der Hauptstadt", "de"),
        ("Les ministres se retrouvent dans la capitale", "fr"),
        ("Los ministros se reúnen en la capital", "es"),
        ("Ministrowie spotkali się w stolicy z posłami", "pl"),
        ("Os ministros não vão à capital com o presidente", "pt"),
        ("Министры встретились в столице и обсудили торговлю", "ru"),
        ("Міністри зустрілися у столиці й обговорили торгівлю", "uk"),
        ("部长们在首都会面", "zh"),
        ("大臣たちが首都で会談した", "ja"),
        ("장관들이 수도에서 만났다", "ko"),
        ("وزیران در پایتخت دیدار کردند و از تجارت گفتند", "fa"),
        ("اجتمع الوزراء في العاصمة لبحث التجارة", "ar"),
        ("השרים נפגשו בבירה", "he"),
        ("Οι υπουργοί συναντήθηκαν στην πρωτεύουσα", ""),
        ("मंत्रियों ने राजधानी में मुलाकात की", ""),
    ],
)
def test_language_of_a_headline(text: str, language: str) -> None:
    assert detect(text) == language


def test_the_feeds_own_tag_decides_where_the_text_does_not() -> None:
    assert detect("Putin, Xi, Kim", "fr") == "fr"
    assert detect("Putin, Xi, Kim") == "en"


def test_a_tag_that_the_script_contradicts_is_not_believed() -> None:
    assert detect("Министры встретились в столице", "en") == "ru"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il governo annuncia nuove forniture alla marina", "it"),
        ("Mosca e Pechino firmano un accordo sul gas", "it"),
        ("La Russia sospende le forniture contro l'Iran", "it"),
        ("Moscou recebe munições da Coreia do Norte", "pt"),
        ("Rússia vende diesel ao Brasil", "pt"),
        ("Rusya İran'dan insansız hava aracı aldı", "tr"),
        ("Bakanlar başkentte ticareti görüştü", "tr"),
        ("ロシア、北朝鮮から砲弾", "ja"),
        ("La Russie livre le pétrole à l'Inde", "fr"),
        ("روسیه از ایران پهپاد خرید", "fa"),
        ("ایران پهپاد به روسیه داد", "fa"),
        ("روسيا تشتري مسيرات إيرانية", "ar"),
        ("Россия купила дроны у Ирана", "ru"),
        ("Росія купила дрони в Ірану", "uk"),
    ],
)
def test_headlines_of_names_without_a_tag(text: str, language: str) -> None:
    assert detect(text) == language
    assert detect(text, language) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rusland koopt drones van Iran", "nl"),
        ("De ministers ontmoeten elkaar in de hoofdstad", "nl"),
        ("Rusia cumpără drone din Iran", "ro"),
        ("Miniștrii s-au întâlnit în capitală pentru a discuta", "ro"),
        ("Rusko kupuje íránské drony", "cs"),
        ("Ministři se sešli v hlavním městě a jednali o obchodu", "cs"),
        ("Ryssland köper drönare från Iran", "sv"),
        ("Ministrarna möttes i huvudstaden för att tala om handel", "sv"),
        ("Министрите се срещнаха в столицата, за да обсъдят търговията", "bg"),
        ("Москва ще достави петрол на Индия", "bg"),
    ],
)
def test_a_language_without_a_lexicon_is_known_by_its_name(text: str, language: str) -> None:
    assert detect(text) == language
    assert language not in read_lexicon().languages


@pytest.mark.parametrize(
    "text", ["Iran liefert Drohnen an Russland", "Moskau erhält Granaten aus Pjöngjang", "Die Minister treffen sich"]
)
def test_a_german_headline_of_a_feed_that_says_it_is_english_is_german(text: str) -> None:
    assert detect(text, "en") == "de"


def test_what_is_sure_and_what_is_not() -> None:
    assert language_of("Ministers meet in the capital to talk about trade", "en").sure
    assert not language_of("Putin, Xi, Kim").sure
    assert not language_of("Москва ще достави петрол на Индия").sure


def test_a_tag_that_no_model_knows_is_no_reason_to_fail() -> None:
    assert detect("Putin, Xi, Kim", "eo") == "eo"
    assert detect("The ministers meet in the capital of the country", "eo") == "en"
