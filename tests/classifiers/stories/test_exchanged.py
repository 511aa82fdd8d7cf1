"""Headlines that differ in one actor, place, thing or time, or in roles, are two events; other words are not."""

from __future__ import annotations

import pytest

from classifiers.stories.clustering import assign
from classifiers.stories.exchanged import exchanged
from tests.support.story_entries import entry

TWO = (
    ("Russia opens a training centre in Burkina Faso", "Russia opens a training centre in Niger"),
    ("EU puts sanctions on a Chinese bank in Heihe", "Britain puts sanctions on a Chinese bank in Heihe"),
    ("Minsk gets second battery of Iskander from Russia", "Minsk gets second battery of Pantsir from Russia"),
    (
        "First round of Russian talks with Iran ends in Yerevan",
        "Second round of Russian talks with Iran ends in Yerevan",
    ),
    ("Putin travels to Xi for talks on gas in Beijing", "Xi travels to Putin for talks on gas in Moscow"),
    ("Burkina Faso gets drones from Russia for its army", "Burkina Faso gets tanks from Russia for its army"),
    ("Putin talks to Erdogan by phone on Syria and grain", "Putin talks to Netanyahu by phone on Syria and grain"),
    ("Joint drill of both fleets begins in the Sea of Japan", "Joint drill of both fleets begins in the Gulf of Oman"),
    ("Iran is to lend Moscow 300 lorries, a leak shows", "Iran is to lend Moscow 40,000 tents, a leak shows"),
    ("俄罗斯代表团抵达平壤参加庆典", "朝鲜代表团抵达俄罗斯参加庆典"),
    ("俄副总理马罗佐夫抵京出席能源合作委员会会议", "俄副总理切尔尼亚抵京出席能源合作委员会会议"),
)
ONE = (
    ("Lukashenko quits as head of the ice hockey club", "Lukashenko resigns as head of the ice hockey club"),
    ("普京与习近平在北京举行会谈", "习近平与普京在北京举行会谈"),
    ("Russia supplies oil to Serbia, report says", "Serbia is supplied with oil by Russia, report says"),
    ("Putin and Xi talk of gas and of the Arctic", "Xi and Putin talk of gas and of the Arctic"),
    ("Putin opens a training centre in Bamako", "Putin opens a training centre in Bamako, aides say"),
    ("FT: Ukraine finds Korean shells near Kursk", "Financial Times: Ukraine finds Korean shells near Kursk"),
    ("Minister says Moscow has a deal with Minsk on gas", "Minister announces deal with Minsk on gas"),
    ("Xi trusts that Russians back him in 2024 r.", "Xi trusts that Russians back him in 2024 roku"),
)


def words(title: str) -> tuple[str, ...]:
    from classifiers.stories.fingerprint import fingerprint_of

    return fingerprint_of(entry(1, title)).words


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_events_in_the_same_words(one: str, other: str) -> None:
    assert exchanged(words(one), words(other), "en")
    assert exchanged(words(other), words(one), "en")
    assert len(assign([entry(1, one), entry(2, other)], [])) == 2


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_event_in_other_words(one: str, other: str) -> None:
    assert not exchanged(words(one), words(other), "en")
    assert not exchanged(words(other), words(one), "en")


def test_a_headline_is_not_exchanged_with_itself() -> None:
    assert not exchanged(words(TWO[0][0]), words(TWO[0][0]))
