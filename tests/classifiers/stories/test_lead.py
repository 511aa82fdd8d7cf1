"""Which entry speaks for a story."""

from __future__ import annotations

from classifiers.stories.lead import in_lead_order
from db.records import Score, ScoredEntry
from tests.support.story_entries import NOON, entry

PLAIN = "China and Russia sign a gas contract in Moscow"


def scored(number: int, title: str, probability: float = 0.8, language: str = "en", kind: str = "press") -> ScoredEntry:
    made = entry(number, title, kind=kind)
    return ScoredEntry(made, Score(number, "m-1", probability, True, False, language, True, (), (), NOON))


def leads(*members: ScoredEntry) -> str:
    return in_lead_order(members)[0].entry.title


def test_the_most_central_headline_leads_and_not_the_surest() -> None:
    aside = scored(1, "Wine and fish for the guests in Moscow", 0.99)
    same = scored(3, "Russia and China sign gas contract")
    assert leads(aside, scored(2, PLAIN), same) == PLAIN


def test_a_headline_that_names_another_doer_than_the_others_does_not_lead_because_it_is_surer() -> None:
    others = (
        scored(2, "Japan warns Kim over shells", 0.94),
        scored(3, "Kim close to a deal. Japan warns", 0.97),
    )
    assert leads(scored(1, "Putin warns Kim over shells", 0.99), *others) == others[0].entry.title


def test_of_headlines_alike_one_that_tells_an_act_leads() -> None:
    told = scored(2, "China signs gas contract in Moscow", 0.78)
    assert leads(scored(1, "China: gas contract in Moscow signed", 0.8), told) == told.entry.title


def test_no_live_page_briefing_or_question_leads_beside_a_report() -> None:
    for title in (f"Live: {PLAIN}", f"Morning briefing: {PLAIN}", "What does the gas contract in Moscow change?"):
        assert leads(scored(1, title, 0.99), scored(2, PLAIN, 0.6)) == PLAIN
        assert leads(scored(1, title)) == title


def test_state_media_speak_last_and_the_edition_s_language_first() -> None:
    state = scored(1, PLAIN, 0.99, kind="state_media")
    german = scored(2, "China und Russland schließen Gasvertrag", 0.9, language="de")
    english = scored(3, "Gas contract signed in Moscow", 0.5)
    assert [each.entry.id for each in in_lead_order([state, german, english])] == [3, 2, 1]
