"""What a claim is not about, though its words stand in the text; and what it is about in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

BARRED = """[[claim]]
id = "tea"
text = "Tea is traded"
partners = ["china"]
channels = ["all"]
direction = "all"
words = ["tea"]
bars = ['\\bspilt\\b']
unless = ['\\bsamovars?\\b']
"""


def links(text: str, language: str, file: Path | None = None) -> set[str]:
    return {link.claim for link in tagged(analyse(text, language), read_watchlist(file)).claims}


def test_what_lifts_a_bar_stands_anywhere_in_the_head(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(BARRED, encoding="utf-8")
    assert "tea" in links("Russia buys tea from China", "en", file)
    assert "tea" not in links("Russia buys spilt tea from China", "en", file)
    assert "tea" in links("Russia buys spilt tea from China\nTwo samovars are thrown in.", "en", file)


@pytest.mark.parametrize(
    ("language", "workers", "soldiers"),
    [
        ("en", "North Korea sends builders to Russia", "North Korea sends soldiers and builders to Russia"),
        ("ru", "КНДР отправит в Россию строителей", "КНДР отправит в Россию солдат и строителей"),
        ("uk", "КНДР відправить до Росії робітників", "КНДР відправить до Росії солдатів"),
        ("pl", "Korea Północna wyśle do Rosji robotników", "Korea Północna wyśle do Rosji żołnierzy"),
        ("de", "Nordkorea schickt Bauarbeiter nach Russland", "Nordkorea schickt Soldaten nach Russland"),
        ("fr", "La Corée du Nord envoie des ouvriers en Russie", "La Corée du Nord envoie des soldats en Russie"),
        ("ko", "북한, 러시아에 건설 노동자 파견", "북한, 러시아에 병사 파병"),
        ("ja", "北朝鮮、ロシアに労働者を派遣", "北朝鮮、ロシアに兵士を派遣"),
    ],
)
def test_labourers_are_no_soldiers(language: str, workers: str, soldiers: str) -> None:
    assert "troops-kp" not in links(workers, language)
    assert "troops-kp" in links(soldiers, language)


def test_a_wording_speaks_of_the_claims_own_partners() -> None:
    about_others = "US presses Venezuela to give up its ties with Russia\nChina is named in passing."
    assert "response-china" not in links(about_others, "en")
    assert "response-china" in links("US presses China to give up its ties with Russia", "en")


@pytest.mark.parametrize(
    ("text", "claim", "other"),
    [
        ("US sanctions Chinese chip firms that supply Russia", "response-suppliers", "response-china"),
        ("EU sanctions on Chinese refiners that buy Russian oil", "response-suppliers", "response-china"),
        ("Paris summons Chinese envoy over drone parts for Russia", "response-china", "response-suppliers"),
    ],
)
def test_measures_are_against_suppliers_and_pressure_is_on_china(text: str, claim: str, other: str) -> None:
    found = links(text, "en")
    assert claim in found
    assert other not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway warns North Korea over shells for Russia"),
        ("pl", "Waszyngton ostrzega Iran w sprawie rakiet dla Rosji"),
        ("de", "USA warnen Nordkorea vor Munition für Russland"),
        ("ru", "США предупредили КНДР о последствиях поставок снарядов России"),
    ],
)
def test_a_warning_makes_a_supplier_pay(language: str, text: str) -> None:
    assert "response-suppliers" in links(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Bruxelles convoque l'ambassadeur de Chine à cause des drones livrés à la Russie"),
        ("it", "L'UE avverte Pechino: basta motori alla Russia"),
        ("pt", "Washington adverte Pequim por causa das peças de drones para a Rússia"),
        ("uk", "Брюссель закликає Пекін не постачати Росії двигуни"),
    ],
)
def test_pressure_on_china_is_heard_in_other_languages(language: str, text: str) -> None:
    found = links(text, language)
    assert "response-china" in found
    assert "response-suppliers" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Iran dostarczył Rosji drony"),
        ("ru", "Иран передал России беспилотники"),
        ("de", "Iran liefert Russland Drohnen"),
        ("ko", "이란, 러시아에 드론 공급"),
        ("zh", "伊朗向俄罗斯提供无人机"),
    ],
)
def test_drones_are_those_of_one_claim(language: str, text: str) -> None:
    found = links(text, language)
    assert "drones-ir" in found
    assert "ammo-missiles" not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "Korea Północna wysłała Rosji broń i pociski"),
        ("ru", "КНДР передала России ракеты"),
        ("de", "Nordkorea liefert Russland Waffen"),
        ("zh", "朝鲜向俄罗斯提供武器"),
        ("ja", "北朝鮮がロシアに武器を供与"),
    ],
)
def test_arms_are_heard_in_other_languages(language: str, text: str) -> None:
    assert "ammo-missiles" in links(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Putin heads to Beijing for a week"),
        ("en", "Talks between Russia and Vietnam on a new port"),
        ("ru", "Путин прилетел в Ханой"),
        ("uk", "Лукашенко зателефонував Путіну"),
        ("pl", "Łukaszenka zadzwonił do Putina"),
        ("de", "Putin trifft überraschend in Hanoi ein"),
        ("fr", "Hanoï reçoit Poutine en grande pompe"),
        ("es", "Putin y Lula hablan por teléfono"),
        ("pt", "Putin e Lula conversam por telefone"),
        ("zh", "普京與金正恩會談"),
        ("ar", "بوتين يزور بكين"),
        ("he", "מודי אירח את פוטין בדלהי"),
    ],
)
def test_a_visit_or_a_call_is_heard_by_its_verb(language: str, text: str) -> None:
    assert "visits" in links(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lukashenko hopes for calm in Russia\nBelarus leader Lukashenko walks in Minsk. (Jo Doe/Reuters)"),
        ("pl", "Łukaszenka liczy na spokój w Rosji\nPowiedział to w rozmowie z mińską telewizją."),
        ("pl", "Spotkanie Trump - Xi. Mowa o groźbach Rosji"),
        ("en", "Summit of Trump and Xi leaves Russia out"),
    ],
)
def test_captions_interviews_and_meetings_of_others_are_no_visits(language: str, text: str) -> None:
    assert "visits" not in links(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Kreml dementiert geheime Lieferung von Raketen aus Nordkorea"),
        ("fr", "Le Nicaragua dément livrer des obus à la Russie"),
        ("en", "Tajikistan denies sending shells to Russia"),
        ("en", "China declines to comment on shells for Russia"),
        ("pl", "Chiny odmówiły odpowiedzi na pytanie o pociski dla Rosji"),
    ],
)
def test_who_denies_or_does_not_comment_has_not_turned_away(language: str, text: str) -> None:
    assert "fissures" not in links(text, language)


def test_an_axis_is_told_in_the_headline() -> None:
    assert "rival-order" in links("Axis of Russia and Iran grows stronger", "en")
    assert "rival-order" not in links("Putin meets Kim in Hanoi\nA Moscow-Pyongyang axis worries many.", "en")


def test_condemning_russia_is_no_echo() -> None:
    assert "info-echo" in links("Russia and China condemn US strikes on Iran", "en")
    text = "China keeps trading with Russia\nIt does so despite condemnation of the invasion by NATO."
    assert "info-echo" not in links(text, "en")


def test_the_end_of_the_second_world_war_is_no_spark() -> None:
    text = "Xi flies to Moscow for the parade\nIt marks the end of the second world war."
    assert "trigger" not in links(text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mali demands drones from Russia"),
        ("fr", "Bamako réclame à Moscou des drones"),
        ("pl", "Putin żąda amunicji od Łukaszenki"),
        ("es", "Teherán reclama radares a Moscú"),
        ("en", "India refuses to condemn Russia by name"),
        ("fr", "L'Inde refuse de condamner la Russie"),
        ("ru", "Индия отказалась осудить Россию"),
    ],
)
def test_who_demands_goods_or_does_not_condemn_has_not_turned_away(language: str, text: str) -> None:
    assert "fissures" not in links(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Lula sagt Reise zum BRICS-Gipfel in Kasan ab"),
        ("ru", "Си пропустит саммит БРИКС в Казани"),
        ("zh", "习近平缺席金砖峰会 普京主持"),
    ],
)
def test_who_stays_away_builds_no_order(language: str, text: str) -> None:
    assert "rival-order" not in links(text, language)


def test_a_speech_is_no_visit() -> None:
    assert "visits" not in links("India will prosper, Putin tells Kazan audience", "en")
    assert "visits" in links("Putin tells Modi in Kazan that India will prosper as the two meet", "en")


def test_of_several_places_that_have_a_wording_one_of_the_claims_own_partners_is_enough() -> None:
    first, second = "US warns Iran over drones for Russia", "Washington also tells China to stop its trade with Russia."
    assert "response-china" in links(f"{first}\n{second}", "en") & links(f"{second}\n{first}", "en")
