"""A story's act in a plain sentence, and in ever fewer words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from db.records.frames import Frame
from db.records.tags import Quantity, Tag, Tags
from flows.digest.compose.sentences import sentence
from flows.digest.compose.story import gather
from tests.support.edition_records import composed, scored, stories

FOCUS = "russia"


def tags(frame: Frame, channel: str = "arms", *more: Tag, numbers: tuple[Quantity, ...] = ()) -> Tags:
    return Tags((Tag("partner", "iran"), Tag("channel", channel), *more), numbers, frames=(frame,))


def said(title: str, told: Tags, language: str = "en") -> str:
    entry = scored(1, title, tags=told, partners=("iran",))
    (story,) = gather([replace(entry, score=replace(entry.score, language=language))], {})
    return sentence(story)


def gives(phase: str = "done", vouching: str = "plain", claimant: str = "") -> Frame:
    return Frame("transfer", "iran", FOCUS, phase, vouching, claimant)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (gives(), "Iran sends arms to Russia."),
        (gives("planned"), "Iran is to send arms to Russia."),
        (gives(vouching="denied"), "Denied: Iran sends arms to Russia."),
        (gives(vouching="alleged"), "Alleged: Iran sends arms to Russia."),
        (gives(vouching="alleged", claimant="analysts"), "Analysts say that Iran sends arms to Russia."),
        (gives(vouching="alleged", claimant="study"), "A study says that Iran sends arms to Russia."),
        (gives(vouching="alleged", claimant="Western"), "Western states say that Iran sends arms to Russia."),
    ],
)
def test_who_stands_for_an_act_is_told_before_it(frame: Frame, words: str) -> None:
    assert said("The road to the north", tags(frame)) == words


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (gives("sought"), "Iran may send drones to Russia."),
        (gives("under way"), "Iran sends drones to Russia."),
        (gives("sought", "alleged"), "Iran may send drones to Russia."),
        (gives("sought", "alleged", "Киев"), "Ukraine says that Iran may send drones to Russia."),
        (gives(vouching="denied", claimant="Тегеран"), "Iran denies that it sends drones to Russia."),
        (gives(vouching="denied", claimant="Киев"), "Denied by Ukraine: Iran sends drones to Russia."),
    ],
)
def test_what_is_only_possible_or_denied_is_told_so(frame: Frame, words: str) -> None:
    assert said("Иран и дроны для России", tags(frame), "ru") == words


def test_an_english_headline_stands_for_what_is_only_sought_or_lies_behind_it() -> None:
    assert said("Drones for Russia", tags(gives("sought"))) == ""
    answered = tags(gives(), "arms", Tag("response", "yes"))
    assert said("EU puts Iran under sanctions for arming Russia", answered) == ""
    assert said("Moscow gets drones as the EU looks on", answered) == "Iran sends drones to Russia; others answer."


def test_keywords_are_told_whole_and_those_beside_a_sentence_behind_it() -> None:
    guessed = replace(gives(), certainty="guessed")
    assert said("Иран и дроны для России", tags(guessed), "ru") == "In the headline: Iran, drones, Russia."
    assert said("Корабли везут иранские дроны в Россию", tags(gives()), "ru") == (
        "Iran sends drones to Russia; in the headline: ships."
    )


def test_a_contact_is_what_the_headline_says_and_names_alone_are_no_sentence() -> None:
    joint = Frame("joint", phase="done")
    assert said("Iran and Russia sign a treaty", tags(joint, "diplomacy")) == (
        "Signing of a treaty between Russia and Iran."
    )
    assert said("Iran and Russia, ten years on", tags(joint, "diplomacy")) == ""


def forms(title: str, told: Tags, **changes: Any) -> tuple[str, ...]:
    (story,) = stories(composed([scored(1, title, tags=told, partners=("iran",), **changes)]))
    return story.short_forms


def test_a_headline_is_shortened_at_its_joints_and_keeps_its_partner() -> None:
    assert forms("Iran denies building drones for Russia as ministers weigh the next step", tags(gives())) == (
        "Iran denies building drones for Russia",
    )
    assert forms("Minister lands for talks in Tehran", tags(gives())) == ("Minister lands for talks in Tehran",)


@pytest.mark.parametrize(
    "title",
    [
        "Iran will send more drones to Russia, but only if paid",
        "Iran may well send as many as a thousand drones to Russia",
        "“Iran sends drones to Russia, and will go on” says general",
    ],
)
def test_what_takes_back_or_bounds_what_was_said_is_never_cut_off(title: str) -> None:
    for form in forms(title, tags(gives())):
        assert not form.endswith((" only", " as many", "Russia, and", "“Iran sends drones to Russia"))
        assert form != "Iran will send more drones to Russia"


def test_who_alleges_stays_beside_what_is_alleged() -> None:
    told = tags(gives(vouching="alleged", claimant="Kyiv"))
    found = forms("Iran gave Russia dozens of drones in spring for its factories, Kyiv says", told)
    assert found[0] == "Iran gave Russia dozens of drones in spring, Kyiv says"
    assert all("Kyiv says" in form for form in found)


def test_a_headline_that_names_nobody_or_in_another_language_is_told_in_our_words() -> None:
    assert forms("Drones go north", tags(gives()))[0] == "Iran sends drones to Russia"
    assert forms("Иран передал дроны", tags(gives()), language="ru")[-1] == "Iran sends drones to Russia"


def test_how_far_an_act_has_come_is_not_left_out_with_its_figures() -> None:
    frame = gives("planned", "alleged", "people close to the general staff")
    frame = Frame(**{each: getattr(frame, each) for each in frame.__dataclass_fields__} | {"spans": ((0, 5),)})
    told = tags(frame, numbers=(Quantity(1000, "", "drones", spans=((0, 5),)),))
    assert all("planned" in form or form.startswith("Drones") for form in forms("Drones go north", told))


def test_an_english_headline_is_the_first_line_itself_also_beside_a_foreign_lead() -> None:
    told = composed([scored(1, "Drones go north", tags=tags(gives()), partners=("iran",))])
    assert [each.sentence for each in stories(told)] == ["Drones go north"]
    foreign = scored(1, "Иран передал дроны", tags=tags(gives()), partners=("iran",), language="ru", probability=0.99)
    live = scored(2, "Live: Iran hands over drones", tags=tags(gives()), partners=("iran",))
    plain = scored(3, "Iran hands over drones, at last", tags=tags(gives()), partners=("iran",))
    (story,) = stories(composed([foreign, live, plain], {1: 7, 2: 7, 3: 7}))
    if story.headline == "Иран передал дроны":
        assert story.gloss == "Iran hands over drones, at last"
    assert story.sentence == "Iran hands over drones, at last"
    (alone,) = stories(composed([foreign]))
    assert (alone.sentence, alone.gloss) == ("Iran sends drones to Russia.", "Iran sends drones to Russia.")


def test_the_keywords_of_a_headline_are_cut_for_a_subject() -> None:
    guessed = replace(gives(), certainty="guessed")
    entry = scored(1, "Иран, дроны, ракеты, корабли, нефть, газ и порты", tags=tags(guessed), partners=("iran",))
    foreign = replace(entry, score=replace(entry.score, language="ru"))
    (story,) = stories(composed([foreign]))
    assert story.short_forms[0] == "On Iran, drones, missiles, ships, oil, gas"


def test_a_partner_and_a_thing_stand_for_a_story_behind_another() -> None:
    content = composed([scored(1, "Drones go north", tags=tags(gives()), partners=("iran",))])
    assert [each.keyword for each in stories(content)] == ["Iran: drones"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (tags(Frame("joint", phase="planned"), "exercises"), "Russia and Iran are to hold drills."),
        (tags(Frame("joint", phase="sought"), "finance"), "Russia and Iran may arrange payments."),
        (tags(Frame("joint", phase="under way"), "transport"), "Russia and Iran work on routes."),
        (
            tags(gives("sought"), "arms", Tag("friction", "yes")),
            "Sought or possible: arms between Russia and Iran, with",
        ),
    ],
)
def test_the_tense_tells_how_far_an_act_has_come(told: Tags, words: str) -> None:
    assert said("Ein Satz, der nichts weiter sagt", told, "de").startswith(words)
