"""Patterns that are left out could not have matched."""

from __future__ import annotations

import re

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import seed_examples
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.patterns.prefilter import Sieve, needs_of
from classifiers.tagging.patterns.read import patterns_of
from classifiers.tagging.watchlist import read_watchlist


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("suppl(?:y|ies) of", [{"suppl"}, {" of"}]),
        ("(?:sends|ships) [^\n]{1,60}?shells", [{"ends", "hips"}, {"shells"}]),
        ("(?:sent )?troops", [{"troops"}]),
        ("(?:troops|\\w+)", []),
        ("[\ue001\ue006](?:'s)? arms", [{"\ue001", "\ue006"}, {" arms"}]),
        ("oil(?! price)", [{"oil"}]),
        ("(?:crude ){1,2}oil|(?:lng ){2}", [{"crude ", "lng "}]),
        ("to|at", []),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, needs: list[set[str]]) -> None:
    assert {frozenset(need) for need in needs} == needs_of(re.compile(pattern))


def test_a_pattern_is_passed_where_all_it_needs_is_found_and_where_nothing_can_be_told() -> None:
    both, either, any_word = (re.compile(text) for text in ("ships .*shells", "shells|rockets", r"\w+"))
    sieve = Sieve([both, either, any_word])
    assert sieve.passing("it ships rockets") == {either, any_word}
    assert sieve.passing("it ships shells") == {both, either, any_word}
    assert sieve.passing("") == {any_word}


def test_no_pattern_that_matches_is_held_back_on_any_of_our_own_examples() -> None:
    watchlist = read_watchlist()
    of_claims = [pattern for claim in watchlist.claims for pattern in (*claim.patterns, *claim.against)]
    matched = 0
    for example in seed_examples():
        analysis = analyse(example.text, example.language)
        text = DocumentLayout(analysis).roles.text
        told = patterns_of(analysis.language)
        likely = {found for listed in told.likely(text).values() for found in listed} if told else set()
        asked = [pattern for listed in told.roles.values() for pattern in listed] if told else []
        hits = {pattern for pattern in asked if pattern.search(text)}
        claimed = {pattern for pattern in of_claims if pattern.search(text)}
        assert hits <= likely
        assert claimed <= watchlist.sieve.passing(text)
        matched += len(hits) + len(claimed)
    assert matched > 3000
