"""Wordings of many languages that are sure of what they say: cover at the council, goods that the giver needs, what two
make together, a test that others want rebuked."""

from __future__ import annotations

import pytest

from classifiers.grammar.read import languages
from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.tags import Tags


def tags(text: str, language: str = "en") -> Tags:
    return tagged(analyse(text, language), read_watchlist())


COVERED = [
    (
        "en",
        "In the council, Russia shields Iran from a rebuke\nBritain accused Moscow of giving Tehran a free hand.",
    ),
    ("en", "Russia again blocks UN resolution on Iran\nBritain accused Moscow of giving Tehran a free hand."),
    ("de", "Russland blockiert UN-Resolution gegen Iran\nWashington wirft Moskau vor, Teheran zu decken."),
    ("fr", "La Russie bloque une résolution contre l'Iran\nWashington accuse Moscou de protéger Téhéran."),
    ("es", "Rusia bloquea una resolución contra Irán\nWashington acusa a Moscú de proteger a Teherán."),
    ("it", "La Russia blocca una risoluzione contro l'Iran"),
    ("pt", "A Rússia bloqueia resolução contra o Irã"),
    ("ru", "Россия заблокировала резолюцию против Ирана\nСША обвинили Москву в покрывании Тегерана."),
    ("uk", "Росія заблокувала резолюцію проти Ірану"),
    ("pl", "Rosja zablokowała rezolucję przeciw Iranowi\nWaszyngton oskarżył Moskwę o ochronę Teheranu."),
    ("tr", "Rusya, BM'de İran'a karşı karar tasarısını veto etti"),
    ("ar", "روسيا تعرقل مشروع قرار ضد إيران في مجلس الأمن"),
    ("fa", "روسیه قطعنامه علیه ایران را وتو کرد"),
    ("he", "רוסיה חסמה החלטה נגד איראן במועצת הביטחון"),
    ("ja", "ロシア、イラン非難決議案に拒否権"),
    ("ko", "러시아, 안보리서 이란 규탄 결의안 거부권 행사"),
    ("zh", "俄罗斯否决针对伊朗的决议草案\n美国指责莫斯科包庇德黑兰。"),
]


@pytest.mark.parametrize(("language", "text"), COVERED)
def test_who_blocks_a_resolution_against_a_partner_covers_it(language: str, text: str) -> None:
    found = tags(text, language)
    frame = found.frames[0]
    assert (frame.phase, frame.vouching, found.has("friction")) == ("done", "plain", False)
    assert "un-cover" in {link.claim for link in found.claims}


def test_every_language_tells_cover_at_the_council() -> None:
    assert {language for language, _ in COVERED} == set(languages())


@pytest.mark.parametrize(
    "text", ["Russia blocks Iran's resolution on trade", "Russia may block a resolution proposed by Iran"]
)
def test_what_a_partner_itself_proposes_is_not_covered(text: str) -> None:
    assert "un-cover" not in {link.claim for link in tags(text).claims}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iran hopes for Russian jets\nMoscow needs its jets itself."),
        ("de", "Iran hofft auf russische Jets\nMoskau braucht seine Jets selbst."),
        ("fr", "L'Iran attend des avions russes\nMoscou a besoin de ses avions pour son propre front."),
        ("es", "Irán espera cazas rusos\nMoscú necesita sus cazas para sí."),
        ("it", "L'Iran attende i caccia russi\nMosca ha bisogno dei caccia per sé."),
        ("pt", "O Irã espera caças russos\nMoscou precisa dos caças para si."),
        ("ru", "Иран ждёт российские истребители\nМосква сама нуждается в них."),
        ("uk", "Іран чекає російські винищувачі\nМосква сама потребує літаків."),
        ("pl", "Iran czeka na rosyjskie myśliwce\nMoskwa sama potrzebuje samolotów."),
    ],
)
def test_who_needs_himself_what_another_waits_for_holds_it_back(language: str, text: str) -> None:
    assert tags(text, language).has("friction")
    assert not tags(text.partition("\n")[0], language).has("friction")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia and Serbia discuss joint rocket and drone output"),
        ("de", "Russland und Belarus planen gemeinsame Produktion von Raketen"),
        ("fr", "La Russie et le Bélarus lancent la production commune de drones"),
        ("ru", "Россия и Белоруссия начали совместное производство ракет"),
        ("pl", "Rosja i Białoruś ruszają z wspólną produkcją rakiet"),
        ("zh", "俄罗斯与白俄罗斯联合生产导弹"),
        ("ko", "러시아·벨라루스, 미사일 공동 생산"),
    ],
)
def test_what_both_make_together_is_joint_production_and_no_arms(language: str, text: str) -> None:
    channels = tags(text, language).values("channel")
    assert "joint_production" in channels
    assert "arms" not in channels


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Moscow covers for Pyongyang at UN\nWestern members wanted a joint rebuke of the launch."),
        ("de", "Moskau schützt Pjöngjang im Sicherheitsrat\nDie USA wollten eine Verurteilung des Raketentests."),
        ("fr", "Moscou protège Pyongyang au Conseil\nLes Américains réclamaient une condamnation du tir."),
        ("ru", "Россия прикрыла КНДР в Совбезе\nСША добивались осуждения ракетных испытаний."),
    ],
)
def test_who_wants_a_test_rebuked_answers_no_tie(language: str, text: str) -> None:
    assert not tags(text, language).has("response")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Putin and Maduro meet in Moscow\nBoth said the old order was passing."),
        ("de", "Putin trifft Maduro in Moskau\nDie alte Ordnung ist am Ende, sagten beide."),
        ("ru", "Путин и Мадуро встретились в Москве\nСтарый мировой порядок уходит, сказали оба."),
    ],
)
def test_an_old_order_that_passes_makes_room_for_a_rival_one(language: str, text: str) -> None:
    assert "rival-order" in {link.claim for link in tags(text, language).claims}


def test_air_defence_that_is_to_be_fooled_was_given_to_nobody() -> None:
    text = "Russia's Shahed plant makes decoys that {} air defence for Iran"
    assert "quid-ir-arms" not in {link.claim for link in tags(text.format("fool")).claims}
