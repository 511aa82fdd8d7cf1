"""Stances: by phase, vouching and numbers."""

from __future__ import annotations

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claim_stance import stance_of
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.watchlist import read_watchlist
from db.records.frames import Frame
from db.records.tags import Quantity, Tag, Tags

LAYOUT = DocumentLayout(analyse("North Korea sends 3,000 soldiers to Russia", "en"))
CLAIMS = {claim.id: claim for claim in read_watchlist().claims}
DONE = Frame("transfer", "north_korea", "russia", "done", "plain")
SIZED = Quantity(3000, "", "soldiers", ((18, 32),))


@pytest.mark.parametrize(
    ("claim", "phase", "vouching", "stance"),
    [
        ("troops-kp", "done", "plain", "supports"),
        ("troops-kp", "done", "alleged", "supports"),
        ("troops-kp", "under way", "confirmed", "supports"),
        ("troops-kp", "done", "denied", "cuts_against"),
        ("troops-kp", "ended", "plain", "cuts_against"),
        ("troops-kp", "sought", "plain", "supports"),
        ("quid-cn-tech", "sought", "plain", "supports"),
        ("quid-cn-tech", "ended", "plain", "cuts_against"),
        ("visits", "ended", "plain", "cuts_against"),
        ("visits", "planned", "plain", "supports"),
        ("fissures", "ended", "plain", "supports"),
        ("response-suppliers", "done", "denied", "supports"),
    ],
)
def test_phase_and_vouching_decide(claim: str, phase: str, vouching: str, stance: str) -> None:
    frame = Frame("transfer", "north_korea", "russia", phase, vouching)  # type: ignore[arg-type]
    assert stance_of(LAYOUT, Tags(frames=(frame,)), CLAIMS[claim]) == stance


def test_friction_turns_no_act_around_and_a_headlines_number_updates() -> None:
    claim = CLAIMS["troops-kp"]
    assert stance_of(LAYOUT, Tags((Tag("friction", "yes"),), frames=(DONE,)), claim) == "supports"
    assert stance_of(LAYOUT, Tags((), (SIZED,), frames=(DONE,)), claim) == "updates"
    assert stance_of(LAYOUT, Tags((), (SIZED,), frames=(DONE,)), CLAIMS["visits"]) == "supports"
