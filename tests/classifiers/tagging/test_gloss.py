"""The sentence that is made of an entry's act: who gives what to whom, and no more than is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claimant_names import claimant_name
from classifiers.tagging.gloss import gloss_of, told_in
from classifiers.tagging.joint_acts import Told
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame
from db.records.tags import Quantity, Tag, Tags


def tags(frame: Frame, *more: Tag, quantities: tuple[Quantity, ...] = ()) -> Tags:
    return Tags((Tag("partner", "north_korea"), Tag("channel", "troops"), *more), quantities, (), (frame,))


def test_an_act_is_told_with_its_number_its_phase_and_who_says_so() -> None:
    frame = Frame("transfer", "north_korea", "russia", "planned", "alleged", "Seoul")
    told = gloss_of(tags(frame, quantities=(Quantity(12_000, "", "soldiers"),)))
    assert told == "North Korea sends people to Russia: 12,000 soldiers, planned, says Seoul"


def test_what_only_the_text_below_gives_is_told_in_the_headlines_keywords() -> None:
    frame = Frame("transfer", "russia", "belarus", "done", "plain", spans=((90, 99),))
    told = Tags((Tag("partner", "belarus"), Tag("channel", "diplomacy")), frames=(frame,))
    headline = "Arzt an der Grenze festgenommen: Putin fürchtet ein Leck"
    assert "Belarus" not in gloss_of(told, Told(headline, "", "de"))
    assert "backs Belarus" in gloss_of(told, Told(headline + " " * 60, "", "de"))


def test_a_guessed_arrow_is_not_told() -> None:
    frame = Frame("transfer", "north_korea", "russia", "done", "plain", certainty="guessed")
    assert gloss_of(tags(frame)) == "Russia and North Korea (troops)"


def test_a_giver_of_several_has_its_verb_in_the_plural() -> None:
    frame = Frame("transfer", "armed_groups", "russia", "done", "plain")
    assert gloss_of(tags(frame)) == "Armed groups send people to Russia"


def test_a_state_whose_name_ends_like_a_plural_is_one() -> None:
    frame = Frame("transfer", "belarus", "russia", "done", "plain")
    assert gloss_of(tags(frame)) == "Belarus sends people to Russia"


def test_what_both_do_names_both() -> None:
    frame = Frame("joint", phase="done", vouching="plain")
    told = Tags((Tag("partner", "china"), Tag("channel", "exercises")), (), (), (frame,))
    assert gloss_of(told) == "Russia and China hold drills"


@pytest.mark.parametrize(
    ("frame", "end"),
    [
        (Frame("transfer", "north_korea", "russia", "ended", "plain"), ": refused or ended"),
        (Frame("transfer", "north_korea", "russia", "done", "denied"), ": denied"),
        (Frame("transfer", "north_korea", "russia", "done", "confirmed"), ": confirmed"),
        (Frame("transfer", "north_korea", "russia", "done", "alleged"), ": alleged"),
        (Frame("transfer", "north_korea", "russia", "done", "plain"), "sends people to Russia"),
    ],
)
def test_phase_and_vouching_are_told_where_they_are_not_plain(frame: Frame, end: str) -> None:
    assert gloss_of(tags(frame)).endswith(end)


def test_a_number_that_is_denied_or_counted_in_passing_is_left_out() -> None:
    frame = Frame("transfer", "north_korea", "russia", "done", "plain")
    numbers = (Quantity(5_000, "", "soldiers", negated=True), Quantity(3, "", "days"))
    assert gloss_of(tags(frame, quantities=numbers)) == "North Korea sends people to Russia"


def test_what_may_come_is_told_by_how_much_it_may_be() -> None:
    numbers = (Quantity(2_000, "", "soldiers"), Quantity(9_000, "", "soldiers"))
    done, sought = (Frame("transfer", "north_korea", "russia", phase, "plain") for phase in ("done", "sought"))
    assert gloss_of(tags(done, quantities=numbers)).endswith(": 2,000 soldiers")
    assert gloss_of(tags(sought, quantities=numbers)).endswith(": 9,000 soldiers, sought")


def test_others_respond_only_where_the_headline_names_them() -> None:
    answered = tags(Frame("transfer", "north_korea", "russia", "planned", "plain"))
    answered = replace(answered, tags=(*answered.tags, Tag("response", "yes")))
    assert "others respond" in gloss_of(answered, Told("Japan weighs an answer to Kim's men", "", "en"))
    assert "others respond" not in gloss_of(answered, Told("Kim's men are on their way", "", "en"))


def test_nothing_is_told_without_an_act_or_a_partner() -> None:
    assert gloss_of(Tags()) == ""
    assert gloss_of(Tags((Tag("channel", "arms"),), (), (), (Frame("joint"),))) == ""


def test_a_claimant_in_another_script_is_told_by_the_actor_that_it_names() -> None:
    assert claimant_name("Seoul's spy agency") == "Seoul's spy agency"
    assert claimant_name("韩国国情院") == "South Korea"
    assert claimant_name("專家") == ""


@pytest.mark.parametrize(
    ("text", "language", "gloss"),
    [
        ("Иран передал России ракеты", "ru", "Iran sends arms to Russia"),
        ("Russland übergibt dem Iran Raketen", "de", "Russia sends arms to Iran"),
        ("俄罗斯从伊朗获得弹道导弹", "zh", "Iran sends arms to Russia"),
    ],
)
def test_entries_in_any_language_are_told_in_english(text: str, language: str, gloss: str) -> None:
    assert gloss_of(tagged(analyse(text, language), read_watchlist())).startswith(gloss)


def test_of_what_is_sought_against_the_others_will_who_gives_is_not_told() -> None:
    frame = Frame("transfer", "north_korea", "russia", "sought", "plain")
    told = replace(tags(frame), tags=(*tags(frame).tags, Tag("friction", "yes")))
    assert (
        gloss_of(told, Told("The sale that Moscow wants", "", "en"))
        == "Russia and North Korea (troops): sought, friction"
    )


def test_what_is_no_act_has_no_phase() -> None:
    told = Tags((Tag("partner", "china"),), frames=(Frame("none", phase="sought"),))
    assert gloss_of(told, Told("Two wars at once: who would pay?", "", "en")) == ""


def test_friction_of_another_partner_is_none_between_those_who_act() -> None:
    told = tags(Frame("transfer", "north_korea", "russia", "done", "plain"), Tag("friction", "yes"))
    assert gloss_of(told) == "North Korea sends people to Russia: friction"
    first = replace(told, tags=(Tag("partner", "china"), *told.tags))
    assert gloss_of(first) == "North Korea sends people to Russia"


@pytest.mark.parametrize(
    ("headline", "language", "figure"),
    [
        ("Pyongyang may send up to 3,000 soldiers", "en", "up to 3,000 soldiers"),
        ("Pjöngjang schickt mindestens 3000 Soldaten", "de", "at least 3,000 soldiers"),
        ("Pyongyang sends 3,000 soldiers", "en", "3,000 soldiers"),
    ],
)
def test_a_figure_is_the_most_or_the_least_where_the_text_gives_it_so(
    headline: str, language: str, figure: str
) -> None:
    start = headline.index("3")
    quantity = Quantity(3_000, "", "soldiers", ((start, len(headline)),))
    frame = Frame("transfer", "north_korea", "russia", "done", spans=((start, len(headline)),))
    assert gloss_of(tags(frame, quantities=(quantity,)), Told(headline, "", language)).endswith(f": {figure}")


def test_what_a_headline_only_asks_is_in_question() -> None:
    frame = Frame("transfer", "north_korea", "russia", "done", "alleged")
    assert gloss_of(tags(frame), Told("Did Pyongyang send men?", "", "en")).endswith(": in question")
    assert gloss_of(tags(frame), Told("Pyongyang said to have sent men", "", "en")).endswith(": alleged")


def test_instructors_are_no_soldiers() -> None:
    told = tags(Frame("transfer", "russia", "north_korea", "done"), quantities=(Quantity(200, "", "soldiers"),))
    trainers = Told("Russian instructors teach in Pyongyang", "Some two hundred came.", "en")
    assert gloss_of(told, trainers).endswith(": 200 instructors")
    both = Told("Russian instructors and soldiers in Pyongyang", "Some two hundred came.", "en")
    assert gloss_of(told, both).endswith(": 200 soldiers")


def test_ones_soldiers_and_anothers_goods_are_two() -> None:
    frame = Frame("transfer", "north_korea", "russia", "done")
    told = Told("Envoys speak of Pyongyang's troops and China's supplies to Russia", "", "en")
    assert gloss_of(tags(frame), told).startswith("North Korea sends")


@pytest.mark.parametrize(
    "headline",
    [
        "Is there a rift between Russia and Serbia?",  # asked
        "Serbia scolds Russia and Cuba over grain",  # with whom it quarrels is not said by where it stands
        "Serbia laughs off talk of a rift with Russia",
    ],
)
def test_a_quarrel_that_is_not_plain_is_not_told(headline: str) -> None:
    told = tagged(analyse(headline, "en"), read_watchlist())
    assert "at odds" not in gloss_of(told, Told(headline, "", "en"))


@pytest.mark.parametrize(
    ("language", "headline", "sentence"),
    [
        ("en", "India halts Russian coal over a price row", "Russia and India are at odds over coal"),
        ("de", "Russland verhängt Importverbot für serbisches Getreide", "Russia and Serbia are at odds over grain"),
        (
            "en",
            "India halts Russian trade over payments",
            "Russia and India are at odds over energy and trade",
        ),
        ("es", "La India deja plantada a Rusia", "Russia and India are at odds"),
        ("en", "Serbia scolds Russia, ministry says", "Russia and Serbia are at odds"),
    ],
)
def test_two_who_quarrel_are_at_odds(language: str, headline: str, sentence: str) -> None:
    told = tagged(analyse(headline, language), read_watchlist())
    assert gloss_of(told, Told(headline, "", language)).partition("; in the headline")[0] == sentence


def test_money_is_not_counted_in_one_with_goods() -> None:
    headline = "Cuba sells Russia oil for $2 billion and drones"
    assert gloss_of(tagged(analyse(headline, "en"), read_watchlist()), Told(headline, "", "en")).endswith(
        ": $2 billion"
    )


@pytest.mark.parametrize(
    ("language", "headline", "sentence"),
    [
        ("en", "Cuba sends Russia dozens of guns and rocket launchers", "dozens of guns and rocket launchers"),
        ("de", "Kuba lieferte Russland Dutzende Geschütze und Raketenwerfer", "dozens of guns and rocket launchers"),
        ("ru", "Куба передала России десятки гаубиц и РСЗО", "dozens of guns and rocket launchers"),
        ("zh", "古巴向俄罗斯提供数十门榴弹炮和火箭炮", "dozens of guns and rocket launchers"),
        ("en", "Cuba sends Russia 30 guns and 20 rocket launchers", "30 guns"),
        ("en", "Cuba sends Russia 300 drones and Moscow pays in gold", "300 drones"),
        ("fr", "Cuba livre vingt lance-roquettes à la Russie", "20 launchers"),
        ("pl", "Kuba przekazała Rosji 20 wyrzutni", "20 launchers"),
        ("uk", "Куба передала Росії 20 пускових установок", "20 launchers"),
    ],
)
def test_what_a_headline_counts_is_told_by_its_kind(language: str, headline: str, sentence: str) -> None:
    told = gloss_of(tagged(analyse(headline, language), read_watchlist()), Told(headline, "", language))
    assert told.endswith(f": {sentence}")


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("en", "Iran hopes for Russian jets\nMoscow needs its jets itself.", "Russia sends arms to Iran: sought"),
        (
            "de",
            "Teheran hofft auf russische Kampfjets\nMoskau braucht seine Jets selbst.",
            "Russia sends fighter jets to Iran: sought, friction",
        ),
    ],
)
def test_what_a_headline_seeks_is_told_though_the_text_below_doubts_it(language: str, text: str, sentence: str) -> None:
    told = gloss_of(tagged(analyse(text, language), read_watchlist()), told_in(text, language))
    assert told.startswith(sentence)
