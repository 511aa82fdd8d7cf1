"""Tags: what they say, and the words that they point at."""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging import tags
from classifiers.tagging.watchlist import read_watchlist
from db.records.tags import TagKind, Tags


def tagged(text: str, language: str = "en") -> Tags:
    return tags.tagged(analyse(text, language), read_watchlist())


def words(text: str, kind: TagKind, language: str = "en") -> set[str]:
    return {text[start:end] for tag in tagged(text, language).tags if tag.kind == kind for start, end in tag.spans}


@pytest.mark.parametrize(
    ("text", "language", "channel"),
    [
        ("North Korea ships artillery shells to Russia by rail", "en", "arms"),
        ("North Korean troops join Russia's fight in Kursk", "en", "troops"),
        ("China sells Russia machine tools and microchips", "en", "dual_use"),
        ("Russia sends North Korea satellite know-how and reactor blueprints", "en", "tech_transfer"),
        ("Indian refiners buy more Russian crude", "en", "energy_trade"),
        ("Chinese banks refuse yuan payments from Russia", "en", "finance"),
        ("Direct flights between Moscow and Pyongyang begin", "en", "transport"),
        ("Putin hosts Xi at a Kremlin summit", "en", "diplomacy"),
        ("Russia and China hold joint naval drills", "en", "exercises"),
        ("Russia hands Iran targeting data on US ships", "en", "intelligence"),
        ("Россия и Иран провели совместные учения", "ru", "exercises"),
        ("朝鲜向俄罗斯运送炮弹", "zh", "arms"),
        ("Indien kauft mehr russisches Öl", "de", "energy_trade"),
        ("Putin spotkał się z Xi w Moskwie", "pl", "diplomacy"),
    ],
)
def test_the_channel_is_what_the_words_say(text: str, language: str, channel: str) -> None:
    assert channel in tagged(text, language).values("channel")
    assert words(text, "channel", language)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Iran sends ballistic missiles to Russia", "to_russia"),
        ("Russia buys drones from Iran", "to_russia"),
        ("North Korean soldiers fight for Russia in Kursk", "to_russia"),
        ("Russia delivers air defence systems to Iran", "from_russia"),
        ("Iran receives fighter jets from Russia", "from_russia"),
        ("Russian mercenaries arrive in Mali", "from_russia"),
        ("Russia says it will station missiles in Belarus", "from_russia"),
        ("Russia and China hold joint naval drills", "mutual"),
        ("Xi and Putin meet in Moscow", "mutual"),
    ],
)
def test_the_direction_is_who_gains(text: str, direction: str) -> None:
    assert tagged(text).values("direction") == (direction,)


def test_a_question_without_its_mark_is_alleged_and_nobody_below_it_said_so() -> None:
    below = "미국은 그 지역의 훈련을 비난했다."
    (told,) = tagged(f"러시아, 북한에 미사일 기술을 넘겼다\n{below}", "ko").frames
    (asked,) = tagged(f"러시아, 북한에 미사일 기술을 넘겼나\n{below}", "ko").frames
    assert (told.giver, told.receiver, told.vouching) == ("russia", "north_korea", "plain")
    assert (asked.giver, asked.receiver, asked.vouching) == ("russia", "north_korea", "alleged")
    assert asked.claimant == ""


@pytest.mark.parametrize(
    ("text", "kind", "there"),
    [
        ("US sanctions Chinese firms that supply Russia with chips", "response", True),
        ("EU warns India over purchases of Russian oil", "response", True),
        ("Xi and Putin meet in Moscow", "response", False),
        ("China refuses to sign Russia's gas pipeline deal", "friction", True),
        ("Distrust between Russia and Iran grows over unpaid debts", "friction", True),
        ("Russia and Iran sign a strategic treaty", "friction", False),
    ],
)
def test_response_and_friction(text: str, kind: TagKind, there: bool) -> None:
    assert tagged(text).has(kind) is there


def test_partners_are_those_whose_tie_it_is() -> None:
    assert tagged("Lavrov and Saudi minister discuss strikes on Iran").values("partner") == ("gulf",)
    assert tagged("Xi, Putin and Kim watch a parade in Beijing").values("partner") == ("china", "north_korea")
    assert tagged("Лавров обсудил с главой МИД ОАЭ ситуацию вокруг Ирана", "ru").values("partner") == ("gulf",)


