"""Which partners are told, in what order; one that was added by data alone changes no feature of a stored model."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.lexicon.read import read_lexicon
from classifiers.relevance.features import mention_features
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from classifiers.topics.active import active

PAKISTAN = {
    "ar": "روسيا تصدر النفط إلى باكستان",
    "de": "Russland liefert Pakistan Rohöl",
    "en": "Russia ships crude to Pakistan",
    "es": "Rusia vende petróleo a Pakistán",
    "fa": "روسیه به پاکستان نفت صادر کرد",
    "fr": "La Russie livre du pétrole au Pakistan",
    "he": "רוסיה מייצאת נפט לפקיסטן",
    "it": "La Russia esporta petrolio in Pakistan",
    "ja": "ロシアがパキスタンへ原油を輸出",
    "ko": "러시아, 파키스탄에 원유 수출",
    "pl": "Rosja dostarcza ropę do Pakistanu",
    "pt": "A Rússia vende petróleo ao Paquistão",
    "ru": "Россия и Пакистан договорились о поставках нефти",
    "tr": "Rusya Pakistan'a petrol satıyor",
    "uk": "Росія та Пакистан домовилися про нафту",
    "zh": "俄罗斯向巴基斯坦出口原油",
}


def test_every_language_of_the_lexicon_is_tried() -> None:
    assert PAKISTAN.keys() == set(read_lexicon().languages)


@pytest.mark.parametrize("language", PAKISTAN)
def test_pakistan_is_a_partner_of_its_own(language: str) -> None:
    told = tagged(analyse(PAKISTAN[language], language), read_watchlist())
    assert told.values("partner") == ("pakistan",)


def test_features_spell_it_as_they_did_when_it_was_among_the_others() -> None:
    analysis = analyse("Russia, Pakistan and Vietnam sign a pact")
    features = mention_features(analysis)
    assert "joined@other" in features
    assert "joined@pakistan" not in features
    assert "partners:1" in features
    assert active().partners["pakistan"].display == "Pakistan"


@pytest.mark.parametrize(
    ("text", "language", "partners"),
    [
        ("Firms in Turkey, Serbia and India sell Russia engines", "en", ("turkey", "serbia", "india")),
        ("Cuba offered a seat in BRICS, Moscow hails it", "en", ("cuba", "brics_sco")),
        (
            "Belarus soll Mitglied der Brics werden\nMoskau warb auf dem Gipfel in Kasan dafür.",
            "de",
            ("belarus", "brics_sco"),
        ),
        ("Turkey hosts talks on Syria with Russia and Iran", "en", ("iran", "syria")),
        ("Rail trade with India jumps\nTrains from Russia through Kazakhstan carried more.", "en", ("india",)),
        ("Putin comments on the situation around Syria\nChina said nothing.", "en", ("syria",)),
        (
            "Japan hits suppliers in Turkey, Serbia and Cuba with sanctions\n"
            "It named two Russian mercenary bands in Mali.",
            "en",
            ("turkey", "serbia", "cuba", "africa"),
        ),
        ("SCO and the dream of another order\nRussia and India built the club.", "en", ("india", "brics_sco")),
        ("Serbia asks Russia for more gas through TurkStream", "en", ("serbia",)),
        ("North-South corridor spares Russia ten days on the way to India", "en", ("iran", "india")),
        (
            "What Moscow owes Cuba\nRussia can pay Cuba in oil. Iran wants Russian jets and reactor know-how.",
            "en",
            ("cuba", "iran"),
        ),
        ("نشست مسکو درباره سوریه با حضور روسیه، ایران و ترکیه", "fa", ("iran", "turkey")),
    ],
)
def test_who_acts_goes_before_settings_and_topics_and_of_equals_the_first(
    text: str, language: str, partners: tuple[str, ...]
) -> None:
    assert tagged(analyse(text, language), read_watchlist()).values("partner") == partners


def test_of_several_that_give_alike_the_first_stands_at_the_arrow() -> None:
    told = tagged(analyse("Hungary and Serbia buy gas from Russia"), read_watchlist())
    assert (told.frames[0].giver, told.frames[0].receiver) == ("russia", "hungary")
