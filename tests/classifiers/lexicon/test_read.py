"""Every alias finds its actor or cue in a sentence of its language; none hides inside other words."""

from __future__ import annotations

import pytest

from classifiers.lexicon.aliases import Alias
from classifiers.lexicon.mentions import Matcher, find_actors, find_cues
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold

LEXICON = read_lexicon()
ACTOR_ALIASES = [alias for alias in LEXICON.aliases if not alias.codes[0].startswith("cue:")]
CUE_ALIASES = [alias for alias in LEXICON.aliases if alias.codes[0].startswith("cue:")]


@pytest.mark.parametrize("language", LEXICON.languages)
def test_every_alias_is_found_alone_between_other_words(language: str) -> None:
    aliases = [alias for alias in LEXICON.aliases if alias.language == language]
    matcher = Matcher(aliases)
    unseen = [
        alias
        for alias in aliases
        if not any(hit is alias for _, _, hit in matcher.find(f"« {alias.text} »", fold(f"« {alias.text} »")))
    ]
    assert unseen == []


@pytest.mark.parametrize("language", LEXICON.languages)
def test_every_actor_alias_gives_its_actor(language: str) -> None:
    wrong = [(alias.text, alias.codes) for alias in ACTOR_ALIASES if alias.language == language and not _gives(alias)]
    assert wrong == []


def _gives(alias: Alias) -> bool:
    text = f"- {alias.text} -"
    found = {mention.code for mention in find_actors(text, fold(text), alias.language)}
    return set(alias.codes) - {"trap"} <= found if alias.codes != ("trap",) else not found


@pytest.mark.parametrize("language", LEXICON.languages)
def test_every_cue_alias_gives_its_cue(language: str) -> None:
    for alias in CUE_ALIASES:
        if alias.language == language:
            text = f"- {alias.text} -"
            assert alias.codes[0][4:] in {cue.code for cue in find_cues(text, fold(text), language)}, alias


def test_aliases_are_written_folded() -> None:
    unfolded = [
        (alias.language, alias.text) for alias in LEXICON.aliases if not alias.exact and fold(alias.text) != alias.text
    ]
    assert unfolded == []


def test_an_alias_stands_for_one_actor_in_a_language() -> None:
    owners: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for alias in ACTOR_ALIASES:
        owners.setdefault((alias.language, alias.text.lower() + "=" * alias.exact), set()).add(alias.codes)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A malicious woman from Nigeria", {"africa"}),
        ("The malicious amount of a woman's romance", set()),
        ("Miranda ordered the crustacean, Cubans smoked", {"cuba"}),
        ("Turkeys roam; roast turkey for Thanksgiving", set()),
        ("Bone china in a china shop", set()),
        ("South Korea and North Korea", {"south_korea", "north_korea"}),
        ("us and them", set()),
        ("US and them", {"united_states"}),
        ("The putinesca was served with hot sauce near Delhiwala", set()),
        ("Indiana beat the Indian Wells side", set()),
        ("The South China Sea", set()),
        ("Kim Kardashian", set()),
        ("Sino-Russian trade", {"russia", "china"}),
        ("the axis of upheaval", {"russia", "china", "iran", "north_korea"}),
    ],
)
def test_names_inside_other_words_do_not_count(text: str, expected: set[str]) -> None:
    assert {mention.code for mention in find_actors(text, fold(text), "en")} == expected


def test_a_war_frame_is_not_russia_itself() -> None:
    text = "Russia's war in Ukraine enters its third winter"
    assert [mention.code for mention in find_actors(text, fold(text))] == ["war_frame"]


def test_cues_of_another_language_are_noise() -> None:
    text = "Die Gift war hier"
    assert find_cues(text, fold(text), "en") == []
