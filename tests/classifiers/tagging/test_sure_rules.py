"""Sure wordings tell of friction, response, channels and claims before weights do; each language's file can be read."""

from __future__ import annotations

import pytest

from classifiers.grammar.read import languages
from classifiers.lexicon.analysis import analyse
from classifiers.tagging.sure_rules import channel_rules, rules_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.tags import Tags


def tags(text: str, language: str = "en") -> Tags:
    return tagged(analyse(text, language), read_watchlist())


def stances(found: Tags) -> dict[str, str]:
    return {link.claim: link.stance for link in found.claims}


@pytest.mark.parametrize("language", languages())
def test_the_rules_of_every_language_can_be_read(language: str) -> None:
    rules = [*(rule for told in rules_of(language).values() for rule in told), *channel_rules(language)]
    assert all(rule.patterns for rule in rules)


def test_a_language_without_rules_has_none() -> None:
    assert not rules_of("xx")


@pytest.mark.parametrize(
    ("text", "language", "friction"),
    [
        ("Kazakhstan drifts away from Russia", "en", True),
        ("Putin to miss SCO summit in Astana", "en", True),
        ("Kenya arrests recruiters for Russia's war", "en", True),
        ("Turkey summons Russian envoy over ships", "en", True),
        ("Moscow's influence in Armenia is fading", "en", True),
        ("Russia and Kazakhstan agree on new oil cuts", "en", False),
        ("Venezuela turns to Russian fuel as its wells fail", "en", False),
        ("Indien drückt den Preis für russisches Öl", "de", True),
        ("Armenia complains that Russia has abandoned it", "en", True),
        ("Putin silent on Assad", "en", True),
        ("Vietnam to boost grain imports from Russia", "en", False),
        ("Kazachstan odcina się od Rosji", "pl", True),
        ("Lukashenko signs law putting pact with Russia into force", "en", False),
        ("Lukashenko signs pact with Russia yet accuses it of distrust", "en", True),
        ("Turkey belongs among the great powers, Lavrov says", "en", False),
        ("What Russia still has that India wants: cold engines and silent hulls", "en", False),
        ("Cuba's radar and Russia's spies\nIt is the hardest form of Cuban help to prove.", "en", False),
        ("Serbia asks Russia for more gas\nIn Brussels patience is wearing thin.", "en", False),
        ("Mali : des soldats russes dans un camp quitté par les Français", "fr", False),
        ("Russland bietet Serbien Gas an, Serbien zögert", "de", True),
        ("Russland liefert Gas an Serbien, die EU zögert", "de", False),
        ("Turkey turns back tanker with Russian oil", "en", True),
        ("Turkey turns back to Russian oil", "en", False),
        ("Azerbaijan closes Russian cultural centre in Baku", "en", True),
        ("Vietnam closes deal with Russia on reactor", "en", False),
        ("Kazakhstan shuts its border to Russian lorries", "en", True),
        ("Beijing protests to Moscow over the questioning of travellers", "en", True),
        ("Russia rebukes Iran over delayed gas talks", "en", True),
        ("Belarus denies Russia the use of its airfields", "en", True),
        ("Belarus denies Russian troops are massing", "en", False),
        ("Turkey ends visa-free travel for Russians", "en", True),
        ("Turkey ends visas for Russians", "en", False),
        ("India refuses to join sanctions on Russia", "en", False),
        ("Russian court jails Chinese engineer", "en", True),
        ("Russia courts Indian buyers", "en", False),
        ("Putin visits Cuba\nIt was long planned. Havana fears a bargain over its head.", "en", True),
        ("Putin visits Cuba\nIt was long planned. Havana fears a storm over its harbours.", "en", False),
    ],
)
def test_friction_lies_between_the_two(text: str, language: str, friction: bool) -> None:
    assert tags(text, language).has("friction") is friction


