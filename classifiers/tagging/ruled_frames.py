"""A frame as the sure wordings of the headline and lead correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from classifiers.tagging.document_layout import DocumentLayout
from classifiers.tagging.sure_rules import KIND, PHASE, VOUCHING, ruled_arrows, ruled_value
from classifiers.topics.active import active
from db.records.frames import Frame, Kind, Phase, Vouching


def ruled_frame(layout: DocumentLayout, frame: Frame, partners: Sequence[str], talk: bool) -> tuple[Frame, bool]:
    """(the frame with what the rules say put in its place, whether they say who gives). ``talk``: whether its act goes
    through contact alone."""
    arrow = _arrow(layout, partners)
    if arrow is not None:
        frame = replace(frame, kind="transfer", giver=arrow[0], receiver=arrow[1], certainty="read")
    else:
        kind = cast(Kind, ruled_value(layout, KIND, _told_kind(frame), frame.kind, talk))
        if kind in ("joint", "none"):
            frame = replace(frame, kind=kind, giver="", receiver="", certainty="read")
    phase = cast(Phase, ruled_value(layout, PHASE, frame.phase, frame.kind, talk))
    vouching = cast(Vouching, ruled_value(layout, VOUCHING, frame.vouching, frame.kind, talk))
    if (phase, vouching) != (frame.phase, frame.vouching):  # as few are: a copy is not made for nothing
        frame = replace(frame, phase=phase, vouching=vouching)
    return frame, arrow is not None


def _told_kind(frame: Frame) -> str:
    """The kind of act, or that its arrow was only guessed."""
    return frame.kind if frame.certainty == "read" else frame.certainty


def _arrow(layout: DocumentLayout, partners: Sequence[str]) -> tuple[str, str] | None:
    """(giver, receiver) of the first arrow that names the focus and a partner, or one of the two alone."""
    focus, known = active().focus_actor.id, active().partners
    for giver, receiver in ruled_arrows(layout):
        for one, other in ((giver, receiver), (receiver, giver)):
            if one == focus and other in ("", *known):
                partner = other or next(iter(partners), "")
                if partner:
                    return (focus, partner) if one == giver else (partner, focus)
            if one in known and not other:
                return (one, focus) if one == giver else (focus, one)
    return None
