"""What an expression cannot be found without: no find is ever lost by it."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.examples import seed_examples
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.literals import Expression, Wordings
from classifiers.tagging.sure_rules import channel_rules, rules_of, wordings_of
from classifiers.tagging.watchlist import shipped


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\bdeliver(?:s|ed)?\b", {"deliver"}),
        (r"(?:ships|sends) [^\n]{0,9}shells", {"shells"}),
        (r"\b(?:ship|send)s\b", {"hip", "end"}),
        (r"(?:grain )?(?:oil|gas)", {"oil", "gas"}),
        (r"(?:oil|o)", set()),
        (r"(?=[^\n]*harbour)\w+", {"harbour"}),
        (r"(?![^\n]*harbour)\w+", set()),
        (r"(?<=port )of", {"port "}),
        (r"(?:talks){0,2}", set()),
        (r"(?:talks){1,2}", {"talks"}),
        (r"(?i:talks)", set()),
        (r"(?i)talks", set()),
        (r"俄", {"俄"}),
        (r"\bto\b", set()),
        (r"reali[sz]e", {"reali"}),
        ("talks\nship", {"talks"}),
        ("[\ue000] sells", {" sells"}),
    ],
)
def test_letters_that_must_stand_there(pattern: str, literals: set[str]) -> None:
    assert Expression(pattern).literals == literals


def test_what_has_no_such_letters_is_always_possible() -> None:
    short, long = Expression(r"\bto\b"), Expression("talks")
    wordings = Wordings([short, long])
    assert wordings.possible("nothing") == {id(short)}
    assert wordings.possible("they held talks") == {id(short), id(long)}


def test_no_shipped_wording_is_missed() -> None:
    claims = [pattern for claim in shipped().claims for pattern in claim.expressions]
    found = 0
    for example in seed_examples()[::12]:
        layout = DocumentLayout(analyse(example.text, example.language))
        language = layout.analysis.language
        rules = [*channel_rules(language), *(rule for each in rules_of(language).values() for rule in each)]
        own = [pattern for rule in rules for pattern in rule.patterns]
        for patterns, wordings in ((own, wordings_of(language)), (claims, shipped().wordings)):
            possible = layout.possible(wordings)
            hits = [
                each for each in patterns if any(each.search(line) for line in (*layout.head_twice, layout.roles.text))
            ]
            assert {id(each) for each in hits} <= possible, (example.text, hits)
            found += len(hits)
    assert found > 100


def test_letters_of_two_parts_must_both_stand_there() -> None:
    lending = Expression("(?:lends|sells) [^\n]*shells")
    wordings = Wordings([lending])
    assert not wordings.possible("they fire shells")
    assert not wordings.possible("nobody lends a hand")
    assert wordings.possible("he sells his shells") == {id(lending)}


def test_function_words_tell_less_than_letters_that_are_as_long() -> None:
    assert Expression(r"\w+ with the fleet").literals == {" with the fleet"}
    assert Expression(r"\w+ with \w+ fleet").literals == {" fleet"}
