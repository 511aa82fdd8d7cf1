"""Who says so, or denies it, in English."""

from __future__ import annotations

from classifiers.tagging.claimant_names import claimant_name, denier_of, says
from classifiers.tagging.joint_acts import Told
from db.records.frames import Frame

DENIED = Frame("transfer", "iran", "russia", "done", "denied")


def test_an_office_is_told_with_its_state() -> None:
    assert claimant_name("우크라 국방장관", "ko") == "Ukraine's defence minister"
    assert claimant_name("전문가들", "ko") == "experts"
    assert claimant_name("Киев", "ru") == "Ukraine"


def test_a_denial_is_of_whoever_stands_alone_before_the_colon() -> None:
    assert denier_of(DENIED, Told("Песков: ракет не было", "", "ru")) == "Peskov"
    assert denier_of(DENIED, Told("О ракетах для Ирана: слухи", "", "ru")) == ""
    assert denier_of(DENIED, Told("Ракет не было", "", "ru")) == ""


def test_several_say_and_one_says() -> None:
    assert [says(each) for each in ("experts", "US", "Kyiv and Seoul", "state media")] == ["say", "says", "say", "say"]
