"""Partner by channel: counted is who gives or gets something, not who is named beside it."""

from __future__ import annotations

from db.records.frames import Frame
from db.records.tags import Tag, Tags
from flows.digest.content.activity import Matrix
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