def test_a_span_holds_whole_words_of_the_text() -> None:
    text = "Iran’s “Shahed” drones — sent to Russia\nThey were sent by ship, İzmir says."
    assert words(text, "partner") == {"Iran’s", "Shahed"}
    assert "drones" in words(text, "channel")
    for tag in tagged(text).tags:
        assert all(0 <= start < end <= len(text) for start, end in tag.spans)


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        ("Russia denies receiving shells from North Korea", "en", "denied"),
        ("US accuses China of arming Russia", "en", "alleged"),
        ("Iran confirms drone sales to Russia", "en", "confirmed"),
        ("Xi to visit Moscow next week", "en", "planned"),
        ("Iran sends drones to Russia", "en", "reported"),
        ("Кремль опроверг поставки оружия из Ирана", "ru", "denied"),
        ("伊朗否认向俄罗斯提供导弹", "zh", "denied"),
        ("Teheran dementiert Lieferungen an Russland", "de", "denied"),
    ],
)
def test_the_status_is_how_the_text_vouches(text: str, language: str, status: str) -> None:
    assert tagged(text, language).values("status") == (status,)


@pytest.mark.parametrize(
    ("text", "language", "channel"),
    [
        ("普京：俄白合作不针对任何人，两国以本币结算", "zh", "finance"),
        ("Russia gathers Cuban soldiers near Kursk\nNo soldiers were pulled from elsewhere.", "en", "troops"),
    ],
)
def test_what_another_clause_or_sentence_denies_is_not_denied_of_the_act(
    text: str, language: str, channel: str
) -> None:
    told = tagged(text, language)
    assert {tag.value: tag.negated for tag in told.tags if tag.kind == "channel"}[channel] is False


def test_what_is_denied_is_marked() -> None:
    denied = tagged("Iran denies sending missiles to Russia")
    assert [tag.negated for tag in denied.tags if tag.kind in ("channel", "direction")] == [True, True]
    assert not any(tag.negated for tag in tagged("Iran sends missiles to Russia").tags)
    half = tagged("China did not send missiles to Russia.\nIt sells oil-drilling machine tools to Russia")
    assert {tag.value: tag.negated for tag in half.tags if tag.kind == "channel"}["arms"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Russia gets 12,000 soldiers from North Korea", "en", (12_000, "", "soldiers")),
        ("North Korea sends Russia a million artillery shells", "en", (1_000_000, "", "shells")),
        ("Iran asks Russia for $2 bn", "en", (2e9, "USD", "")),
        ("China buys 2.1 million bpd from Russia", "en", (2.1e6, "barrels a day", "")),
        ("Trade of Russia and China up 26%", "en", (26, "percent", "")),
        ("Иран поставил России 3000 дронов", "ru", (3000, "", "drones")),
        ("朝鲜向俄罗斯提供600万炮弹", "zh", (6_000_000, "", "shells")),
    ],
)
def test_quantities_have_a_unit_or_what_they_count(text: str, language: str, found: tuple[float, str, str]) -> None:
    [quantity] = tagged(text, language).quantities
    assert (quantity.amount, quantity.unit, quantity.counted) == found
    assert text[slice(*quantity.spans[0])].startswith(tuple("$0123456789a"))


@pytest.mark.parametrize(
    "text", ["In 2024 Russia met Iran", "Russia to give Iran S-400s by 30 July", "Day 392: Xi in Moscow"]
)
def test_years_dates_and_names_are_no_quantities(text: str) -> None:
    assert tagged(text).quantities == ()


def test_theatres_are_those_of_headline_and_lead() -> None:
    text = "North Korean troops arrive in Kursk, Kyiv says\nSeoul is alarmed.\nIran, too, helps Russia."
    assert tagged(text).values("theatre") == ("east_asia", "europe")
    assert tagged("Russia and China sail the Arctic").values("theatre") == ("east_asia", "arctic")
    assert tagged("Россия и Куба обсудили Арктику", "ru").values("theatre") == ("latin_america", "arctic")


@pytest.mark.parametrize("text", ["", "Rain delays the harvest festival", "Putin speaks to the nation"])
def test_what_cannot_be_about_a_partnership_has_no_tags(text: str) -> None:
    assert tagged(text) == Tags()


def test_the_same_text_gives_the_same_tags() -> None:
    text = "Iran and North Korea send Russia drones, shells and 3,000 workers, Seoul says"
    found: list[Any] = [tagged(text) for _ in range(3)]
    assert found[0] == found[1] == found[2]
