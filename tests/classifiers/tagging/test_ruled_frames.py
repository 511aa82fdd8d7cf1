"""What sure wordings say of an act goes before what is usual: who gives to whom, and what is no transfer."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame, Kind

ROWS: dict[str, list[list[str]]] = tomllib.loads(
    Path(__file__).with_name("ruled_wordings.toml").read_text(encoding="utf-8")
)


def frame(text: str, language: str = "en") -> Frame:
    return tagged(analyse(text, language), read_watchlist()).frames[0]


@pytest.mark.parametrize(
    ("text", "language", "giver", "receiver"),
    [
        ("Russia again shields Syria at the Security Council", "en", "russia", "syria"),
        ("Council session on Iran ends with Moscow covering for its friend", "en", "russia", "iran"),
        ("Russia fired North Korean shells", "en", "north_korea", "russia"),
        ("Forty officers from Cuba study at a Russian tank school", "en", "russia", "cuba"),
        ("Serbia was offered air defences by Russia", "en", "russia", "serbia"),
        ("Lukashenko keeps Moscow waiting for his shells", "en", "belarus", "russia"),
        ("Cuba rebuffs Russia's plea for more men", "en", "cuba", "russia"),
        ("Serbia laps up cheap Russian gas", "en", "russia", "serbia"),
        ("Hungary swears off Russian crude", "en", "russia", "hungary"),
        ("Putin inspects rifles fresh from Belarus", "en", "belarus", "russia"),
        ("Moscow's lease of Indian submarine ends in spring", "en", "india", "russia"),
        ("Havana's Russian-built power station is back", "en", "russia", "cuba"),
        ("Unloading of Russian trucks for the Syrian army goes on in Tartus", "en", "russia", "syria"),
        ("Belgian optics reach Russia in crates from Serbia", "en", "serbia", "russia"),
        ("Britain suspects Belarus of slipping Russia radar parts", "en", "belarus", "russia"),
        ("Belarus used Russian missiles", "en", "russia", "belarus"),
        ("Russian soldiers are now in Venezuela", "en", "russia", "venezuela"),
        ("Russia masses a new army, Cubans included, near Kharkiv", "en", "cuba", "russia"),
        ("Russia makes more drones than Iran ever sold", "en", "iran", "russia"),
        ("Moscow lets Tehran draw on its deposits", "en", "russia", "iran"),
        ("Turkey's banks and Russia's money\nIt is the most valuable form of Turkish help.", "en", "turkey", "russia"),
        ("Cuba thanks Russia for grain", "en", "russia", "cuba"),
        ("Russia, Iran condemn new sanctions on Syria", "en", "russia", "syria"),
        ("Russia rents an army from its friends, Cuba above all", "en", "cuba", "russia"),
        ("Węgry kupują tani gaz z Rosji", "pl", "russia", "hungary"),
        ("Cuban guns seen in Russia", "en", "cuba", "russia"),
        ("Russian banks refuse payments from Iran", "en", "russia", "iran"),
        ("Turkish banks may refuse Russian payments", "en", "turkey", "russia"),
        ("Les banques turques refusent les paiements russes", "fr", "turkey", "russia"),
        ("Банк России отказался от платежей через Иран", "ru", "russia", "iran"),
        ("土耳其银行退回俄罗斯付款", "zh", "turkey", "russia"),
        ("Payments to Indian mills come back, Moscow importers say", "en", "india", "russia"),
        (
            "EU lists suppliers\nIt names firms in Turkey, Serbia and India that sell engines to Russia.",
            "en",
            "turkey",
            "russia",
        ),
        ("Britain raises Cuban troops in Russia with Turkey", "en", "cuba", "russia"),
        ("Paris sends shells to Kyiv as Cuban fighters join Russia's war", "en", "cuba", "russia"),
        ("Werk in Iran, das Russland beliefert", "de", "iran", "russia"),
        ("Mehr Öl für Indien: Moskau gibt Rabatt", "de", "russia", "india"),
        ("Moscou courtise le Venezuela et promet des blindés", "fr", "russia", "venezuela"),
        ("러시아 항구서 이란 드론 포착", "ko", "iran", "russia"),
        ("Do Wenezueli przybyło dwustu rosyjskich żołnierzy", "pl", "russia", "venezuela"),
    ],
)
def test_a_sure_wording_says_who_gives(text: str, language: str, giver: str, receiver: str) -> None:
    found = frame(text, language)
    assert (found.kind, found.giver, found.receiver, found.certainty) == ("transfer", giver, receiver, "read")


@pytest.mark.parametrize(
    ("text", "giver", "receiver"),
    [
        ("Russia has the engines that India wants", "russia", "india"),
        ("Iran may test Russian air defences", "russia", "iran"),
    ],
)
def test_who_gives_is_told_though_not_surely(text: str, giver: str, receiver: str) -> None:
    found = frame(text, "en")
    assert (found.kind, found.giver, found.receiver) == ("transfer", giver, receiver)
    assert found.certainty != "doubtful"


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Kazakhstan turns away from Russia", "en", "none"),
        ("Armenia to hold joint drills with US, Russia looks on", "en", "none"),
        ("Kazakhstan charts a course away from Russia", "en", "none"),
        ("EU wants India to press Russia for a truce", "en", "none"),
        ("With Russia beside it, could Iran strike the Gulf?", "en", "none"),
        ("Belarus need not wait for Russia to close its border", "en", "none"),
        ("Russia warns Israel off flying close to its base in Syria", "en", "none"),
        ("Russia's national football team to play Iran in a friendly", "en", "none"),
        ("Сборная России сыграет с Ираном", "ru", "none"),
        ("Россия представила сборник документов о визите Асада", "ru", "joint"),
        ("Putin receberá Lukashenko em Moscou", "pt", "joint"),
        ("Putin recibe a Modi en Moscú", "es", "joint"),
        ("Cuba recibe petróleo de Rusia", "es", "transfer"),
        ("Putin incontra Orbán a Mosca", "it", "joint"),
        ("Лукашенко зустрівся з Путіним", "uk", "joint"),
        ("Modi tells Putin of a trade deficit with Russia", "en", "joint"),
        ("Putin tells Modi that gas is cheap", "en", "joint"),
        ("Iran shows off missiles to Russian general", "en", "joint"),
        ("Russian soldiers join drills in Belarus", "en", "joint"),
        ("Maduro invites Putin amid fears over Russian missiles", "en", "joint"),
        ("Erdogan arrives in Moscow for talks on jets", "en", "joint"),
        ("Łukaszenka przyjedzie do Rosji po rakiety", "pl", "joint"),
    ],
)
def test_guests_and_turning_away_are_no_transfer(text: str, language: str, kind: Kind) -> None:
    found = frame(text, language)
    assert (found.kind, found.giver == "") == (kind, kind != "transfer")


def test_the_partner_that_only_the_headline_names_is_told() -> None:
    found = tagged(
        analyse("Britain sanctions suppliers in Turkey\nRussian troops in Mali are listed, too.", "en"),
        read_watchlist(),
    )
    assert "turkey" in found.values("partner")
    assert (found.frames[0].giver, found.frames[0].receiver) == ("turkey", "russia")


@pytest.mark.parametrize("text", ["Russia and Serbia swap grain and gas", "Putin and Maduro will barter oil for wheat"])
def test_who_barter_give_each_other(text: str) -> None:
    assert frame(text).kind == "joint"


@pytest.mark.parametrize(
    ("about", "language", "text", "says"), [(about, *row) for about, rows in ROWS.items() for row in rows]
)
def test_each_wording_of_a_headline_says_its_part(about: str, language: str, text: str, says: str) -> None:
    found = frame(text, language)
    told = f"{found.giver} > {found.receiver}" if about == "arrow" else str(getattr(found, about))
    assert told == says
