"""Which language a text is in: by script, by function words, and by py3langid where these do not settle it.

Most texts of a feed are settled by their script, or by function words that agree with the feed's own tag, at no cost.
Headlines without a tag, or at odds with it, are asked of py3langid (decision 0061).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from classifiers.text.fold import fold
from classifiers.text.scripts import HAN, HANGUL, KANA

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = ""
LATIN = frozenset(("en", "de", "fr", "es", "pl", "pt", "it", "nl", "tr", "ro", "id", "vi", "cs", "sv"))
"""Languages in Latin letters that have function words; only some of them have a lexicon."""
SPOKEN = tuple("en de fr es ru uk pl he zh ko fa ar it pt tr ja nl ro cs".split())  # noqa: SIM905
"""The languages in which the default feeds, and most others, write."""
BESIDE = tuple("sv da no fi hu id vi bg sr hr sk lt lv et el hi th ka hy kk az be ur bn".split())  # noqa: SIM905
"""Those that could be taken for one of them."""
RARE = 0.1
"""What py3langid's belief in a language of `BESIDE` counts: with it 361 of 380 invented headlines, a third of them
nearly names alone, are told rightly, without it 351."""
SURE, HEARD = 0.9, 0.2
"""The share of py3langid's belief from which a language is sure, and from which the feed's own tag is believed."""
CLEAR = 2
"""By how many different function words a language must lead to need no further look."""
FEW_WORDS = 3
"""So few words are names; which language they are in cannot be told."""
SAMPLE = 240
"""Characters that are looked at. 400 tell the same language for all of 10,536 real texts with their feed's tag, and for
all but 12 without."""
_LETTERS = bytes(range(ord("a"), ord("z") + 1))
_NOT_LETTERS = bytes(code for code in range(128) if code not in _LETTERS)
_SPACED = bytes(code if code in _LETTERS else ord(" ") for code in range(256))
"""By it a plain text is cut into words: as bytes twice as fast as any pattern finds them."""
_SCRIPTS = (
    ("ko", re.compile(f"[{HANGUL}]+")),
    ("ja", re.compile(f"[{KANA}]+")),
    ("zh", re.compile(f"[{HAN}]+")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("arabic", re.compile(r"[\u0600-\u06ff]+")),
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u10ff\u1200-\u137f]+")
_WORD = re.compile(r"[^\W\d_]+")
_PERSIAN = re.compile(r"[پچژگ]|(?:^|\s)(?:در|را|است|این|که|به|از|می|های)(?=\s|$)")
_UKRAINIAN = re.compile(r"[іїєґ]")
_OTHER_CYRILLIC = re.compile(r"[ђјљњћџѓќѕәғқңөұүһ]")
_RUSSIAN = re.compile(r"[ыэёъ]|(?:^|\s)(?:и|в|на|с|не|по|о|из|за)(?=\s|$)")


class Language(NamedTuple):
    """An ISO 639-1 code, "" where none can be told, and whether it is beyond doubt."""

    code: str
    sure: bool


def detect(text: str, declared: str = "") -> str:
    """The code of the text's language, or "" where it cannot be told; see `language_of`."""
    return language_of(text, declared).code


def language_of(text: str, declared: str = "", folded: str | None = None) -> Language:
    """The language of a text (only its beginning is looked at). ``declared``, the feed's own tag, decides where the
    text itself does not contradict it; ``folded`` is the text folded, where it has been."""
    raw = text[:SAMPLE]
    sample = fold(raw) if folded is None else folded[:SAMPLE]
    if sample.isascii():
        return _latin(raw, sample, declared)
    latin = len(sample.encode("ascii", "ignore").translate(None, _NOT_LETTERS))
    if latin * 2 > len(sample):
        return _latin(raw, sample, declared)
    counts = {name: _letters(script, sample) for name, script in _SCRIPTS}
    script, most = max(counts.items(), key=lambda pair: pair[1])
    if counts["ko"] >= 2 and counts["ko"] * 3 >= counts["zh"]:
        return Language("ko", True)
    if counts["ja"] >= (2 if declared == "zh" else 1):
        return Language("ja", True)
    if _letters(_OTHER_SCRIPT, sample) > max(most, latin / 3):
        return Language(UNKNOWN, True)
    # A Chinese word says as much as three Latin letters.
    if most * (3 if script == "zh" else 1) <= latin * 0.6:
        return _latin(raw, sample, declared)
    return _of_script(script, raw, sample, declared)


