"""Which scripts write words without spaces between them, as ranges of characters."""

from __future__ import annotations

import re

KANA, HAN, HANGUL = r"\u3040-\u30ff", r"\u4e00-\u9fff", r"\uac00-\ud7a3"
CJK = KANA + HAN + HANGUL
"""For a class of characters in a regular expression. Hangul has spaces, but its particles hang on the words, so that
what is looked for stands inside others as in the two scripts beside it."""
UNSPACED_LANGUAGES = frozenset(("zh", "ja", "ko"))
FIRST_PAIRED = "\u1100"
"""From here on Unicode holds the scripts whose words are cut into pairs of characters."""
NEVER_SPACED = re.compile("[\u0e00-\u0eff\u2e80-\u312f\u31c0-\u9fff\uf900-\ufaff]")
"""Thai, Lao, kana and Han with their marks: where a word ends there cannot be seen."""
_CJK = re.compile(f"[{CJK}]")


def has_cjk(text: str) -> bool:
    """Whether a character of the text is kana, Han or Hangul."""
    return _CJK.search(text) is not None
