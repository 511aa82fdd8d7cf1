"""A title as its outlet meant it: without the outlet's own name and without labels."""

from __future__ import annotations

import re

_ASKING = ("?", "？", "؟")
_OUTLET = re.compile(r"\s+[|\-–—]\s+[^|\-–—]{2,40}$")
_LIVE = re.compile(
    r"^(?:live|watch|video|analysis|opinion|explainer|breaking|exclusive|update \d|updated?)\s*[:|\-–—]\s*|"
    r"^\[[^\]]{1,12}\]\s*|^［[^］]{1,12}］\s*"
)


def asks(title: str) -> bool:
    """Whether a headline asks: it asserts nothing."""
    return title.rstrip().endswith(_ASKING)


def bare_title(title: str, outlet: str = "") -> str:
    """The title without the outlet's name at its end and without labels such as "Live:" at its beginning."""
    bare = _LIVE.sub("", title.strip())
    if outlet and (ended := bare.casefold()).endswith(outlet.casefold()):
        for mark in (" - ", " | ", " – ", " — "):
            if ended.endswith((mark + outlet).casefold()):
                return bare[: -len(mark + outlet)]
    return _OUTLET.sub("", bare)
