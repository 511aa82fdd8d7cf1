"""Frames: who gives whom, how far it has come and who vouches for it, read from the sentence and not from habit."""

from __future__ import annotations

import pytest

from classifiers.grammar.read import languages
from classifiers.lexicon.analysis import analyse
from classifiers.tagging.frames import direction_of, status_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame, Phase, Vouching


def frame(text: str, language: str = "en") -> Frame:
    return tagged(analyse(text, language), read_watchlist()).frames[0]


@pytest.mark.parametrize(
    ("text", "twin", "language", "giver"),
    [
        ("Iran hands Russia ballistic missiles", "Russia hands Iran ballistic missiles", "en", "iran"),
        (
            "Ballistic missiles supplied by Iran to Russia",
            "Ballistic missiles supplied by Russia to Iran",
            "en",
            "iran",
        ),
        ("Russia gets ballistic missiles from Iran", "Iran gets ballistic missiles from Russia", "en", "iran"),
        ("Iran liefert Raketen an Russland", "Russland liefert Raketen an Iran", "de", "iran"),
        ("L'Iran livre des missiles à la Russie", "La Russie livre des missiles à l'Iran", "fr", "iran"),
        ("Irán entrega misiles a Rusia", "Rusia entrega misiles a Irán", "es", "iran"),
        ("L'Iran consegna missili alla Russia", "La Russia consegna missili all'Iran", "it", "iran"),
        ("O Irã entrega mísseis à Rússia", "A Rússia entrega mísseis ao Irã", "pt", "iran"),
        ("Иран передал России ракеты", "Россия передала Ирану ракеты", "ru", "iran"),
        ("Росія отримала снаряди від КНДР", "КНДР отримала снаряди від Росії", "uk", "north_korea"),
        ("Iran przekazał Rosji rakiety", "Rosja przekazała Iranowi rakiety", "pl", "iran"),
        ("سلمت إيران صواريخ لروسيا", "سلمت روسيا صواريخ لإيران", "ar", "iran"),
        ("ایران به روسیه موشک داد", "روسیه به ایران موشک داد", "fa", "iran"),
        ("איראן מסרה לרוסיה טילים", "רוסיה מסרה לאיראן טילים", "he", "iran"),
        ("İran Rusya'ya füze verdi", "Rusya İran'a füze verdi", "tr", "iran"),
        ("イランがロシアにミサイルを供与", "ロシアがイランにミサイルを供与", "ja", "iran"),
        ("러시아, 북한에서 포탄 받아", "북한, 러시아에서 포탄 받아", "ko", "north_korea"),
        ("俄罗斯从伊朗获得弹道导弹", "伊朗从俄罗斯获得弹道导弹", "zh", "iran"),
    ],
)
def test_the_arrow_is_read_and_turns_when_the_names_are_swapped(
    text: str, twin: str, language: str, giver: str
) -> None:
    straight, turned = frame(text, language), frame(twin, language)
    assert (straight.kind, straight.giver, straight.receiver) == ("transfer", giver, "russia")
    assert (turned.kind, turned.giver, turned.receiver) == ("transfer", "russia", giver)
    assert (straight.certainty, turned.certainty) == ("read", "read")


@pytest.mark.parametrize(
    ("text", "language"), [("Arms shipments: Russia, Iran", "en"), ("Armes : la Russie, l'Iran", "fr")]
)
def test_an_arrow_that_no_sentence_tells_is_guessed(text: str, language: str) -> None:
    found = frame(text, language)
    assert found.kind == "transfer"
    assert found.certainty != "read"
    assert {found.giver, found.receiver} == {"russia", "iran"}


def test_what_both_do_together_has_no_arrow() -> None:
    found = frame("Russia and China hold joint naval drills")
    assert (found.kind, found.giver, found.receiver, found.certainty) == ("joint", "", "", "read")


def test_the_spans_are_the_parties_and_the_act() -> None:
    text = "Iran hands Russia ballistic missiles"
    assert [text[start:end] for start, end in frame(text).spans] == ["Iran", "hands", "Russia"]


