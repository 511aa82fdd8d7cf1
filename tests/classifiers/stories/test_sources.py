"""Independent origins and kinds of outlets."""

from __future__ import annotations

import pytest

from classifiers.stories.sources import origins_of
from tests.support.story_entries import entry

WIRE = (
    "A Russian rocket carried two Iranian satellites into orbit on Tuesday along with more than fifty small craft, "
    "and officials in Tehran called the launch a step forward for the country's private space firms."
)
OWN = (
    "Engineers in Isfahan cheered as telemetry arrived from both spacecraft, which their start-ups had built in three "
    "years with borrowed laboratories and parts bought wherever sanctions left a gap."
)


def test_copies_of_a_wire_are_one_origin() -> None:
    told = [
        entry(1, "Soyuz lifts two Iranian satellites", WIRE),
        entry(2, "Russian rocket puts Iranian craft in orbit", WIRE[:-40] + ", Meridian Wire reported.", hours=1),
        entry(3, "Isfahan's start-ups reach orbit on a Soyuz", OWN, hours=2),
    ]
    found = origins_of(told)
    assert found.origins == ((1, 2), (3,))
    assert found.independent == 2


def test_headlines_tell_where_there_is_no_text() -> None:
    title = "Soyuz lifts two Iranian satellites from Vostochny cosmodrome"
    found = origins_of([entry(1, title), entry(2, f"{title} - Outlet 2", hours=1), entry(3, "Two satellites for Iran")])
    assert found.origins == ((1, 2), (3,))


def test_an_outlet_is_one_origin_however_often_it_writes() -> None:
    assert origins_of([entry(1, "One", WIRE), entry(2, "Two", OWN, outlet="Outlet 1")]).origins == ((1, 2),)


def test_outlets_are_counted_by_kind_and_state_media_alone_are_named() -> None:
    state = [entry(n, f"Headline {n}", kind="state_media", hours=n) for n in (1, 2)]
    found = origins_of(state)
    assert (found.kinds, found.only_state_media) == ({"state_media": 2}, True)
    mixed = origins_of([*state, entry(3, "Another"), entry(4, "Another yet", outlet="Outlet 3")])
    assert (mixed.kinds, mixed.only_state_media) == ({"press": 1, "state_media": 2}, False)


TRANSLATED = [
    ("MOSCOW, Dec 18 (Reuters) - Two satellites built in Isfahan reached orbit on a rocket of the hosts.", "en"),
    ("Dwa satelity zbudowane w Isfahanie trafiły na orbitę, podaje agencja Reuters, powołując się na Teheran.", "pl"),
    ("Два спутника из Исфахана вышли на орбиту, сообщает Рейтер со ссылкой на космическое агентство страны.", "ru"),
    ("据路透社报道，伊斯法罕制造的两颗卫星已由火箭送入预定轨道，航天部门证实收到信号。", "zh"),
]


def test_reports_that_credit_one_agency_are_one_origin_in_whatever_language() -> None:
    told = [entry(n, f"Title {n}", text, language=lang) for n, (text, lang) in enumerate(TRANSLATED, 1)]
    own = entry(9, "Isfahan's start-ups reach orbit on a Soyuz", OWN)
    assert origins_of([*told, own]).origins == ((1, 2, 3, 4), (9,))


def test_a_text_that_credits_two_agencies_carries_the_words_of_neither() -> None:
    both = entry(2, "Another", "Reuters and Yonhap disagree about how many satellites were on board of the rocket.")
    assert origins_of([entry(1, "Title", TRANSLATED[0][0]), both]).independent == 2


def test_words_that_look_like_agencies_credit_none() -> None:
    told = [entry(n, f"Ap {n}", f"A pap of {n} reports, tassels and an app for the lusatian ria {n}.") for n in (1, 2)]
    assert origins_of(told).independent == 2


@pytest.mark.parametrize(
    ("one", "other", "origins"),
    [
        ("https://www.house.test/a", "https://fa.house.test/b", 1),
        ("https://news.house.co.uk/a", "https://www.house.co.uk/b", 1),
        ("https://one.co.uk/a", "https://two.co.uk/b", 2),
        ("https://eng.house.com.pl/a", "https://www.house.com.pl/b", 1),
        ("https://one.city.kawasaki.jp/a", "https://two.city.sapporo.jp/b", 2),
        ("https://xn--d1acufc.xn--p1ai/a", "https://en.xn--d1acufc.xn--p1ai/b", 1),
        ("https://house.gov.ir/a", "https://other.gov.ir/b", 2),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/b", 1),
        ("http://127.1.0.1:8000/a", "http://127.2.0.1:8000/b", 2),
        ("https://one.substack.com/a", "https://two.substack.com/b", 2),
        ("https://t.me/one/1", "https://t.me/two/1", 2),
        ("", "", 2),
        ("http://[::1", "http://[::1", 2),
    ],
)
def test_the_outlets_of_one_house_are_one_origin(one: str, other: str, origins: int) -> None:
    told = [entry(1, "One satellite", link=one), entry(2, "Tug fleet gains hulls", link=other)]
    assert origins_of(told).independent == origins
