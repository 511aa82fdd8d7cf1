"""Claimants: who says so stands beside a word of saying or behind "according to", in every order of words."""

from __future__ import annotations

import pytest

from classifiers.grammar.sentences import SentenceReading
from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claimants import LONGEST, claimant_in
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from tests.support.grammar_readings import reading_of


def claimant_of(reading: SentenceReading) -> str:
    return claimant_in(reading, reading.text)


@pytest.mark.parametrize(
    ("text", "language", "claimant"),
    [
        ("Seoul's spy agency says North Korea sent Russia shells", "en", "seoul's spy agency"),
        ("According to Kyiv, Iran sends Russia drones", "en", "kyiv"),
        ("Iran sends Russia drones, says Kyiv", "en", "kyiv"),
        ("Iran, Kyiv says, sends Russia drones", "en", "kyiv"),
        ("Iran denies sending Russia drones", "en", "iran"),
        ("Kiew behauptet, Iran liefere Russland Drohnen", "de", "kiew"),
        ("Iran liefert Russland Drohnen, sagt Kiew", "de", "kiew"),
        ("Laut Geheimdienst liefert Iran Russland Drohnen", "de", "geheimdienst"),
        ("Selon Kiev, l'Iran livre des drones à la Russie", "fr", "kiev"),
        ("Washington accuse l'Iran de livrer des missiles à la Russie", "fr", "washington"),
        ("Según Kiev, Irán entrega drones a Rusia", "es", "kiev"),
        ("Secondo Kiev, l'Iran consegna droni alla Russia", "it", "kiev"),
        ("Segundo Kiev, o Irã entrega drones à Rússia", "pt", "kiev"),
        ("По данным разведки, КНДР передала России снаряды", "ru", "разведки"),
        ("Иран передал России дроны, заявил Киев", "ru", "киев"),
        ("Киев заявил, что Иран передал России дроны", "ru", "киев"),
        ("За даними розвідки, КНДР передала Росії снаряди", "uk", "розвідки"),
        ("Kijów twierdzi, że Iran przekazał Rosji drony", "pl", "kijów"),
        ("قالت كييف إن إيران سلمت روسيا مسيرات", "ar", "کییف"),
        ("بحسب كييف، سلمت إيران روسيا مسيرات", "ar", "کییف"),
        ("به گفته کی‌یف، ایران به روسیه پهپاد داد", "fa", "کی یف"),
        ('לטענת קייב, איראן מסרה לרוסיה כטב"מים', "he", "קייב"),
        ("Kiev, İran'ın Rusya'ya drone verdiğini söyledi", "tr", "kiev"),
        ("ウクライナはイランがロシアに無人機を供与したと主張", "ja", "ウクライナ"),
        ("우크라이나 정보당국은 러시아가 이란에서 드론을 받았다고 밝혔다", "ko", "우크라이나 정보당국"),
        ("韩国情报机构称朝鲜向俄罗斯运送炮弹", "zh", "韩国情报机构"),
        ("据美国官员，伊朗向俄罗斯提供导弹", "zh", "美国官员"),
    ],
)
def test_who_says_so(text: str, language: str, claimant: str) -> None:
    assert claimant_of(reading_of(text, language)) == claimant


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Iran sends Russia drones", "en"),
        ("Iran denied entry to Russian drivers", "en"),
        ("Cuba may send ten thousand men to Russia, say those who know", "en"),
        ("Britain arms Kyiv, citing Iran's drones for Russia", "en"),
        ("Rusya'nın İran'dan drone aldığı bildirildi", "tr"),
        ("Иран передал России дроны", "ru"),
        ("伊朗向俄罗斯交付无人机", "zh"),
    ],
)
def test_where_the_outlet_itself_speaks_there_is_none(text: str, language: str) -> None:
    assert claimant_of(reading_of(text, language)) == ""


def test_who_only_acts_in_another_clause_says_nothing() -> None:
    assert claimant_of(reading_of("Iran sends Russia drones while officials say nothing")) == "officials"


