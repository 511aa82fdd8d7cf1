"""What aspects weigh is learned from lessons whose phase the tables have not seen."""

from __future__ import annotations

from classifiers.tagging.aspects import KNOWN, LEANING
from classifiers.tagging.fit_aspects import LEAST, PhaseLesson, check, fitted, out_of_fold


def lesson(number: int) -> PhaseLesson:
    """What goes on is under way and what is past done, of which their manner tells nothing."""
    phase, aspect = ("done", "a:t:past") if number % 2 else ("under way", "a:t:goes_on")
    return PhaseLesson(f"l-{number}", phase, {"1": 1.0}, {KNOWN: 1.0, aspect: 1.0}, True)


def few() -> list[PhaseLesson]:
    others = [
        PhaseLesson(f"{phase}-{number}", phase, {f"p:{phase}": 1.0}, {}, True)
        for phase in ("planned", "sought", "ended")
        for number in range(6)
    ]
    return [lesson(number) for number in range(40)] + others


def test_tables_are_asked_of_what_they_have_not_seen() -> None:
    told = list(out_of_fold(few()))
    assert len(told) == len(few())
    between = [phases for each, phases in told if each.aspects]
    assert all(abs(phases["done"] - phases["under way"]) < 0.3 for phases in between)


def test_aspects_decide_where_the_tables_cannot() -> None:
    told = list(out_of_fold(few()))
    weights = fitted(told)
    assert weights["a:t:goes_on"] > LEAST
    assert weights["a:t:past"] < -LEAST
    assert all(abs(weight) >= LEAST for weight in weights.values())
    assert weights.get(LEANING, 0.0) < weights["a:t:goes_on"]
    assert weights == fitted(told)


def test_what_is_reached_is_told_out_of_fold() -> None:
    count, before, right = check(list(out_of_fold(few())))
    assert count == len(few())
    assert before < right == count