@pytest.mark.parametrize(
    ("text", "vouching", "phase"),
    [
        ("Iran denies sending missiles to Russia", "denied", "done"),
        ("Iran denies reports of sending missiles to Russia", "denied", "done"),
        ("Iran denied entry to Russian inspectors", "plain", "ended"),
        ("Russia denied entry to Chinese trucks carrying car parts", "plain", "ended"),
        ("Iran sent Russia missiles last week", "plain", "done"),
        ("Iran will send Russia missiles next month", "plain", "planned"),
        ("Russia asks Iran for missiles", "plain", "sought"),
        ("Iran stops sending missiles to Russia", "plain", "ended"),
        ("Iran confirms that it sent missiles to Russia", "confirmed", "done"),
    ],
)
def test_denials_refusals_and_the_rest_are_told_apart(text: str, vouching: str, phase: str) -> None:
    found = frame(text)
    assert (found.vouching, found.phase) == (vouching, phase)


def test_who_does_not_deny_has_not_denied() -> None:
    for text in ("Iran does not deny sending missiles to Russia", "Iran declined to deny sending missiles to Russia"):
        assert frame(text).vouching != "denied"


@pytest.mark.parametrize(
    ("phase", "vouching", "status"),
    [
        ("done", "plain", "reported"),
        ("under way", "plain", "reported"),
        ("ended", "plain", "reported"),
        ("planned", "plain", "planned"),
        ("sought", "plain", "planned"),
        ("done", "denied", "denied"),
        ("planned", "alleged", "alleged"),
        ("sought", "confirmed", "confirmed"),
        ("", "", "reported"),
    ],
)
def test_one_word_of_status_from_phase_and_vouching(phase: Phase, vouching: Vouching, status: str) -> None:
    assert status_of(Frame("transfer", "iran", "russia", phase, vouching)) == status


@pytest.mark.parametrize(
    ("told", "direction"),
    [
        (Frame("transfer", "russia", "iran"), "from_russia"),
        (Frame("transfer", "iran", "russia"), "to_russia"),
        (Frame("joint"), "mutual"),
        (Frame("none"), "none"),
    ],
)
def test_the_direction_that_is_stored(told: Frame, direction: str) -> None:
    assert direction_of(told) == direction


LIKENED = [
    ("Russia fires Iranian-type drones", "Russia fires Iranian-made drones", "en"),
    ("Moscow uses drones of Iranian design", "Moscow uses Iranian-built drones", "en"),
    ("Russland startet Drohnen iranischer Bauart", "Russland startet Drohnen aus iranischer Fertigung", "de"),
    ("La Russie lance des drones de type iranien", "La Russie lance des drones de fabrication iranienne", "fr"),
    ("Rusia lanza drones de diseño iraní", "Rusia lanza drones de fabricación iraní", "es"),
    ("La Russia lancia droni di tipo iraniano", "La Russia lancia droni di fabbricazione iraniana", "it"),
    ("A Rússia lança drones de tipo iraniano", "A Rússia lança drones de fabricação iraniana", "pt"),
    ("Россия запускает дроны иранского типа", "Россия запускает дроны иранского производства", "ru"),
    ("Росія запускає дрони іранського зразка", "Росія запускає дрони іранського виробництва", "uk"),
    ("Rosja wystrzeliła drony irańskiej konstrukcji", "Rosja wystrzeliła drony irańskiej produkcji", "pl"),
    ("Rusya İran tipi dronlar fırlattı", "Rusya İran yapımı dronlar fırlattı", "tr"),
    ("روسيا تطلق مسيرات من طراز إيراني", "روسيا تطلق مسيرات من صنع إيران", "ar"),
    ("روسیه از پهپادهای مدل ایرانی استفاده می‌کند", "ایران به روسیه پهپاد داد", "fa"),
    ('רוסיה שיגרה כטב"מים מדגם איראני', 'רוסיה שיגרה כטב"מים מתוצרת איראן', "he"),
    ("러시아, 이란식 드론 발사", "러시아, 이란산 드론 발사", "ko"),
    ("ロシア、イラン型ドローンを発射", "ロシア、イラン製ドローンを発射", "ja"),
    ("俄罗斯发射伊朗式无人机", "俄罗斯发射伊朗制造的无人机", "zh"),
]


@pytest.mark.parametrize(("likened", "made", "language"), LIKENED)
def test_what_a_thing_is_like_does_not_say_who_gave_it(likened: str, made: str, language: str) -> None:
    assert frame(likened, language).certainty != "read"
    found = frame(made, language)
    assert found.giver == "iran"
    assert found.certainty != "doubtful"


def test_every_language_tells_what_a_thing_is_like() -> None:
    assert {language for *_, language in LIKENED} == set(languages())


def test_a_giver_that_is_named_besides_is_read() -> None:
    assert frame("Iran sends Russia more drones of Iranian design").certainty == "read"
