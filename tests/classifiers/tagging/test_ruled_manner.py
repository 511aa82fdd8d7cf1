"""What sure wordings say of an act goes before what is usual: how far it has come, and who vouches for it."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame, Phase, Vouching


def frame(text: str, language: str = "en") -> Frame:
    return tagged(analyse(text, language), read_watchlist()).frames[0]


@pytest.mark.parametrize(
    ("text", "language", "phase"),
    [
        ("Britain warns Turkey against selling Russia engines", "en", "sought"),
        ("Russia's Wagner tried to buy shells from Sudan", "en", "sought"),
        ("China may send Russia lathes", "en", "sought"),
        ("The reactor that Venezuela wants from Russia", "en", "sought"),
        ("What Iran can ask of Russia now", "en", "sought"),
        ("Cuba to receive Russian grain", "en", "planned"),
        ("Serbia and Russia to build a gas store", "en", "planned"),
        ("Moscow and Tehran sign memorandum on ports", "en", "planned"),
        ("Lukashenko and Putin discuss the harvest", "en", "done"),
        ("Russia and Vietnam end naval drills with a parade", "en", "done"),
        ("Live: Lavrov meets Maduro; Moldova expels diplomats", "en", "done"),
        ("Lavrov visits Cuba", "en", "under way"),
        ("Turkey's ties with Russia trouble its friends", "en", "under way"),
        ("China's hunger for Russian gas is growing", "en", "under way"),
        ("Hungary will keep buying Russian gas", "en", "under way"),
        ("EU plans sanctions on Turkish firms that sell Russia engines", "en", "under way"),
        ("Armenia tears up base deal with Russia", "en", "ended"),
        ("Maduro lands in Moscow for talks with Putin", "en", "under way"),
        ("Putin hosts Lukashenko on Lake Baikal", "en", "under way"),
        ("Kim Jong Un crosses Russian border to dine with Putin", "en", "under way"),
        ("Lavrov hails old friends on visit to Cuba", "en", "under way"),
        ("Serbia mulls buying Russian radars", "en", "sought"),
        ("Russia's turn to Cuba for men", "en", "sought"),
        ("Russia pitches for Indian reactor order", "en", "sought"),
        ("Cuba has been offered Russian grain", "en", "sought"),
        ("Belarus is going to return Russian tanks", "en", "planned"),
        ("A shipment of Iranian drones to Russia is being prepared", "en", "planned"),
        ("Belarusian works turns out sights for Russia", "en", "under way"),
        ("Turkish chipmakers find a back door to Russia", "en", "under way"),
        ("Turkish mills wean themselves off Russian coal", "en", "ended"),
        ("Wang Yi to meet Lavrov in Moscow", "en", "planned"),
        ("Erdogan may meet Putin in Sochi", "en", "planned"),
        ("Vietnam inks deal to buy Russian reactors", "en", "planned"),
        ("Maduro pledges full support for Russia", "en", "done"),
        ("Serbia rejects claims of shells for Russia", "en", "done"),
        ("Lavrov tells Belarus that talks go on", "en", "done"),
        ("Russian coal exports to Turkey hit record", "en", "under way"),
        ("Armenia starts withdrawal from Russia-led bloc", "en", "ended"),
        ("Rosja i Turcja nie dogadały się w sprawie gazu", "pl", "ended"),
        ("Łukaszenka odwiedzi Moskwę", "pl", "planned"),
        ("Kuba wysłała wniosek do Rosji o ropę", "pl", "sought"),
        ("Rosja i Iran rozpoczynają wspólne manewry", "pl", "under way"),
        ("Россия построит в Иране электростанцию", "ru", "planned"),
        ("러시아, 이란에 전투기 보낼 수도", "ko", "sought"),
        ("Turkish banks may refuse Russian payments", "en", "sought"),
        ("Turkish banks bounce payments from Russia", "en", "ended"),
        ("Half of all transfers to Emirati sellers bounce back, Moscow traders grumble", "en", "ended"),
        ("Kasachische Banken weisen russische Überweisungen ab", "de", "ended"),
        ("Kasachische Banken lassen russische Firmen warten", "de", "sought"),
        ("Turkish banks keep Russian buyers waiting", "en", "sought"),
        ("Les banques turques font patienter les acheteurs russes", "fr", "sought"),
        ("Турецкие банки возвращают платежи из России", "ru", "ended"),
        ("튀르키예 은행들, 러시아 송금 반려", "ko", "ended"),
        (
            "Ostland backs measures against firms in Turkey\nIt will soon list those that sell engines to Russia.",
            "en",
            "under way",
        ),
        ("Irans Parlament billigt den Pakt mit Russland", "de", "done"),
        ("Iran und Russland unterzeichnen Vertrag über Gaslieferungen", "de", "planned"),
        ("Chinese banks send Russia's payments on through Hong Kong", "en", "done"),
        ("Irans Parlament soll den Pakt mit Russland am Montag ratifizieren", "de", "planned"),
        ("Меджлис Ирана ратифицировал договор с Россией", "ru", "done"),
        ("이란 의회, 러시아와의 조약 비준", "ko", "done"),
        ("이란 의회, 러시아와의 조약 비준 예정", "ko", "planned"),
        ("白俄罗斯总统卢卡申科抵达莫斯科 将与普京会谈", "zh", "done"),
        ("Cuba y Rusia firman un tratado de amistad", "es", "done"),
        ("Putin visitará Cuba en mayo", "es", "planned"),
        ("Putin incontrerà Erdogan a Sochi", "it", "planned"),
        ("Putin Türkiye'yi ziyaret edecek", "tr", "planned"),
        ("Лукашенко відвідає Москву", "uk", "planned"),
        ("Poutine recevra le président iranien", "fr", "planned"),
        ("Bis zu zehntausend Kubaner für Putins Armee?", "de", "sought"),
        ("Up to 5,000 Cubans for Russia's army?", "en", "sought"),
        ("Russia and Turkey link their bank cards", "en", "done"),
        ("Inspectors find that a works in Belarus makes shells for Russia", "en", "under way"),
        ("Belarus denies building rockets for Russia", "en", "under way"),
        ("Belarus denies having built rockets for Russia", "en", "done"),
        ("Russia and Iran trade more in dirhams", "en", "under way"),
        ("How Belarusian rifles keep Russia's army going", "en", "under way"),
        ("How Belarus sent rifles to Russia", "en", "done"),
        ("Cuban soldiers are in Donetsk with Russia's army", "en", "under way"),
        ("Cuban soldiers have begun to fight for Russia", "en", "under way"),
        ("A quiet trade in Belarusian optics that keeps Russia's guns on target", "en", "under way"),
        ("Havana turns to Russian wheat\nRussia has promised forty thousand tonnes.", "en", "planned"),
        ("Sanktionen gegen Werk in Belarus, das Russland beliefert", "de", "under way"),
        ("ساخت راه‌آهن ایران و روسیه شتاب گرفت", "fa", "under way"),
        ("رزمایش روسیه و چین پایان یافت", "fa", "done"),
        (
            "Minsk learns to hide tanks\nRifles leaving the works for Russia will soon carry new sights.",
            "en",
            "under way",
        ),
        ("Belarus to build rifles for Russia\nThe first rifles leaving the plant are due in spring.", "en", "planned"),
        ("Russian frigates off Cuba: why Havana agreed to joint drills", "en", "under way"),
        ("Russian warships off Havana ahead of drills with Cuba next week", "en", "planned"),
        ("Belarus and Russia finish draft treaty text", "en", "planned"),
        ("Belarus and Russia sign finished treaty text", "en", "done"),
        ("What the next Russia-Belarus exercise will show", "en", "planned"),
        ("Minsk et ses tracteurs : ce que Moscou demande\nLa Biélorussie livre déjà la Russie.", "fr", "sought"),
        ("Ce que Moscou demande à Cuba\nLa Russie pourrait payer si Cuba livre déjà des armes.", "fr", "sought"),
        ('푸틴, 이란 드론 "생산 확대" 지시… 이란과 협력', "ko", "done"),
    ],
)
def test_mood_and_tense_tell_how_far_an_act_has_come(text: str, language: str, phase: Phase) -> None:
    assert frame(text, language).phase == phase


@pytest.mark.parametrize(
    ("text", "language", "vouching"),
    [
        ("Iran trains Russian drone crews, Kyiv assesses", "en", "alleged"),
        ("Cuba is said to have sold Russia nickel", "en", "alleged"),
        ("Serbia sold Russia rifles, a source in Belgrade told reporters", "en", "alleged"),
        ("Japan and Britain say Belarus repaired Russian tanks", "en", "alleged"),
        ("Minsk says it never sent Russia men", "en", "denied"),
        ("Havana: no Cuban rifles were sold to Russia", "en", "denied"),
        ("Belarus has never sold Russia rockets, its minister stressed", "en", "denied"),
        ("Reports of Serbian shells for Russia do not correspond to reality, Belgrade said", "en", "denied"),
        ("Cuba received Russian fuel, its embassy confirmed", "en", "confirmed"),
        (
            "Japan says Cuban soldiers fight for Russia\nA ministry spokesman confirmed that they are there.",
            "en",
            "confirmed",
        ),
        ("Road through Iran spares Russia a week, shippers report", "en", "plain"),
        ('국방부 "쿠바군 러시아 파병"\n국방부는 쿠바군이 러시아에 있다고 확인했다.', "ko", "confirmed"),
        ("China sends Russia chips: US officials", "en", "alleged"),
        ("Belarus shipped Russia shells, people familiar with the deal say", "en", "alleged"),
        ("Has Iran sent Russia missiles?", "en", "alleged"),
        ("Nach Angaben aus Kiew liefert Iran Russland Drohnen", "de", "alleged"),
        ("Iran sprzedał Rosji drony, przekazał w piątek ukraiński wywiad", "pl", "alleged"),
        ("Cuba says its men fight for Russia", "en", "plain"),
        ("India should pay in roubles – Russian minister", "en", "plain"),
        ("Turkey rejects claims of engine sales to Russia", "en", "denied"),
        ("Belarus admits training Russian crews", "en", "confirmed"),
        ("Britain says sending tanks is possible as Cuban fighters reach Russia", "en", "plain"),
        ("Turkish trade data show Russian oil ahead", "en", "plain"),
        ("Turkey sells Russia ever more lathes, study finds", "en", "alleged"),
        ("Bis zu zehntausend Kubaner für Putins Armee?", "de", "alleged"),
        ("Britain lifts limits for Kyiv in reply to Cuban troops, officials say", "en", "plain"),
        ("Britain speaks to Kyiv in reply to alleged Cuban shipments to Russia, officials say", "en", "alleged"),
        ("Engines for Russia\nKyiv believes Turkish parts still reach Russian plants.", "en", "alleged"),
        ("Turkish firms ship parts to Russia\nKyiv believes the war will end in spring.", "en", "plain"),
        ("Russia gives Iran radar data\nIt came by sea, officials told reporters.", "en", "alleged"),
        ("Russia gives Iran radar data\nIranian officials told reporters of new deliveries.", "en", "plain"),
        ("The price of Cuba's help\nMoscow can pay Havana in oil before it sends perhaps a jet.", "en", "plain"),
    ],
)
def test_who_speaks_tells_who_vouches(text: str, language: str, vouching: Vouching) -> None:
    assert frame(text, language).vouching == vouching


def test_a_text_whose_sentences_never_name_both_sides_has_a_phase_all_the_same() -> None:
    found = frame("Iran sends missiles\nThe crates are long.\nRussia was pleased.")
    assert found.phase
    assert found.vouching
