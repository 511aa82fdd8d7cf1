"""What a story tells plainly, and that it is read once."""

from __future__ import annotations

import tomllib

import pytest

from classifiers.lexicon.concepts.read import FOLDER
from classifiers.lexicon.concepts.told_verbs import done_by, told_file
from flows.digest.compose.kept import once_a_story
from flows.digest.compose.story import Story, gather
from flows.digest.compose.told_deeds import deeds_in, is_interpretation, told_deeds
from tests.support.edition_records import scored


def story(*titles: str) -> Story:
    """A story of reports with these headlines, each from an outlet of its own."""
    members = [scored(number, title) for number, title in enumerate(titles, 1)]
    (found,) = gather(members, dict.fromkeys(range(1, len(members) + 1), 7))
    return found


def words(*titles: str) -> list[str]:
    """Its deeds as a reader is told them."""
    return [deed.in_words() for deed in told_deeds(story(*titles))]


def test_the_lead_tells_deeds_and_so_do_two_reports_and_half_of_all() -> None:
    harbour = "Kim in Moscow, where the harbour is frozen"
    assert words(harbour) == []
    assert words(harbour, "Kim in Moscow: the harbour", "Kim signs a pact in Moscow", "Kim signs pact") == ["signed"]


def test_what_is_said_names_who_says_it_and_what_others_say_is_alleged() -> None:
    assert words("Putin warns Kim") == ["Putin warns Kim"]
    assert words("Kim signed the pact, Putin says") == ["signed, alleged", "a statement by Putin"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Japan imposes sanctions on Iran over drones", "Japan imposes sanctions on Iran"),
        ("Ukraine accuses Iran of lending drones", "Ukraine accuses Iran"),
        ("Putin warns on Iran", "Putin warns"),
        ("Putin praises the drones of a neighbour", "praise by Putin"),
        ("Kim heads to Moscow", "Kim leaves"),
        ("Russia and Iran sign a pact", "signed"),
    ],
)
def test_a_deed_is_told_by_who_does_it_to_whom(title: str, said: str) -> None:
    assert words(title) == [said]


def test_a_sentence_is_kept_for_what_a_verb_tells_alone() -> None:
    told = {concept for each in told_file().values() for concept in each.get("acts", ())}
    does = tomllib.loads((FOLDER / "steps.toml").read_text(encoding="utf-8"))["does"]
    assert set(does) <= told
    assert done_by("sanction", "") == "imposes sanctions"
    assert done_by("accuse", "") == ""


def test_no_live_page_or_question_tells_a_deed() -> None:
    assert words("Live: Kim visits Moscow") == []
    assert words("Why Kim visits Moscow") == []


def test_reading_a_sign_in_something_is_no_deed() -> None:
    assert is_interpretation(story("Visit by Kim next week signals a thaw"))
    assert not is_interpretation(story("Putin and Kim signal a thaw"))


def test_a_story_is_read_once() -> None:
    read = []

    @once_a_story
    def title_of(each: Story) -> str:
        read.append(each)
        return each.lead.entry.title

    one, other = story("Kim visits Moscow"), story("Kim leaves Moscow")
    assert [title_of(one), title_of(one), title_of(other)] == ["Kim visits Moscow"] * 2 + ["Kim leaves Moscow"]
    assert read == [one, other]


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("Cuba's national assembly ratifies treaty with Russia", "en", "ratified by Cuba"),
        ("La Asamblea Nacional de Cuba ratifica el tratado con Rusia", "es", "ratified by Cuba"),
        ("Kubas Parlament ratifiziert den Vertrag mit Russland", "de", "ratified by Cuba"),
        ("Парламент Белоруссии ратифицировал договор с Россией", "ru", "ratified by Belarus"),
        ("Assembly of Cuba's envoys and Belarus ratifies treaty", "en", "ratified"),
    ],
)
def test_a_house_ratifies_for_its_state(title: str, language: str, said: str) -> None:
    assert [deed.in_words() for deed in deeds_in(title, language)] == [said]
