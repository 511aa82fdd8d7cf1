"""How far a story's act has come and who stands for it, in a word or two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.records import ScoredEntry
from db.records.frames import Frame, Phase, Vouching
from db.records.tags import Tag, Tags
from tests.support.edition_records import composed, scored, stories


def arms(phase: Phase = "done", vouching: Vouching = "plain") -> Frame:
    return Frame("transfer", "iran", "russia", phase, vouching, "", "read")


def entry(number: int, frame: Frame, word: str = "reported", title: str = "", language: str = "en") -> ScoredEntry:
    named = (Tag("partner", "iran"), Tag("channel", "arms"), Tag("direction", "to_russia"), Tag("status", word))
    made = scored(number, title, tags=Tags(named, (), (), (frame,)), partners=("iran",), language=language)
    return replace(made, entry=replace(made.entry, summary="", body=""))


@pytest.mark.parametrize(
    ("frame", "word", "status"),
    [
        (arms("planned", "alleged"), "alleged", "planned, alleged"),
        (arms(), "reported", ""),
        (arms("under way", "confirmed"), "confirmed", "under way, confirmed"),
        (arms("done", "denied"), "denied", "denied"),
        (arms("ended"), "reported", "refused or ended"),
        (arms("sought"), "planned", "sought or possible"),
        (replace(arms("sought"), kind="joint"), "planned", "sought"),
    ],
)
def test_phase_and_vouching_are_told_where_they_are_not_plain(frame: Frame, word: str, status: str) -> None:
    assert stories(composed([entry(1, frame, word)]))[0].status == status


@pytest.mark.parametrize(
    ("others", "status"),
    [
        (("Paris and Rome",), "confirmed"),
        (("Paris", "Rome"), "confirmed"),
        (("Paris",), "alleged"),
    ],
)
def test_what_two_confirm_is_confirmed_and_one_official_s_word_is_only_his(
    others: tuple[str, ...], status: str
) -> None:
    more = [entry(2 + place, replace(arms("done", "confirmed"), claimant=each)) for place, each in enumerate(others)]
    together = [entry(1, arms("done", "alleged")), *more]
    assert stories(composed(together, {each.entry.id: 7 for each in together}))[0].status == status


def test_what_nobody_confirms_stays_alleged() -> None:
    both = [entry(1, arms("done", "alleged")), entry(2, arms("done", "plain"))]
    assert stories(composed(both, {1: 7, 2: 7}))[0].status == "alleged"


def test_a_denial_stands_before_a_confirmation() -> None:
    both = [entry(1, arms("done", "confirmed")), entry(2, arms("done", "denied"), "denied")]
    assert stories(composed(both, {1: 7, 2: 7}))[0].status == "denied"


def test_a_headline_told_by_its_keywords_has_no_phase_from_the_words_below_it() -> None:
    told_below = replace(arms("sought"), spans=((60, 70),))
    made = entry(1, told_below, "planned", "Iranische Banken, Russland und ein Abkommen", "de")
    story = stories(composed([made]))[0]
    assert (story.gloss or "").startswith("In the headline")
    assert story.status == ""


def test_a_story_of_an_older_version_keeps_its_one_word() -> None:
    old = Tags((Tag("channel", "arms"), Tag("status", "planned")))
    assert stories(composed([scored(1, tags=old)]))[0].status == "planned"


def test_what_is_sought_and_meets_with_friction_is_held_up() -> None:
    made = entry(1, arms("sought"), "planned")
    tags = replace(made.score.tags, tags=(*made.score.tags.tags, Tag("friction", "yes")))
    story = stories(composed([replace(made, score=replace(made.score, tags=tags))]))[0]
    assert (story.chain, story.status) == ("Iran ↛ Russia: arms", "held up")