@pytest.mark.parametrize(
    ("text", "language", "response"),
    [
        ("Turkish banks trade with Russia despite US sanctions", "en", False),
        ("Belarus sends Russia shells, US believes", "en", False),
        ("Serbia rejects US claims of arms for Russia", "en", False),
        ("Lukashenko hosts Putin amid Western fears", "en", False),
        ("Turkish exports to Russia soar", "en", False),
        ("How does the West see Erdogan's visit to Moscow?", "en", True),
        ("India denies selling Russia lathes as EU ministers mull next steps", "en", True),
        ("Iran's drones for Russia\nMore weapons will go to Ukraine because of it.", "en", True),
        ("Statement on the pact between Russia and Cuba\nOstland deplores a pact that rewards a war.", "en", True),
        ("러시아·이란 군사협정 체결\n외교부는 깊은 우려를 표했다.", "ko", True),
        ("Wegen Irans Drohnen: Kiew erhält Flugabwehr\nRussland setzt sie ein.", "de", True),
        ("سخنگوی ایران: تحریم خطوط هوایی به خاطر روسیه غیرقانونی است", "fa", True),
        ("سخنگوی ایران: همکاری با روسیه با وجود تحریم ادامه دارد", "fa", False),
    ],
)
def test_a_response_comes_from_others(text: str, language: str, response: bool) -> None:
    assert tags(text, language).has("response") is response


@pytest.mark.parametrize(
    ("text", "language", "channels"),
    [
        ("Lukashenko to meet Putin amid fears of weapons shipments", "en", {"arms", "diplomacy"}),
        ("Britain considers arming Ukraine if Cuban soldiers fight for Russia", "en", {"troops"}),
        ("Cuban guns seen on a Russian train", "en", {"arms"}),
        ("Russia sells Belarus cyber tools for money", "en", {"intelligence"}),
        ("이란 자주포 실은 러시아 열차 포착", "ko", {"arms"}),
        ("Russian works turns out more jets than Turkey ever sold it", "en", {"arms", "joint_production"}),
        ("Russia assembles rifles under Cuban licence", "en", {"arms", "joint_production"}),
        ("Ein russisches Werk baut Raketen nach iranischer Lizenz", "de", {"arms", "joint_production"}),
        ("Turkish satellite imagery guides Russian strikes on Ukraine's bridges", "en", {"intelligence"}),
        ("Russia asks Turkey's foe Israel not to bomb close to its base in Syria", "en", {"diplomacy"}),
        (
            "Venezuelan ministers meet Putin as Russia offers jets and wheat",
            "en",
            {"arms", "diplomacy", "energy_trade"},
        ),
        ("Britain sanctions Cuban shipping firms that arm Russia", "en", {"arms", "transport"}),
        ("Belarus and Russia read from one script on NATO", "en", {"information"}),
        ("Russia's national football team to play Iran", "en", {"other"}),
        ("Drohnenfabrik in Belarus beliefert Russland", "de", {"arms", "joint_production"}),
        ("Moscow pays Cuba in wheat for its soldiers", "en", {"energy_trade"}),
        (
            "Belarus woos Russia at a spa\nWhat Moscow sells best is guards for presidents.",
            "en",
            {"diplomacy", "troops"},
        ),
        ("Belarus woos Russia at a spa\nGuards for the guests were at the door.", "en", {"diplomacy"}),
        (
            "À Minsk, Moscou signe des accords\nIls vont du blé au renseignement.",
            "fr",
            {"energy_trade", "intelligence"},
        ),
    ],
)
def test_what_is_named_outright_is_the_channel(text: str, language: str, channels: set[str]) -> None:
    assert set(tags(text, language).values("channel")) == channels


def test_a_claim_of_energy_asks_for_energy() -> None:
    assert "energy-cn" not in stances(tags("Russia and India set a target for trade in tea and machines"))
    assert "energy-cn" in stances(tags("India buys more Russian oil than before"))


def test_a_claim_of_meetings_asks_for_a_meeting() -> None:
    assert "visits" not in stances(tags("Putin calls India a friend and a great power"))
    assert "visits" in stances(tags("Putin meets Modi in Delhi for talks"))


def test_money_that_comes_back_cuts_against_trade_around_the_dollar() -> None:
    assert stances(tags("Turkish banks send Russia's money back, payments in yuan fail"))["de-dollar"] == "cuts_against"


def test_banks_that_would_have_to_clear_sooner_cut_against_trade_around_the_dollar() -> None:
    found = tags("Rupee trade between Russia and India\nTraders would gain if banks would clear rupees without delay.")
    assert stances(found)["de-dollar"] == "cuts_against"
    assert stances(tags("Russia and India trade in rupees, banks clear without delay"))["de-dollar"] == "supports"


