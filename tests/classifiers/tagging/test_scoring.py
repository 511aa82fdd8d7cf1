"""Scores and their reasons."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.explain import reasons
from classifiers.relevance.feature_phrases import Family, family_phrase
from classifiers.relevance.model import Model
from classifiers.relevance.training import train
from classifiers.tagging.scoring import score_batch
from db.records import Entry
from tests.support.small_examples import small_examples

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def model() -> Model:
    return train(small_examples(), None).model


def entry(number: int, title: str, summary: str = "", language: str = "en") -> Entry:
    return Entry(
        id=number,
        feed_id=1,
        outlet="Example",
        kind="press",
        country="",
        title=title,
        summary=summary,
        body="",
        link="",
        author="",
        language=language,
        published_at=NOW,
        published_status="stated",
        first_seen_at=NOW,
    )


def test_each_entry_gets_its_score_in_order(model: Model) -> None:
    entries = [entry(1, "Russia and Iran sign a defence pact"), entry(2, "Rain in Spain is in the plain")]
    first, second = score_batch(model, entries, NOW)
    assert (first.entry_id, second.entry_id) == (1, 2)
    assert first.flagged
    assert first.partners == ("iran",)
    assert not second.flagged
    assert second.reasons == ()


def test_the_headlines_partner_comes_first(model: Model) -> None:
    [score] = score_batch(model, [entry(1, "Russia sells oil to India", "Russia also sold some to China.")], NOW)
    assert score.partners == ("india", "china")


def test_an_unknown_language_is_said_to_be_unknown(model: Model) -> None:
    [score] = score_batch(model, [entry(1, "Ρωσία και Κίνα υπογράφουν συμφωνία", language="el")], NOW)
    assert not score.known_language


def test_nothing_to_score_gives_nothing(model: Model) -> None:
    assert score_batch(model, [], NOW) == []


def test_reasons_are_words_with_places_in_the_text(model: Model) -> None:
    text = "North Korea ships ammunition to Russia by rail"
    told = reasons(model, analyse(text, "en"))
    assert any("Russia and North Korea in the headline with" in reason.text for reason in told)
    spans = {text[start:end] for reason in told for start, end in reason.spans}
    assert {"North Korea", "Russia"} <= spans
    assert not any(
        char in reason.text
        for reason in told
        for char in "&@:"
        if "against" not in reason.text and "for" not in reason.text
    )


def test_sport_speaks_against(model: Model) -> None:
    told = reasons(model, analyse("Russia loses to China in the football championship", "en"))
    assert any(reason.text == "sport: against" and reason.weight < 0 for reason in told)


def test_judging_does_not_load_what_only_fitting_needs() -> None:
    """Importing scikit-learn takes longer than all else that a command does before it judges its first article."""
    code = (
        "import sys; import classifiers.relevance.champion, classifiers.tagging.scoring;"
        " print(*(name for name in ('sklearn', 'scipy.stats') if name in sys.modules), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("orders", "said"), [("Russian orders", "in a sentence without Russia"), ("such orders", "Russia unnamed")]
)
def test_the_focus_is_called_unnamed_only_where_no_sentence_names_it(orders: str, said: str) -> None:
    analysis = analyse(f"Chinese drones and the strikes on Ukraine's grid\nFirms have filled {orders} before.", "en")
    phrase = family_phrase(Family("implied"), analysis, 1.0)
    assert said in phrase
    assert ("Russia unnamed" in phrase) is not analysis.names_focus
