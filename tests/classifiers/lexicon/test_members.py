"""Members of groups of partners, by the words that the lexicon has for the group."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.lexicon.members import members_of, partner_in, read_members
from classifiers.lexicon.read import read_lexicon
from classifiers.text.fold import fold
from classifiers.topics.active import active

WHOLE = Path(__file__).with_name("words_of_whole_groups.toml")
GROUPS = ("africa", "gulf", "central_asia", "armed_groups", "brics_sco", "other")


def words_for(group: str) -> set[str]:
    return {fold(alias.text) for alias in read_lexicon().aliases if alias.codes == (group,)}


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_for_a_group_has_a_member_or_is_known_to_stand_for_the_whole(group: str) -> None:
    whole = set(tomllib.loads(WHOLE.read_text(encoding="utf-8"))[group].split("|"))
    assert {word for word in words_for(group) if not members_of(group, word)} == whole
    assert len(whole) < 0.35 * len(words_for(group))


def test_every_piece_is_held_by_a_word() -> None:
    for group, pieces in read_members().pieces.items():
        words = {fold(alias.text) for alias in read_lexicon().aliases if group in alias.codes}
        assert [piece for piece in pieces if not any(piece in word for word in words)] == []


@pytest.mark.parametrize(
    ("group", "word", "members"),
    [
        ("africa", "nigerian", ("Nigeria",)),
        ("africa", "nigerien", ("Niger",)),
        ("africa", "nigerino", ("Niger",)),
        ("africa", "somali", ("Somalia",)),
        ("africa", "mozambique", ("Mozambique",)),
        ("africa", "guinea-bissau", ("Guinea-Bissau",)),
        ("africa", "مالی والنیجر", ("Mali", "Niger")),
        ("africa", "南苏丹", ("South Sudan",)),
        ("africa", "african union", ()),
        ("other", "talibanes", ("Afghanistan",)),
        ("other", "petrobras", ("Brazil",)),
    ],
)
def test_a_word_belongs_to_whose_longest_piece_it_holds(group: str, word: str, members: tuple[str, ...]) -> None:
    assert members_of(group, word) == members


@pytest.mark.parametrize(
    ("partner", "language", "headline", "name"),
    [
        ("africa", "en", "Moscow's instructors land in Equatorial Guinea", "Equatorial Guinea"),
        ("africa", "fr", "Des instructeurs russes arrivent au Mali et au Niger", "Mali and Niger"),
        ("africa", "pt", "Moçambique recebe trigo da Rússia", "Mozambique"),
        ("africa", "en", "Egypt, Sudan and Libya sign up for wheat from Russia", "Africa"),
        ("africa", "de", "Russland lädt die Staaten Afrikas ein", "Africa"),
        ("africa", "en", "Wheat for the Central African Republic", "the Central African Republic"),
        ("armed_groups", "ru", "Москва отрицает передачу ракет хуситам", "Houthi fighters"),
        ("armed_groups", "ar", "وفد حماس يصل إلى موسكو", "Hamas"),
        ("central_asia", "ru", "Токаев приехал в Москву", "Kazakhstan"),
        ("central_asia", "tr", "Özbekistan Rusya'dan gaz alıyor", "Uzbekistan"),
        ("gulf", "he", "נשיא רוסיה נפגש עם שליט קטאר", "Qatar"),
        ("gulf", "ja", "ロシア、サウジと原油で協議", "Saudi Arabia"),
        ("other", "zh", "印尼总统访问莫斯科", "Indonesia"),
        ("other", "ko", "러시아, 미얀마에 전투기 인도", "Myanmar"),
        ("other", "uk", "Росія постачає зброю до М'янми", "Myanmar"),
        ("other", "en", "A cargo leaves for nobody knows where", "another state"),
        ("brics_sco", "es", "Rusia propone una moneda de los BRICS", "BRICS"),
        ("iran", "en", "Tehran and Moscow", "Iran"),
        ("no_such_partner", "en", "Nobody", "no such partner"),
    ],
)
def test_a_partner_is_called_by_the_members_that_a_headline_names(
    partner: str, language: str, headline: str, name: str
) -> None:
    assert partner_in(partner, headline, "", language, within=True) == name


def test_the_first_lines_tell_where_the_headline_names_neither_a_member_nor_the_group() -> None:
    lead = "The vessel was bound for Algeria, the port says."
    assert partner_in("africa", "Grain for a friend", lead, "en") == "Algeria"
    assert partner_in("africa", "Grain for Egypt", lead, "en") == "Egypt"


def test_of_a_group_in_the_headline_no_member_is_told_whom_the_text_names_in_passing() -> None:
    lead = "Ministers had front seats, though Bamako still counts its dead."
    assert partner_in("africa", "African ministers meet in Sochi", lead, "en") == "Africa"


def test_alone_a_name_has_no_article_and_a_capital() -> None:
    assert partner_in("africa", "Wheat for Bangui", "", "en") == "Central African Republic"
    assert partner_in("other", "", "", "en") == "Another state"


def test_groups_are_partners() -> None:
    assert read_members().pieces.keys() | read_members().unnamed.keys() <= active().partners.keys()
