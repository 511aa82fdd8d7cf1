"""The table of claims: what it reads, and where it has no say."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.claim_evidence import evidence_of
from classifiers.tagging.claim_model import AGREED, LEAN, LINKED, claim_model, claim_text, evidence_features, model_of
from classifiers.tagging.claims import weighed
from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import read_watchlist
from db.records.tags import Tags

TEXT = "North Korean soldiers fight for Russia in Kursk"
MINE = '[[claim]]\nid = "troops-kp"\ntext = "mine"\npartners = ["all"]\nchannels = ["all"]\ndirection = "all"\n'


def page() -> tuple[DocumentLayout, Tags]:
    analysis = analyse(TEXT, "en")
    return DocumentLayout(analysis), tagged(analysis, read_watchlist())


def test_an_empty_table_leaves_what_the_claims_numbers_give() -> None:
    layout, tags = page()
    model = model_of({"intercepts": {"troops-kp": 1.0}, "features": {"e:cue": {"troops-kp": 0.5}}})
    [evidence] = [each for each in evidence_of(layout, tags, read_watchlist()) if each.claim.id == "troops-kp"]
    decision = claim_text(model, layout, tags).decision(evidence)
    assert decision > 1.0 + LEAN + 0.5 * evidence.cue
    assert evidence_features(evidence)["e:cue"] > 0


def test_the_shipped_table_knows_claims_of_the_watchlist_alone() -> None:
    model = claim_model()
    assert model is not None
    assert set(model.claims) <= {claim.id for claim in read_watchlist().claims}
    assert "troops-kp" in model.claims


def test_an_analysts_claim_of_the_same_id_does_with_its_own_numbers(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(MINE, encoding="utf-8")
    layout, tags = page()
    [strength] = [
        strength
        for each, strength in weighed(layout, tags, read_watchlist(file), claim_model())
        if each.claim.id == "troops-kp"
    ]
    assert strength == 0.5


def test_the_decision_is_that_of_the_features_in_the_table() -> None:
    layout, tags = page()
    model = claim_model()
    assert model is not None
    text = claim_text(model, layout, tags)
    shipped = [each for each in evidence_of(layout, tags, read_watchlist()) if each.claim.id in model.claims]
    for each in shipped:
        told = sum(
            model.evidence[each.claim.id].get(name, 0.0) * value for name, value in evidence_features(each).items()
        )
        agreed = AGREED * (each.strength >= LINKED)
        assert text.decision(each) == pytest.approx(text.decisions[each.claim.id] + told + LEAN + agreed)
        assert text.may_bear(each) or text.decision(each) < 0
    assert any(text.may_bear(each) for each in shipped)
    assert not all(text.may_bear(each) for each in shipped)