def test_a_claimant_is_never_longer_than_a_line_can_hold() -> None:
    chain = "The Kyiv ministry officials sources media analysts newspaper agency intelligence officials sources say"
    assert 0 < len(claimant_of(reading_of(f"{chain} Iran sends Russia drones"))) <= LONGEST


def claimant_told(text: str, language: str) -> str:
    return tagged(analyse(text, language), read_watchlist()).frames[0].claimant


@pytest.mark.parametrize(
    ("text", "language", "claimant"),
    [
        ("Лавров: Россия и Куба подпишут договор", "ru", "Лавров"),
        ("عراقچی: ایران و روسیه پیمان گازی امضا می‌کنند", "fa", "عراقچی"),
        ("Россия: Куба получит зерно", "ru", ""),
        ("Cuba promised a seat among the BRICS, trade minister says\nRussia had asked for it.", "en", "trade minister"),
        ("Russia asks Israel to spare its bases in Syria, envoy says", "en", "envoy"),
        ("London's blacklist of twelve Cuban traders\nThey are accused of selling Russia rifles.", "en", "London"),
        ("EU envoys see evidence that Belarus builds rockets for Russia", "en", "EU"),
        (
            "What Havana's listeners could hear\nThe station may have sent Russia data, officials have told reporters.",
            "en",
            "officials",
        ),
        ("Why boardrooms worry\nThe traders accused of passing Iranian parts to Russia deny it.", "en", ""),
    ],
)
def test_a_minister_before_a_colon_and_an_office_at_the_end_speak(text: str, language: str, claimant: str) -> None:
    assert claimant_told(text, language) == claimant


@pytest.mark.parametrize(
    ("text", "language", "claimant"),
    [
        (
            "Will Russia teach Iran the bomb?\nWestern capitals suspect that Tehran asked.",
            "en",
            "Western capitals",
        ),
        ("Did Cuba arm Russia?\nOfficials say that Havana shipped mines.", "en", "Officials"),
        ("Did Cuba arm Russia?\nOfficials say that the harvest was poor.", "en", ""),
        ("Hat Kuba Russland Minen geliefert?\nKiew behauptet, Havanna habe sie verschifft.", "de", "Kiew"),
        ("Куба передала России мины?\nКиев утверждает, что Гавана их отправила.", "ru", "Киев"),
        (
            "쿠바, 러시아에 기뢰 넘겼나\n정부는 답하지 않았다. 전문가들은 쿠바가 러시아를 도왔다고 본다.",
            "ko",
            "전문가들",
        ),
        ("Cuba arme-t-elle la Russie ?\nKiev affirme que La Havane a livré des mines.", "fr", "Kiev"),
    ],
)
def test_what_a_headline_asks_somebody_may_say_of_the_tie_below_it(text: str, language: str, claimant: str) -> None:
    assert tagged(analyse(text, language), read_watchlist()).frames[0].claimant == claimant


@pytest.mark.parametrize(
    ("text", "language", "vouching"),
    [
        ("State Department: Cuba is arming Russia", "en", "alleged"),
        ("Розвідка: Куба передає Росії снаряди", "uk", "alleged"),
        ("Киев: Куба передала России снаряды", "ru", "alleged"),
        ("乌克兰：古巴向俄罗斯提供炮弹", "zh", "alleged"),
        ('"쿠바, 러시아에 포탄 제공" 우크라 정보당국', "ko", "alleged"),
        ("Lawrow: Russland liefert Kuba Granaten", "de", "plain"),
        ("Cuba sends Russia shells", "en", "plain"),
        ("МИД: Россия передала Кубе радары", "ru", "plain"),  # a bare ministry may be that of one of the two
    ],
)
def test_what_a_headline_has_somebody_outside_the_tie_say_is_alleged(text: str, language: str, vouching: str) -> None:
    assert tagged(analyse(text, language), read_watchlist()).frames[0].vouching == vouching


def test_who_is_believed_to_do_a_thing_does_not_say_it() -> None:
    told = tagged(analyse("Cuba believed to be arming Russia, Britain says", "en"), read_watchlist())
    assert told.frames[0].claimant == "Britain"
