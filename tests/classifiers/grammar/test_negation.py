"""What is said not to be given."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame


def frame(text: str, language: str) -> Frame:
    return tagged(analyse(text, language), read_watchlist()).frames[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cuba does not supply Russia with weapons, minister says", "en"),
        ("Cuba has never supplied weapons to Russia, embassy says", "en"),
        ("Cuba isn't sending arms to Russia", "en"),
        ("Cuba supplies no weapons to Russia", "en"),
        ("Cuba cannot supply weapons to Russia", "en"),
        ("古巴并不向俄罗斯提供武器", "zh"),
        ("キューバ、ロシアに武器を提供しない", "ja"),
        ("Kuba liefert Russland keine Waffen, sagt ein Minister", "de"),
        ("Cuba ne livre pas d'armes à la Russie, dit le ministre", "fr"),
        ("Cuba no suministra armas a Rusia, dice el ministro", "es"),
        ("Cuba non fornisce armi alla Russia, dice il ministro", "it"),
        ("Cuba não fornece armas à Rússia, diz ministro", "pt"),
        ("Kuba nie dostarcza Rosji broni, mówi minister", "pl"),
        ("Куба не поставляет России оружие, заявил министр", "ru"),
        ("Куба не постачає Росії зброю, заявив міністр", "uk"),
        ("Küba Rusya'ya silah vermiyor, dedi bakan", "tr"),
        ("古巴没有向俄罗斯提供武器", "zh"),
        ("쿠바, 러시아에 무기 제공하지 않아", "ko"),
        ("キューバ、ロシアに武器を供与していないと外相", "ja"),
        ("كوبا لا تزود روسيا بالأسلحة، يقول الوزير", "ar"),
        ("وزیر خارجه: کوبا به روسیه پهپاد نداده است", "fa"),
        ("קובה לא מספקת נשק לרוסיה, אומר השר", "he"),
    ],
)
def test_what_is_not_given_is_denied(text: str, language: str) -> None:
    found = frame(text, language)
    assert (found.kind, found.giver, found.receiver, found.vouching) == ("transfer", "cuba", "russia", "denied")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Cuba sends Russia drones, not missiles", "en"),
        ("Cuba not only sends Russia drones but builds a plant", "en"),
        ("Cuba has not yet delivered the drones to Russia", "en"),
        ("US warns Cuba against supplying arms to Russia", "en"),
        ("Why does Cuba not send Russia drones?", "en"),
        ("Cuba should not supply Russia with weapons, minister says", "en"),
        ("Had Cuba not supplied drones to Russia, the siege would have failed", "en"),
        ("Cuba has never supplied so many drones to Russia", "en"),
        ("Kuba liefert Russland nicht nur Drohnen", "de"),
        ("Kuba liefert Russland Drohnen, keine Raketen", "de"),
        ("Kuba liefert Russland nicht weniger als 3000 Drohnen", "de"),
        ("Kuba hat Russland die Drohnen noch nicht geliefert", "de"),
        ("Cuba ne livre que des drones à la Russie", "fr"),
        ("Cuba aún no ha suministrado los drones a Rusia", "es"),
        ("Cuba non fornisce solo droni alla Russia", "it"),
        ("Cuba ainda não forneceu os drones à Rússia", "pt"),
        ("Kuba jeszcze nie dostarczyła Rosji dronów", "pl"),
        ("Куба не только поставила России дроны", "ru"),
        ("Куба ещё не поставила России дроны", "ru"),
        ("Куба ще не поставила Росії дрони", "uk"),
        ("Küba Rusya'ya dronları henüz vermedi", "tr"),
        ("古巴未来将向俄罗斯提供无人机", "zh"),
        ("古巴尚未向俄罗斯提供无人机", "zh"),
        ("쿠바, 러시아에 드론 아직 제공하지 않아", "ko"),
        ("キューバ、ロシアに無人機をまだ供与していない", "ja"),
        ("روسیه پهپادهای کوبا را به کار برد؛ کوبا هنوز به روسیه واکنشی نشان نداده است", "fa"),
    ],
)
def test_what_is_given_beside_a_negation_is_not(text: str, language: str) -> None:
    assert frame(text, language).vouching != "denied"


def test_what_is_refused_for_good_has_ended() -> None:
    assert frame("Cuba will not sell weapons to Russia, minister says", "en").phase == "ended"
