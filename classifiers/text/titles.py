"""A title as its outlet meant it: without the outlet's own name and without labels."""

from __future__ import annotations

import re

_ASKING = ("?", "？", "؟")
_CLOSING = " \n\"'”’»」』"
_PAST = "".join(map(chr, range(0xAC00 + 20, 0xD7A4, 28)))
"""The Korean syllables that end in ㅆ: of verbs in the past, as numbered in Unicode (chapter 3.12)."""
_ASKED = re.compile(
    rf"(?:[가-힣](?:까|는가|던가|은가|인가)|[{_PAST}]나|[^\W\d_][吗嗎]|[\u3040-\u30ff\u4e00-\u9fff]か)[\s\"'”’」』…]*$"
    r"|(?:또|다시|왜|언제)[^\n…]{0,10}(?:나|까)(?:…|\.\.)"
)
"""How headlines ask, or only suppose, that do without the mark: in Korean, Chinese, Japanese. Names end in 나, too."""
_OUTLET = re.compile(r"\s+[|\-–—]\s+[^|\-–—]{2,40}$")
_LIVE = re.compile(
    r"^(?:live|watch|video|analysis|opinion|explainer|breaking|exclusive|update \d|updated?)\s*[:|\-–—]\s*|"
    r"^\[[^\]]{1,12}\]\s*|^［[^］]{1,12}］\s*"
)


def asks(title: str) -> bool:
    """Whether a headline asks: it asserts nothing."""
    return title.rstrip(_CLOSING).endswith(_ASKING) or _ASKED.search(title) is not None


def bare_title(title: str, outlet: str = "") -> str:
    """The title without the outlet's name at its end and without labels such as "Live:" at its beginning."""
    bare = _LIVE.sub("", title.strip())
    if outlet and (ended := bare.casefold()).endswith(outlet.casefold()):
        for mark in (" - ", " | ", " – ", " — "):
            if ended.endswith((mark + outlet).casefold()):
                return bare[: -len(mark + outlet)]
    return _OUTLET.sub("", bare)
