"""How likely it is that a text tells the act that is read in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.act_confidence import DOUBTFUL, READ, SURELY, confidence, with_confidence
from classifiers.tagging.fit_act_confidence import ActLesson, fitted, judged, report
from classifiers.tagging.gloss import gloss_of, told_in
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame
from db.records.tags import Tags
from tests.support.judged_entries import FOLDER, STREAM

SENDS = "Iran sends Russia drones"
REVIEW = "A new book on the wars of our time\nFrom Iraq to Hungary, its author has watched Russia and China for years."
SENT = Frame("transfer", "iran", "russia", "done", "plain")


def told(text: str, probability: float = SURELY, language: str = "en") -> Tags:
    return tagged(analyse(text, language), read_watchlist(), probability=probability)


def test_a_plain_sentence_is_read() -> None:
    assert told(SENDS).frames[0].certainty == "read"


def test_two_that_are_only_named_do_nothing_surely() -> None:
    found = told(REVIEW, probability=0.2)
    assert found.frames[0].certainty == "doubtful"
    assert gloss_of(found, told_in(REVIEW, "en")) == ""


def test_of_a_doubtful_act_a_foreign_headline_is_told_in_keywords_alone() -> None:
    text = "Drohnen über Kursk und ein Flughafen\nDie Lage in Russland und im Iran bleibt, wie sie war."
    found = told(text, 0.02, "de")
    assert found.frames[0].certainty == "doubtful"
    assert gloss_of(found, told_in(text, "de")).startswith("In the headline: ")


def test_the_less_likely_a_text_is_about_the_topic_the_less_is_its_act() -> None:
    text = "Iran and Russia, a pipeline and gas from Iran for Russia"
    order = {"read": 0, "guessed": 1, "doubtful": 2}
    found = [order[told(text, probability).frames[0].certainty] for probability in (0.99, 0.5, 0.01)]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_a_sure_wording_needs_no_signs() -> None:
    assert told("Russia fired Cuban rockets", probability=0.01).frames[0].certainty == "read"
    assert with_confidence(SENT, {}) is SENT


def test_an_act_of_which_nothing_changes_hands_is_never_guessed() -> None:
    joint, signs = Frame("joint"), {"1": 1.0, "likely": 0.0}
    assert with_confidence(joint, signs).certainty in ("read", "doubtful")


def test_signs_are_weighed_as_they_are_learned() -> None:
    lessons = [ActLesson(str(n), "transfer", {"1": 1.0, "goods": float(n % 2)}, bool(n % 2), 1.0) for n in range(40)]
    weights = fitted(lessons)
    assert confidence(weights, {"1": 1.0, "goods": 1.0}) > 0.6 > confidence(weights, {"1": 1.0, "goods": 0.0})
    (line,) = report(lessons, [0.9 if each.is_told else 0.1 for each in lessons])
    assert "40, 0.50 true, area 1.000" in line
    assert f"from {READ} on 20, 1.00 true, 1.00 of the true" in line


@pytest.mark.skipif(not STREAM.is_file(), reason="the stream of real entries is not there")
def test_of_real_acts_most_that_are_read_are_true_and_few_that_are_doubtful() -> None:
    found = [each for each in judged(FOLDER / "told_acts.jsonl", STREAM, scored=True) if each.kind == "transfer"]
    guessed = replace(SENT, certainty="guessed")
    acts = [(each, with_confidence(guessed if each.signs["guessed"] else SENT, each.signs)) for each in found]

    def true(certainty: str) -> float:
        chosen = [each.is_told for each, frame in acts if frame.certainty == certainty]
        return sum(chosen) / len(chosen)

    assert len(found) > 300
    assert true("read") > 0.68
    assert true("doubtful") < 0.12
    assert DOUBTFUL["transfer"] < READ
