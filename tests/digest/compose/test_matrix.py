"""Partner by channel: counted is who gives or gets something, not who is named beside it."""

from __future__ import annotations

from db.records.frames import Frame
from db.records.tags import ClaimLink, Tag, Tags
from flows.digest.compose.matrix import in_words
from flows.digest.content.activity import LevelRow, Levels, Matrix
from tests.support.edition_records import composed, scored

TROOPS = Tags((Tag("channel", "troops"),), frames=(Frame("transfer", giver="north_korea", receiver="russia"),))


def counted(matrix: Matrix) -> dict[tuple[str, str], int]:
    return {
        (partner, channel): cell.today
        for partner, row in zip(matrix.partners, matrix.cells, strict=True)
        for channel, cell in zip(matrix.channels, row, strict=True)
        if cell.today
    }


def test_who_is_silent_about_troops_sends_none() -> None:
    told = scored(
        1, "China says nothing of North Korea's soldiers in Russia", tags=TROOPS, partners=("north_korea", "china")
    )
    assert counted(composed([told]).matrix) == {("North Korea", "troops"): 1}


def test_where_no_arrow_is_read_all_that_are_named_count() -> None:
    tags = Tags((Tag("channel", "troops"),))
    told = scored(1, "Talks of three on troops", tags=tags, partners=("north_korea", "china"))
    assert set(counted(composed([told]).matrix)) == {("China", "troops"), ("North Korea", "troops")}


def test_of_two_who_send_each_is_counted_for_what_the_claims_say_it_sends() -> None:
    links = tuple(ClaimLink(claim, "supports", 1.0, "") for claim in ("soldiers", "chips"))
    channels = tuple(Tag("channel", each) for each in ("troops", "dual_use", "diplomacy"))
    told = scored(1, "Of soldiers and chips", tags=Tags(channels, (), links), partners=("north_korea", "china"))
    ties = {"soldiers": (["north_korea"], ["troops"]), "chips": (["china"], ["dual_use"])}
    assert counted(composed([told], claim_ties=ties).matrix) == {
        ("North Korea", "troops"): 1,
        ("China", "dual-use goods"): 1,
        ("North Korea", "diplomacy"): 1,
        ("China", "diplomacy"): 1,
    }
    assert len(counted(composed([told]).matrix)) == 6


def test_the_words_of_the_levels_say_that_not_every_partner_is_among_them() -> None:
    rows = [
        LevelRow(kind="all", key="", name="All", counts=(2, 5), low=1, high=3, mark="more"),
        LevelRow(kind="partner", key="cuba", name="Cuba", counts=(0, 1), low=0, high=0, mark=""),
    ]
    told = in_words(Levels(days=("2026-11-21", "2026-11-22"), rows=tuple(rows)))
    assert told == (
        "Events that began on Sun 22 Nov: All 5 (usually 1 to 3). With the partners told of most: Cuba 1 (usually 0)."
        " All on the day before it: 2."
    )