def _letters(runs: re.Pattern[str], sample: str) -> int:
    return sum(map(len, runs.findall(sample)))


def _of_script(script: str, raw: str, sample: str, declared: str) -> Language:
    if script == "arabic":
        return _asked(raw, "fa" if len(_PERSIAN.findall(sample)) >= 2 else "ar", declared, ("ar", "fa"))
    if script != "cyrillic":
        return Language(script, True)
    if _OTHER_CYRILLIC.search(sample):
        return Language(UNKNOWN, True)
    ukrainian = len(_UKRAINIAN.findall(sample)) > len(_RUSSIAN.findall(sample)) / 2
    return _asked(raw, "uk" if ukrainian else "ru", declared, ("ru", "uk"))


def _asked(raw: str, by_letters: str, declared: str, spoken: tuple[str, ...]) -> Language:
    """The language of a script that several share: what its letters say where the feed says so too, else by
    py3langid."""
    if declared == by_letters:
        return Language(declared, True)
    shares = _shares(raw)
    code = max(shares, key=lambda language: shares[language])
    if declared in spoken and code in spoken and shares[code] < SURE:
        return Language(declared, False)
    return Language(code, shares[code] >= SURE)


@cache
def _languages_of_word() -> dict[str | bytes, tuple[str, ...]]:
    """Function word → the languages that it speaks for; plain words as bytes too, as `_SPACED` cuts them."""
    told = tomllib.loads((resources.files("classifiers.text") / "function_words.toml").read_text(encoding="utf-8"))
    languages: dict[str | bytes, tuple[str, ...]] = {}
    for language, words in told.items():
        for word in words.split():
            languages[word] = (*languages.get(word, ()), language)
    plain = {word.encode(): spoken for word, spoken in languages.items() if isinstance(word, str) and word.isascii()}
    return languages | plain


@cache
def function_words() -> frozenset[str]:
    """The function words of all those languages together."""
    return frozenset(word for word in _languages_of_word() if isinstance(word, str))


@cache
def _telling_words() -> frozenset[str | bytes]:
    return frozenset(_languages_of_word())


def _latin(raw: str, sample: str, declared: str) -> Language:
    speaks_for = _languages_of_word()
    words = sample.encode().translate(_SPACED).split() if sample.isascii() else _WORD.findall(sample)
    counts: dict[str, int] = {}
    for word in _telling_words().intersection(words):
        for language in speaks_for[word]:
            counts[language] = counts.get(language, 0) + 1
    best, most, second = "", 0, 0
    for language, count in counts.items():
        if count > most:
            best, most, second = language, count, most
        elif count > second:
            second = count
    if best and most - second >= (1 if best == declared else CLEAR):
        return Language(best, True)
    return _by_names(raw, sample, declared)


def _by_names(raw: str, sample: str, declared: str) -> Language:
    """A headline of names and rare words: by py3langid, which the feed's own tag may overrule where it doubts."""
    shares = _shares(raw)
    code = max(shares, key=lambda language: shares[language])
    if shares[code] >= SURE:
        return Language(code, True)
    few = len(sample.split()) <= FEW_WORDS
    if declared and (few or shares.get(declared, 0.0) >= HEARD):
        return Language(declared, False)
    return Language("en" if few and sample.isascii() else code, False)


def _shares(raw: str) -> dict[str, float]:
    """Language → py3langid's belief in it, those of `BESIDE` at a discount."""
    return {code: share if code in SPOKEN else share * RARE for code, share in _identifier().rank(raw)}


@cache
def _identifier() -> LanguageIdentifier:
    """py3langid's own model, restricted to `SPOKEN` and `BESIDE`. Read (0.7 s) when a text first needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages([*SPOKEN, *BESIDE])
    # It would keep the figures of all its languages, 28 MB in each process that scores.
    return LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
