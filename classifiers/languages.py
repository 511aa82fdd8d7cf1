"""Which language a text is in, as far as the lexicon needs to know: by script, then by function words.

Headlines are too short for the statistics of a general detector; a feed's own tag helps where the script allows it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

UNKNOWN = ""
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("arabic", re.compile(r"[\u0600-\u06ff]")),
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u10ff\u1200-\u137f]")
_WORD = re.compile(r"[^\W\d_]+")
_PERSIAN = re.compile(r"[پچژگ]|(?:^|\s)(?:در|را|است|این|که|به|از|می|های)(?=\s|$)")
_UKRAINIAN = re.compile(r"[іїєґ]")
_BELARUSIAN = re.compile(r"ў")
_OTHER_CYRILLIC = re.compile(r"[ђјљњћџѓќѕәғқңөұүһ]")
_RUSSIAN = re.compile(r"[ыэёъ]|(?:^|\s)(?:и|в|на|с|не|по|о|из|за)(?=\s|$)")


def detect(folded: str, declared: str = "") -> str:
    """The ISO 639-1 code of the folded text's language, or "" where it cannot be told.

    ``declared`` (the feed's tag) decides where the text itself does not contradict it.
    """
    sample = folded[:400]
    if sample.isascii():
        return _latin(sample, declared)
    counts = {name: len(script.findall(sample)) for name, script in _SCRIPTS}
    others = len(_OTHER_SCRIPT.findall(sample))
    script, most = max(counts.items(), key=lambda pair: pair[1])
    if counts["ko"] >= 2 and counts["ko"] * 3 >= counts["zh"]:
        return "ko"
    if counts["ja"] >= 2:
        return "ja"
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    if others > max(most, latin / 3):
        return UNKNOWN
    # A Chinese word says as much as three Latin letters.
    if most * (3 if script == "zh" else 1) <= latin * 0.6:
        return _latin(sample, declared)
    return _of_script(script, sample)


def _of_script(script: str, sample: str) -> str:
    if script == "arabic":
        return "fa" if len(_PERSIAN.findall(sample)) >= 2 else "ar"
    if script != "cyrillic":
        return script
    if _OTHER_CYRILLIC.search(sample):
        return UNKNOWN
    if _BELARUSIAN.search(sample):
        return "be"
    return "uk" if len(_UKRAINIAN.findall(sample)) > len(_RUSSIAN.findall(sample)) / 2 else "ru"


@cache
def _function_words() -> dict[str, frozenset[str]]:
    told = tomllib.loads((resources.files("classifiers") / "function_words.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in told.items()}


@cache
def function_words() -> frozenset[str]:
    """The function words of all those languages together."""
    return frozenset().union(*_function_words().values())


def _latin(sample: str, declared: str) -> str:
    words = set(_WORD.findall(sample))
    counts = {language: len(words & known) for language, known in _function_words().items()}
    best = max(counts, key=lambda language: counts[language])
    if declared in counts and counts[declared] >= counts[best] - 1:
        return declared
    if counts[best] == 0:
        # A headline of names alone: English unless the feed says otherwise or letters of another tongue show.
        return declared or ("en" if sample.isascii() else UNKNOWN)
    if counts[best] == 1 and best != "en" and sample.isascii() and not declared:
        return "en"
    return best
