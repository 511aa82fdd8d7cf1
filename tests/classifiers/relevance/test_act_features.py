"""What the grammar reads in a sentence becomes features that name nobody."""

from __future__ import annotations

from classifiers.grammar.sentences import read_head
from classifiers.lexicon.analysis import analyse
from classifiers.relevance.act_features import ACT, PART, act_features


def features_of(text: str, language: str) -> dict[str, float]:
    return act_features(read_head(analyse(text, language)))


def test_parts_and_acts_of_the_headline_stand_twice() -> None:
    features = features_of("Iran sends drones to Russia", "en")
    assert {f"{PART}m=to", f"title:{PART}m=to", f"{ACT}give", f"title:{ACT}give"} <= features.keys()


def test_swapped_parties_give_the_same_parts() -> None:
    one, other = (features_of(f"{a} sends drones to {b}", "en") for a, b in (("Iran", "Russia"), ("Russia", "Iran")))
    assert one == other


def test_a_part_played_twice_counts_whole_and_third_parties_stand_beside() -> None:
    features = features_of("Russia and Iran sell oil to China, Japan says", "en")
    assert features[f"{PART}m=0"] == 1.0
    assert features["beside:third"] == 0.5


def test_a_language_without_a_grammar_is_read_by_the_fallback() -> None:
    assert features_of("Rusia Iran Shahed", "xx") is not None
