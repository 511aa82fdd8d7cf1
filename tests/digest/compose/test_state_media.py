"""What only state media carry, beside the other stories of the day."""

from __future__ import annotations

from db.records.tags import Tag, Tags
from tests.support.edition_records import composed, scored, stories

LINKED = Tags((Tag("partner", "iran"), Tag("channel", "finance")))


def only_state_media(*others: tuple[str, str]) -> bool:
    """Whether that is said of a state outlet's report beside ``others``: each a kind of outlet and a headline."""
    told = [
        scored(number, title, kind=kind, tags=LINKED, partners=("iran",))
        for number, (kind, title) in enumerate(others, 2)
    ]
    content = composed(
        [scored(1, "Cash machines take foreign cards", kind="state_media", tags=LINKED, partners=("iran",)), *told]
    )
    return next(each.state_media_only for each in stories(content) if each.entry == 1)


def test_another_story_of_the_day_on_the_same_matter_from_others_says_that_it_is_not_theirs_alone() -> None:
    assert only_state_media()
    assert only_state_media(("press", "Caviar prices rise"))
    assert only_state_media(("state_media", "Foreign cards work in cash machines"))
    assert not only_state_media(("press", "Foreign cards work in cash machines"))