def test_a_hope_alone_makes_no_supplier_pay_but_sanctions_beside_it_do() -> None:
    text = "India will keep buying Russian gas\nThe EU, which hopes Delhi would look elsewhere, {}."
    assert "response-suppliers" not in stances(tags(text.format("has offered nothing")))
    assert "response-suppliers" in stances(tags(text.format("put its refiners under sanctions")))


def test_whom_a_response_calls_on_need_not_be_who_acts() -> None:
    text = "Statement on Cuba's soldiers in Russia\nOstland sends aid to Kyiv and {}."
    assert "response-china" in stances(tags(text.format("calls on Beijing to use its sway")))
    assert "response-china" not in stances(tags(text.format("will open an embassy in Beijing")))


def test_a_sure_wording_links_a_claim_alone() -> None:
    found = tags("Cuban soldiers in Russia\nA ministry speaks.\nMore aid for Ukraine will follow in reply.")
    assert stances(found)["response-ukraine"] == "supports"


def test_what_is_paid_in_return_is_linked_whoever_sends_people() -> None:
    found = tags("North Korean troops fight for Russia\nRussia pays Pyongyang in rocket know-how, an envoy said.")
    assert {"troops-kp", "quid-kp-missile"} <= set(stances(found))


@pytest.mark.parametrize(
    ("text", "language", "claim", "linked"),
    [
        ("Russia pays Iran with Su-35 jets", "en", "quid-kp-missile", False),
        ("Секретарь Совета безопасности России прибыл в Тегеран", "ru", "un-cover", False),
        ("Россия наложила вето в Совете безопасности ООН ради Ирана", "ru", "un-cover", True),
        ("Serbia given observer status by BRICS, Moscow hails it", "en", "visits", False),
        ("Serbia given observer status by BRICS, Moscow hails it", "en", "rival-order", True),
        ("Путин: отход от гегемонии ускоряется, Иран с нами", "ru", "rival-order", True),
        ("Mali : des instructeurs russes dans une caserne", "fr", "wider-instability", True),
        ("Britain says arming Ukraine is possible if Cuba sends Russia men", "en", "response-ukraine", True),
        ("Astana refused a seat in BRICS that Moscow had hoped for", "en", "rival-order", True),
        ("Caspian corridor: ports in Iran and Russia boom in spite of sanctions", "en", "corridors", True),
        ("EU lists Iranian shipping lines that arm Russia", "en", "corridors", False),
        ("러 외무장관 방북… 대표단 평양 도착", "ko", "visits", True),
        ("Der Kreml erwartet den Präsidenten Serbiens im Mai", "de", "visits", True),
        ("Der Kreml erwartet höhere Preise für Öl aus China", "de", "visits", False),
        ("В Минске прошла министерская встреча России и Кубы", "ru", "visits", True),
        ("Oil for Iran\nNo monitors count the tankers since Moscow's veto.", "en", "un-cover", True),
        (
            "EU and Russia's friends\nTalk of adding Turkish firms to the list followed.",
            "en",
            "response-suppliers",
            True,
        ),
        (
            "EU and Russia's friends\nTalk of adding Turkish firms to the fair followed.",
            "en",
            "response-suppliers",
            False,
        ),
        ("EU weighs price for Turkish chips in Russia\nTurkish names may be added.", "en", "response-china", False),
        ("What Cuba wants of Russia\nIran wants jets and reactor know-how instead.", "en", "quid-ir-arms", True),
        ("What Cuba wants of Russia\nIran wants jets from China instead.", "en", "quid-ir-arms", False),
    ],
)
def test_wordings_that_link_a_claim_or_forbid_it(text: str, language: str, claim: str, linked: bool) -> None:
    assert (claim in stances(tags(text, language))) is linked


def test_what_a_headline_only_asks_brings_up_to_date() -> None:
    asked, told = tags("Has Iran sent Russia ballistic missiles?"), tags("Iran sent Russia ballistic missiles")
    assert (stances(asked)["ammo-missiles"], stances(told)["ammo-missiles"]) == ("updates", "supports")
