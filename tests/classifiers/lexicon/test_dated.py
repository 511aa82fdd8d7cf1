"""People change office: a name stands for whom it stood for on the day of the text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from classifiers.lexicon.aliases import Alias, Term
from classifiers.lexicon.mentions import find_actors
from classifiers.lexicon.read import LexiconError, read_lexicon, with_terms
from classifiers.tagging.scoring import analysis_of
from classifiers.text.fold import fold
from db.records import Entry

DATED = [alias for alias in read_lexicon().aliases if alias.term]


def codes(alias: Alias, day: date | None) -> set[str]:
    text = f"- {alias.text} -"
    return {mention.code for mention in find_actors(text, fold(text), alias.language, day)}


@pytest.mark.parametrize("alias", DATED, ids=lambda alias: f"{alias.language}-{alias.text}")
def test_every_dated_alias_stands_for_its_actor_within_its_term_alone(alias: Alias) -> None:
    assert alias.term
    outside = {alias.term.outside} - {""}
    if alias.term.since:
        assert codes(alias, alias.term.since) == set(alias.codes)
        assert codes(alias, alias.term.since - timedelta(days=1)) == outside
    if alias.term.until:
        assert codes(alias, alias.term.until - timedelta(days=1)) == set(alias.codes)
        assert codes(alias, alias.term.until) == outside
    assert codes(alias, None) == set(alias.codes)


def test_a_dated_alias_that_no_language_has_is_refused() -> None:
    with pytest.raises(LexiconError, match="'nobody' under nato"):
        list(with_terms([], {("nato", "nobody"): Term(date(2024, 1, 1), None, "")}))


@pytest.mark.parametrize(
    ("published", "partners"),
    [("2024-11-30", {"syria"}), ("2024-12-08", set()), (None, {"syria"})],
)
def test_an_entry_is_read_as_of_its_day(published: str | None, partners: set[str]) -> None:
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    title = "Putin received Assad in Moscow"
    entry = Entry(1, 1, "", "press", "", title, "", "", "", "", "en", moment, "stated", now)
    analysis = analysis_of(entry)
    assert {mention.code for mention in analysis.actors} - {"russia"} == partners
