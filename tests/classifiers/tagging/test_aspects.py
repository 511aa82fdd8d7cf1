"""Between done and under way the aspect of the verbs decides: single deeds are done, what lasts goes on."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.aspects import ASPECTS, KNOWN, aspect_features, aspects_of, with_aspect
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "it", "ja", "ko", "pl", "pt", "ru", "tr", "uk", "zh")
EVEN = {"done": 0.4, "under way": 0.4, "planned": 0.1, "sought": 0.05, "ended": 0.05}


def features(text: str, language: str) -> dict[str, float]:
    return aspect_features(DocumentLayout(analyse(text, language)))


def phase(text: str, language: str) -> str:
    return tagged(analyse(text, language), read_watchlist()).frames[0].phase


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Belarusian sappers still clearing fields for Russia's army", "en"),
        ("Turkish yards repair and supply Russian tankers despite warnings", "en"),
        ("Cuban cooks learning Russian from soldiers in Rostov", "en"),
        ("Białoruskie zakłady wciąż remontują rosyjskie czołgi", "pl"),
        ("Белорусские заводы по-прежнему ремонтируют российские танки", "ru"),
        ("Білоруські заводи досі ремонтують російські танки", "uk"),
        ("Belarussische Werke bauen weiterhin Panzer für Russland", "de"),
        ("Les usines biélorusses fournissent toujours la Russie en optiques", "fr"),
        ("Las fábricas bielorrusas siguen y abastecen a Rusia cada mes", "es"),
        ("Le fabbriche bielorusse riforniscono ancora la Russia", "it"),
        ("As fábricas bielorrussas ainda abastecem a Rússia", "pt"),
        ("Belarus fabrikaları Rusya için hâlâ mermi üretiyor", "tr"),
        ("白俄罗斯工厂仍在为俄罗斯生产炮弹", "zh"),
        ("ベラルーシの工場、ロシア向け砲弾の生産を続けている", "ja"),
        ("벨라루스 공장, 여전히 러시아 포탄 생산하고 있다", "ko"),
        ("مصانع بيلاروسية لا تزال تزود روسيا بالذخيرة", "ar"),
        ("کارخانه‌های بلاروس همچنان برای روسیه مهمات می‌سازند", "fa"),
        ("מפעלים בבלארוס עדיין מייצרים פגזים לרוסיה", "he"),
    ],
)
def test_what_lasts_is_under_way(text: str, language: str) -> None:
    assert with_aspect("done", EVEN, features(text, language)) == "under way"
    assert phase(text, language) == "under way"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Belarus sent Russia tank engines last spring", "en"),
        ("Putin summons Belarusian envoy over tank engines", "en"),
        ("Białoruś przekazała Rosji silniki do czołgów", "pl"),
        ("Белоруссия передала России двигатели для танков", "ru"),
        ("Білорусь передала Росії двигуни для танків", "uk"),
        ("Belarus hat Russland Panzermotoren überlassen", "de"),
        ("La Biélorussie a remis des moteurs de chars à la Russie", "fr"),
        ("Bielorrusia entregó a Rusia motores de tanques", "es"),
        ("La Bielorussia ha consegnato alla Russia motori per carri", "it"),
        ("A Bielorrússia entregou à Rússia motores de tanques", "pt"),
        ("Belarus, Rusya'ya tank motorları verdi", "tr"),
        ("白俄罗斯首次向俄罗斯交付坦克发动机", "zh"),
        ("ベラルーシ、ロシアに戦車エンジンを引き渡した", "ja"),
        ("벨라루스, 러시아에 전차 엔진 넘겼다", "ko"),
        ("بيلاروسيا سلمت روسيا محركات دبابات", "ar"),
        ("بلاروس موتور تانک به روسیه داد", "fa"),
        ("בלארוס העבירה לרוסיה מנועי טנקים", "he"),
    ],
)
def test_a_single_deed_is_done(text: str, language: str) -> None:
    assert with_aspect("under way", EVEN, features(text, language)) == "done"
    assert phase(text, language) == "done"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_every_aspect(language: str) -> None:
    assert tuple(aspects_of(language)) == ASPECTS


def test_the_headline_and_the_lead_count_apart() -> None:
    found = features("Minsk repairs tanks\nBelarus trained Russian crews and is still training them.", "en")
    assert found.keys() == {KNOWN, "a:l:goes_on", "a:l:past", "a:l:goes_on+past"}


def test_what_is_being_given_is_not_over() -> None:
    assert "a:t:past" not in features("Russia likely being supplied with Cuban sugar", "en")
    assert "a:t:past" in features("Russia was supplied with Cuban sugar", "en")


def test_a_noun_behind_a_party_is_no_verb_of_what_goes_on() -> None:
    assert "a:t:goes_on" in features("Russia blocking a vote on Cuba", "en")
    assert "a:t:goes_on" not in features("Russia meeting with Cuba", "en")
    assert "a:t:goes_on" not in features("Cuba denies lending Russia a port", "en")
    assert "a:t:goes_on" not in features("Trains with salt from Belarus reach Russia", "en")


def test_other_phases_and_languages_without_words_are_left_alone() -> None:
    shown = features("Belarus still repairs Russian tanks", "en")
    assert with_aspect("planned", EVEN, shown) == "planned"
    assert with_aspect("done", EVEN, {}) == "done"
    assert aspects_of("xx") == aspects_of("../en") == {}
