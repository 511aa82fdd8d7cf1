"""Numbers in words: how each language puts tens and units together, and fractions written as one sign."""

from __future__ import annotations

import pytest

from classifiers.text.fold import fold
from classifiers.text.numbers.read import numbers_in


def values(text: str, language: str) -> list[float]:
    return [number.low for number in numbers_in(fold(text), language)]


FRENCH = {
    "soixante-dix": 70, "soixante et onze": 71, "soixante-et-onze": 71, "soixante-douze": 72, "soixante-dix-sept": 77,
    "soixante dix neuf": 79, "quatre-vingts": 80, "quatre vingts": 80, "quatre-vingt-un": 81, "quatre-vingt-une": 81,
    "quatre-vingt-dix": 90, "quatre vingt dix": 90, "quatre-vingt-onze": 91, "quatre-vingt-quinze": 95,
    "quatre-vingt-dix-neuf": 99, "quatre-vingt-dix mille": 90_000, "vingt et un": 21, "vingt-et-un": 21,
    "vingt et une": 21, "trente et un mille": 31_000, "cent soixante-dix": 170, "deux cent quatre-vingt-treize": 293,
    "vingt-deux": 22, "cent un": 101, "septante": 70, "septante-deux": 72, "huitante": 80, "octante": 80,
    "nonante-neuf": 99, "nonante et un": 91, "mille cinq cents": 1500,
}  # fmt: skip
GERMAN = {
    "einundzwanzig": 21, "fünfundzwanzig": 25, "fünfundzwanzig tausend": 25_000, "fünfundzwanzigtausend": 25_000,
    "neunundneunzig": 99, "einhundert": 100, "eintausend": 1000, "einundzwanzigtausend": 21_000, "dreissig": 30,
    "dreihundertfünfundvierzig": 345, "hunderteinundzwanzig": 121, "tausendeinhundert": 1100,
    "zweimillionen": 2_000_000,
    "einhunderttausend": 100_000,
}  # fmt: skip
SPANISH = {
    "veintiún": 21, "veintidós": 22, "veinticinco mil": 25_000, "veintinueve": 29, "treinta y un mil": 31_000,
    "cuarenta y cinco": 45, "ciento uno": 101, "ciento veintiuna": 121,
}  # fmt: skip
ARABIC = {"واحد وعشرون": 21, "خمسة وعشرون": 25, "خمسة وعشرون ألف": 25_000, "مئة وخمسة وعشرون": 125}
OTHERS = [
    ("en", {"twenty-one": 21, "twenty five thousand": 25_000, "one hundred and ninety-nine": 199}, "soldiers"),
    ("ru", {"двадцать один": 21, "двадцать пять тысяч": 25_000, "семидесяти пяти": 75, "девяноста": 90,
            "восьмидесяти тысяч": 80_000, "четырёхсот": 400, "шестисот": 600}, "солдат"),
    ("uk", {"двадцять один": 21, "двадцять п'ять тисяч": 25_000, "сімдесяти": 70, "дев'яноста": 90}, "солдатів"),
    ("pl", {"dwadzieścia jeden": 21, "dwadzieścia pięć tysięcy": 25_000, "sześćdziesięciu pięciu": 65}, "żołnierzy"),
    ("fa", {"بیست و یک": 21, "بیست و پنج هزار": 25_000, "بیست و نه": 29, "صد و بیست و پنج": 125}, "سرباز"),
    ("he", {"עשרים ואחד": 21, "עשרים וחמישה": 25, "עשרים וחמישה אלף": 25_000}, "חיילים"),
    ("ko", {"스물다섯": 25, "서른": 30, "마흔두": 42, "아흔아홉": 99, "스무": 20, "열다섯": 15}, "명의 병사"),
    ("zh", {"二十一": 21, "九十九": 99, "二十五万": 250_000}, "名士兵"),
]  # fmt: skip
COUNTED = [("fr", FRENCH, "soldats"), ("de", GERMAN, "Soldaten"), ("es", SPANISH, "soldados"), ("ar", ARABIC, "جندي")]
CASES: list[tuple[str, str, float]] = [
    (f"{words} {noun}", language, value)
    for language, told, noun in (*COUNTED, *OTHERS)
    for words, value in told.items()
]
CASES += [("quatre-vingt-douze millions de dollars", "fr", 92e6), ("soixante-dix pour cent", "fr", 70)]


@pytest.mark.parametrize(("text", "language", "value"), CASES)
def test_tens_and_units_are_one_number(text: str, language: str, value: float) -> None:
    text = text.replace(" ", "") if language in ("zh", "ko") else text
    assert values(text, language) == [value]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("20 soldats et un général", "fr", [20]),
        ("entre 20 et un million de soldats", "fr", [20]),
        ("Un soldat sur vingt soldats", "fr", [20]),
        ("Ein Soldat und zwanzig Panzer", "de", [20]),
        ("Einheit der Soldaten", "de", []),
        ("ما نه سرباز", "fa", []),
        ("veinte tanques y un barco", "es", [20]),
        ("soixante, dix soldats", "fr", [10]),
    ],
)
def test_an_article_or_a_no_is_a_number_within_one_alone(text: str, language: str, found: list[float]) -> None:
    assert [low for low in values(text, language) if low != 1e6][:1] == found


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("2½ million shells", "en", 2.5e6),
        ("2 ½ million shells", "en", 2.5e6),
        ("½ million shells", "en", 500_000),
        ("3½ tonnes", "en", 3.5),
        ("1¼ billion dollars", "en", 1.25e9),
        ("$2¾ billion", "en", 2.75e9),
        ("¾ million barrels", "en", 750_000),
        ("5⅓ tonnes", "en", 5 + 1 / 3),
        ("7⅛ percent", "en", 7.125),
        ("½%", "en", 0.5),
        ("20½ million tonnes", "en", 20.5e6),
        ("2½ Millionen Granaten", "de", 2.5e6),
        ("2½ миллиона снарядов", "ru", 2.5e6),
    ],
)
def test_a_fraction_in_one_sign_is_part_of_its_number(text: str, language: str, value: float) -> None:
    assert values(text, language) == pytest.approx([value])


def test_a_range_may_have_fractions() -> None:
    [number] = numbers_in(fold("2½–3½ million shells"), "en")
    assert (number.low, number.high) == (2.5e6, 3.5e6)


@pytest.mark.parametrize("text", ["⅔ of soldiers", "½ of the tonnes lost"])
def test_a_share_is_no_number(text: str) -> None:
    assert values(text, "en") == []
