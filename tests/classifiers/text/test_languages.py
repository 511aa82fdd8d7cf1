"""Languages are told by script and function words; what cannot be told is said to be unknown."""

from __future__ import annotations

import pytest

from classifiers.text.languages import detect


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
