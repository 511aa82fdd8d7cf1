"""Roles of claims: who must give and who receive, and how acts fit."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claim_roles import NO_ROLES, Fit, direction_of_roles, role_faults, roles_of
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame

ROW = {"partners": ["north_korea"], "giver": ["partner"], "receiver": ["focus"]}
ROLES = roles_of(ROW)


@pytest.mark.parametrize(
    ("frame", "fit"),
    [
        (Frame("transfer", "north_korea", "russia"), "read"),
        (Frame("transfer", "north_korea", "russia", certainty="guessed"), "guessed"),
        (Frame("transfer", "russia", "north_korea"), "reversed"),
        (Frame("transfer", "russia", "north_korea", certainty="guessed"), "perhaps reversed"),
        (Frame("transfer", "iran", "russia"), "other"),
        (Frame("joint"), "other"),
        (None, "any"),
    ],
)
def test_an_act_fits_by_its_giver_and_receiver(frame: Frame | None, fit: Fit) -> None:
    assert ROLES.fit(frame) == fit


def test_what_both_do_fits_where_the_claim_says_so() -> None:
    assert roles_of({**ROW, "joint": True}).fit(Frame("joint")) == "read"
    assert NO_ROLES.fit(Frame("joint")) == "any"


def test_giver_and_receiver_tell_the_direction() -> None:
    assert direction_of_roles(ROW) == "to_russia"
    assert direction_of_roles({"giver": ["focus"], "receiver": ["iran"]}) == "from_russia"
    assert direction_of_roles({"direction": "mutual"}) == ""


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"giver": ["focus"]}, "giver"),
        ({"giver": "focus", "receiver": ["partner"]}, "giver"),
        ({"giver": ["focus"], "receiver": ["atlantis"]}, "receiver"),
        ({"joint": "yes"}, "joint"),
    ],
)
def test_wrong_roles_are_told_by_their_key(row: dict[str, object], key: str) -> None:
    assert [told for told, _ in role_faults(row, ["russia", "iran"])] == [key]


def test_the_reverse_of_a_claim_is_no_evidence_on_it() -> None:
    def claims(text: str) -> set[str]:
        return {link.claim for link in tagged(analyse(text, "en"), read_watchlist()).claims}

    assert "troops-kp" in claims("North Korea sends soldiers to Russia")
    assert "troops-kp" not in claims("Russia sends soldiers to North Korea")
