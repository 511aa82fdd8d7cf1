"""Every sure wording of who gives to whom is shown by a headline of its language, and none goes beyond what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.sure_rules import ARROW, ruled_arrows, rules_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist

ROWS: dict[str, list[list[str]]] = tomllib.loads(Path(__file__).with_name("arrows.toml").read_text(encoding="utf-8"))
OTHERS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("no_arrows.toml").read_text(encoding="utf-8"))
CASES = [(language, *row) for language, rows in ROWS.items() for row in rows]


def layout_of(text: str, language: str) -> DocumentLayout:
    return DocumentLayout(analyse(text, language))


@pytest.mark.parametrize(("language", "text", "giver", "receiver"), CASES)
def test_a_headline_says_who_gives(language: str, text: str, giver: str, receiver: str) -> None:
    found = tagged(analyse(text, language), read_watchlist()).frames[0]
    assert (found.kind, found.giver, found.receiver, found.certainty) == ("transfer", giver, receiver, "read")


@pytest.mark.parametrize("language", sorted(ROWS))
def test_every_wording_of_arrows_is_shown(language: str) -> None:
    heads = [layout_of(text, language).head for text, *_ in ROWS[language]]
    for rule in rules_of(language)[ARROW]:
        lines = [line for head in heads for _, line in rule.lines(head)]
        idle = [pattern.pattern for pattern in rule.patterns if not any(map(pattern.search, lines))]
        assert idle == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Российские офицеры учатся в Москве, Иран наблюдает", "ru"),
        ("Россия и Иран остались без договора", "ru"),
        ("Путін приймає Лукашенка й дякує Росії", "uk"),
        ("Росія та Іран домовляються про кордон", "uk"),
        ("朝鲜士兵在平壤受训 俄罗斯表示欢迎", "zh"),
        ("俄罗斯媒体称朝鲜代表团抵达", "zh"),
        ("러시아, 북한에 무기 공급 부인", "ko"),
        ("러시아, 이란서 회담", "ko"),
        ("ロシア、イランで首脳会談", "ja"),
        ("ロシア、イランに自制求める", "ja"),
        ("روسيا تنشر قواتها، وإيران تراقب", "ar"),
        ("روسيا وإيران في مؤتمر عن التعليم", "ar"),
        ("روسیه با همتای ایرانی دیدار کرد", "fa"),
        ("مذاکرات روسیه در راه است، ایران خوش بین", "fa"),
        ("רוסיה ואיראן סגרו עסקה", "he"),
        ("רוסיה חייבת לפעול, אומרים באיראן", "he"),
        ("Wer stoppt Russland? Iran schweigt", "de"),
        ("Woher kommt Putins Zorn? Teheran rätselt", "de"),
        ("Russland hält Iran auf", "de"),
        ("Putin dankt Kim für Glückwünsche", "de"),
        ("Moskau heizt Iran-Streit an", "de"),
        ("Russische Ingenieure werden in Iran behandelt", "de"),
        ("Qui arrêtera Moscou ? Téhéran attend", "fr"),
        ("Poutine remercie Xi pour son accueil", "fr"),
        ("¿Quién teme a Rusia? Irán calla", "es"),
        ("Putin agradece a Maduro su visita", "es"),
        ("Chi ferma Mosca? Pechino tace", "it"),
        ("Putin tende la mano a Erdogan", "it"),
        ("Quem teme a Rússia? Irã se cala", "pt"),
        ("Moscou cobra de Teerã explicações", "pt"),
        ("Kto boi się Rosji? Iran milczy", "pl"),
        ("Putin dziękuje Kimowi za pokój", "pl"),
        ("Rosja wydusiła z Iranu obietnicę", "pl"),
        ("Путин подал руку Ким Чен Ыну", "ru"),
        ("Кто боится России? Иран молчит", "ru"),
        ("Иранские инженеры чинят мост в России", "ru"),
        ("Россия выбила из Ирана обещание", "ru"),
        ("Путин поблагодарил Эрдогана за помощь в переговорах", "ru"),
        ("Россия запустила в космос иранский спутник", "ru"),
        ("Россия закрыла границу с иранскими провинциями", "ru"),
        ("Китай работает на Россию", "ru"),
        ("Иран воюет с Россией", "ru"),
        ("Хто боїться Росії? Іран мовчить", "uk"),
        ("Путін подав руку Лукашенку", "uk"),
        ("Росія витягнула з Ірану обіцянку", "uk"),
        ("Путін подякував Ердогану за допомогу в переговорах", "uk"),
        ("Rusya'dan kim korkuyor? İran sessiz", "tr"),
        ("Putin Erdoğan'a teşekkür etti", "tr"),
        ("谁怕俄罗斯？朝鲜沉默", "zh"),
        ("俄罗斯挽救伊朗核协议", "zh"),
        ("中国填补俄罗斯留下的真空", "zh"),
        ("ロシア、トルコの仲介頼み", "ja"),
        ("プーチン氏、金正恩氏に謝意", "ja"),
        ("ロシア、イラン向け放送開始", "ja"),
        ("ロシア、イラン向け制裁拡大", "ja"),
        ("러시아, 이란 핵합의 살리기", "ko"),
        ("러시아, 이란 문제로 싸운다", "ko"),
        ("من يخشى روسيا؟ إيران صامتة", "ar"),
        ("الصواريخ الروسية تضيء سماء سوريا", "ar"),
        ("چه کسی از روسیه می‌ترسد؟ ایران ساکت است", "fa"),
        ("پوتین از پزشکیان برای مهمان‌نوازی تشکر کرد", "fa"),
        ("מי מפחד מרוסיה? איראן שותקת", "he"),
        ("פזשכיאן הודה לפוטין על התיווך והסיוע בשיחות", "he"),
    ],
)
def test_a_headline_without_the_act_gives_no_arrow(text: str, language: str) -> None:
    assert [arrow for arrow in ruled_arrows(layout_of(text, language)) if len(set(arrow)) > 1] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Минск отправил в Москву делегацию во главе с министром энергетики", "ru"),
        ("Мінськ відправив до Москви делегацію на чолі з міністром енергетики", "uk"),
        ("وزیر انرژی روسیه برای مذاکره درباره صادرات برق وارد تهران شد", "fa"),
    ],
)
def test_whoever_comes_to_talk_brings_nothing(text: str, language: str) -> None:
    assert tagged(analyse(text, language), read_watchlist()).frames[0].kind == "joint"


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, rows in OTHERS.items() for text in rows])
def test_the_words_of_giving_that_say_something_else_give_no_arrow(language: str, text: str) -> None:
    assert [arrow for arrow in ruled_arrows(layout_of(text, language)) if len(set(arrow)) > 1] == []
