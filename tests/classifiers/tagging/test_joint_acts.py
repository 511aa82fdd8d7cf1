"""Who acts together, as the headline lists them, and what a contact was: talk only where somebody talks."""

from __future__ import annotations

import pytest

from classifiers.tagging.gloss import gloss_of
from classifiers.tagging.joint_acts import MOST, TALK, Told, alike, contact_of, contacts, counterparts
from db.records.frames import Frame
from db.records.tags import Tag, Tags


def gloss(headline: str, language: str = "en", partner: str = "cuba", lead: str = "") -> str:
    tags = Tags((Tag("partner", partner), Tag("channel", "diplomacy")), (), (), (Frame("joint", phase="done"),))
    return gloss_of(tags, Told(headline, lead, language))


@pytest.mark.parametrize(
    ("headline", "language", "partners"),
    [
        ("Minsk hosts talks of Russia, India and Cuba on grain", "en", ["india", "cuba"]),
        ("How Minsk, Moscow and Havana share one script", "en", ["belarus", "cuba"]),
        ("In Havanna treffen sich Russland, Indien und Belarus", "de", ["india", "belarus"]),
        ("In Minsk, Russia, India and Serbia meet", "en", ["india", "serbia"]),
        ("La Russie, l'Inde et la Serbie se retrouvent à Minsk", "fr", ["india", "serbia"]),
        ("В Гаване прошла встреча России, Индии и Сербии", "ru", ["india", "serbia"]),
        ("نشست مینسک با حضور هند، روسیه و صربستان", "fa", ["india", "serbia"]),
        ("中方支持俄朝自主发展关系", "zh", ["north_korea"]),
        ("SCO holds out a chair to Belgrade", "en", ["brics_sco", "serbia"]),
        ("Putin in Minsk calls India a friend", "en", ["belarus"]),
    ],
)
def test_partners_of_the_headline_come_before_a_venue(headline: str, language: str, partners: list[str]) -> None:
    assert counterparts(Told(headline, "", language), ["belarus", "cuba"]) == partners


def test_where_the_headline_names_no_partner_the_tag_tells_it() -> None:
    assert counterparts(Told("A quiet visit", "", "en"), ["cuba", "india"]) == ["cuba"]


@pytest.mark.parametrize(
    ("headline", "lead", "partners"),
    [
        ("New list hits suppliers in India, Serbia and Cuba", "", ["india", "serbia", "cuba"]),
        ("A new list", "It names firms in India and Serbia that sell to Russia.", ["india", "serbia"]),
        ("Indian traders on the list", "It names firms in India and Serbia.", ["india"]),
        ("India and Russia on the list", "", ["india"]),
        ("India's gas firm and Serbia's premier look east", "", ["india", "serbia"]),
        ("India's gas firm and Serbia look east", "", ["india"]),
    ],
)
def test_partners_that_do_the_same_are_told_together(headline: str, lead: str, partners: list[str]) -> None:
    assert alike(Told(headline, lead, "en"), "india") == partners
    assert len(partners) <= MOST


@pytest.mark.parametrize(
    ("headline", "language", "told"),
    [
        ("Russia and Cuba meet in Havana", "en", "Russia and Cuba talk"),
        ("Russian minister arrives in Havana for a summit", "en", "Russia and Cuba: a visit"),
        ("Russian minister arrives in Havana and meets Cuba's president", "en", "Russia and Cuba talk"),
        ("Putin besucht Kuba", "de", "Putin visits Cuba"),
        ("Cuba's assembly ratifies treaty with Russia", "en", "Russia and Cuba: ratification of a treaty"),
        ("Cuba's president signs treaty with Russia into law", "en", "Russia and Cuba: ratification of a treaty"),
        ("Cuba and Russia sign treaty that will come into force in May", "en", "Russia and Cuba: signing of a treaty"),
        ("Russie et Cuba signent un traité", "fr", "Russia and Cuba sign a treaty"),
        ("Путин и Диас-Канель подписали соглашение", "ru", "Putin and Cuba sign an agreement"),
        ("俄古签署条约", "zh", "Russia and Cuba: signing of a treaty"),
        ("What Havana gets from its treaty with Moscow", "en", "Russia and Cuba: a treaty"),
        ("Cuba belongs among the great, Putin tells a forum", "en", "Russia and Cuba"),
        ("What binds Moscow, Minsk and Havana", "en", "Russia, Belarus and Cuba"),
        ("BRICS and the search for a pole", "en", "Russia and BRICS"),
        ("The search of BRICS and SCO for a pole", "en", "Russia, BRICS and SCO"),
    ],
)
def test_a_contact_is_called_what_the_headline_says(headline: str, language: str, told: str) -> None:
    assert gloss(headline, language) == told


def test_the_lead_tells_of_a_talk_that_the_headline_leaves_out() -> None:
    assert gloss("Reading the envoy in Havana", lead="The visit to Cuba was about sugar.") == "Russia and Cuba talk"
    assert gloss("A chair for Havana", lead="It was offered before the summit in Kazan.") == "Russia and Cuba"


def test_where_nobody_talks_the_next_channel_is_named() -> None:
    channels = (Tag("channel", "diplomacy"), Tag("channel", "information"))
    tags = Tags((Tag("partner", "cuba"), *channels), (), (), (Frame("joint", phase="done"),))
    assert gloss_of(tags, Told("How Moscow and Havana sing one tune", "", "en")) == "Russia and Cuba (information)"


def test_givers_that_are_listed_have_their_verb_in_the_plural() -> None:
    tags = Tags((Tag("partner", "india"), Tag("channel", "dual_use")), (), (), (Frame("transfer", "india", "russia"),))
    told = Told("New list hits suppliers in India and Serbia", "", "en")
    assert gloss_of(tags, told) == "India and Serbia supply dual-use goods to Russia"


def test_wordings_name_concepts_of_the_glossary() -> None:
    known = contacts()
    assert known.talk_below < known.talk
    assert contact_of(Told("Cuba and Russia hold talks", "", "en")) == TALK
    assert not known.talk & {*known.before, *known.after}
