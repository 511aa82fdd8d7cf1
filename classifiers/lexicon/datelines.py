"""Where an article comes from is no part of what it tells: datelines, bylines, and agencies that are quoted.

"CAPITAL, Dec 18 (Agency) -", "某社某地12月18日电", "according to Agency", "Read it at Agency.com" name a place of
writing and whoever carries the words. An agency that acts ("Agency correspondent expelled") is a party like any other:
it is left out only where a form of quoting stands around it. Forms are told in ``datelines.toml``, agencies in the
topic's ``agencies.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from classifiers.text.fold import fold
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

AGENCIES = "agencies.toml"
AROUND = 70
"""Characters before and after an agency in which words of quoting are looked for."""
Span = tuple[int, int]
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻĞİŞÇА-ЯЁІЇЄҐ]"
_REST = r"[\w'’-]*+(?:\.[\w'’-]++)*+\.?"
"""The rest of a word, its last dot aside never given back: a place is tried at the beginning of every line."""
_PLACE = rf"{_CAPITAL}{_REST}(?:[ /]{_CAPITAL}?{_REST}){{0,2}}"
_LOUD = rf"{_CAPITAL}{{3,}}(?:[ /-]{_CAPITAL}{{2,}}){{0,2}}"
_DASH = r"\s*(?:[-–—=]{1,2}|:)(?=\s|$|[A-ZА-Я«\"“])"
_BY = rf"(?:By {_CAPITAL}[^\n()]{{2,80}}?\s+)?"
_OPENED = re.compile(
    # One class of characters comes first, so that the engine skips all others.
    r"[\[(【](?:"
    # [서울=뉴시스]고재은 기자 =   (서울=연합뉴스) 하채림 기자 =
    r"[가-힣·,/ ]{1,24}=[가-힣A-Za-z0-9 ]{2,12}[\])]\s*"
    r"(?:[가-힣]{2,4}(?:[ ·,][가-힣]{2,4}){0,2}\s?(?:특파원|기자)\s*=?)?"
    # 【北京=時事】 【モスクワ共同】 [モスクワ 12日 ロイター]
    r"|(?<=【)[^】\n]{1,14}(?:=[^】\n]{1,14}|共同|時事|AFP)】"
    r"|(?<=\[)[ァ-ヶー一-龥]{2,10}[ /]\s*\d{1,2}日\s*[^\]\n]{2,12}\]"
    r"|(?<=\()(?:Reporting|Writing|Editing|Additional reporting|Reportage|Bericht von|Reporte de) (?:by )?[^)\n]*\)?"
    r")"
)
_HAN = re.compile(
    # 新华社北京12月18日电   中新网莫斯科1月5日电（记者…）
    r"(?m:^|(?<=[\s】）)]))[一-龥]{2,14}(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)(?:[（(](?:记者|記者)[^）)\n]*[）)])?"
)
_LINES = (
    # أبوظبي في 02 مارس /قنا/   موسكو (رويترز) -   تهران - ایرنا -
    r"[\u0600-\u06ff]+(?: [\u0600-\u06ff]+){0,2}(?: \d{1,2} [\u0600-\u06ff]+)?"
    r"\s*(?:/[^/\n]{2,16}/|\([^)\n]{2,20}\)\s*[-–—:])",
    r"[\u0600-\u06ff]{3,12}\s*[-–—]\s*[\u0600-\u06ff]{3,8}\s*[-–—:]",
    r"(?:Reporting|Writing|Additional reporting) by [^\n]{3,200}",
    rf"By {_CAPITAL}[\w.'’-]+(?:,? (?:and )?{_CAPITAL}[\w.'’-]+){{0,5}}\s*(?m:$)",
)


def told_by(text: str, folded: str, named: Iterable[Span], outlet: str = "") -> list[Span]:
    """The stretches of a text that say where it comes from, in order: its datelines and bylines, agencies that are
    quoted, the name of its own ``outlet`` (as the feed gives it, or ""). ``named`` are the places at which parties
    are named."""
    spans = list(_datelines(text))
    places = list(dict.fromkeys(named))
    for start, end in places:
        if folded[start:end] in _agencies() and _is_quoted(folded, start, end):
            spans.append((_with_owner(folded, start, places), end))
    return sorted([*spans, *_own_name(folded, outlet, places)])


def lies_in(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether the stretch [start, end) lies within one of these."""
    return any(low <= start and end <= high for low, high in spans)


def _datelines(text: str) -> Iterator[Span]:
    begins = [0, *(match.end() for match in re.finditer("\n", text))]
    found = [_of_a_line().match(text, begin) for begin in begins]
    found += _OPENED.finditer(text)
    if any(sign in text for sign in "电電讯訊"):
        found += _HAN.finditer(text)
    return (match.span() for match in found if match)


@cache
def _of_a_line() -> re.Pattern[str]:
    """What stands at the beginning of a line."""
    months = "|".join(sorted(map(re.escape, _words()["months"]), key=len, reverse=True))
    day = rf"(?:(?:{months})[\w.]*\s?\d{{1,2}}|\d{{1,2}}\.?\s(?:{months})[\w.]*)(?:[,.]?\s\d{{4}})?"
    day = f"(?i:{day})"
    forms = (
        # CAPITAL, Dec 18 (Agency) -   МОСКВА, 18 декабря. /ТАСС/.   CITY, (AGN) –
        rf"{_BY}{_PLACE}(?:, {_PLACE}){{0,2}}[,.]?\s*(?:{day})?[,.]?\s*"
        rf"(?:\({_CAPITAL}[^)\n]{{1,40}}\){_DASH}|/[^/\n]{{2,20}}/\.?)",
        # МОСКВА, 18 дек — РИА Новости.   Москва. 18 декабря. INTERFAX.RU -   CITY, Jan 7 -
        rf"{_PLACE}[,.]\s+{day}[,.]?(?:{_DASH}\s*(?:[\w.]+(?:\s[\w.]+)?\.(?=\s))?|\s*{_CAPITAL}{{3,}}[\w.]*{_DASH})",
        # CITY – (below the headline alone: a headline may begin like that)
        rf"(?<=\n){_LOUD}\s[-–—]{{1,2}}\s",
    )
    return re.compile("|".join((*forms, *_LINES)))


@cache
def _words() -> Mapping[str, Any]:
    told = (resources.files("classifiers.lexicon") / "datelines.toml").read_text(encoding="utf-8")
    return tomllib.loads(told)


@by_topic
def _agencies() -> frozenset[str]:
    """The agencies of the topic, folded; none where it names none."""
    file = active().folder / AGENCIES
    names = read_toml(file)["names"] if file.is_file() else ()
    return frozenset(map(fold, names))


def _any(kind: str) -> str:
    """The words of a kind, of all languages, as one pattern; whole words where a script has spaces."""
    words = {fold(word) for words in _words()[kind].values() for word in words}
    return "|".join(_word(word) for word in sorted(words, key=len, reverse=True))


def _word(word: str) -> str:
    bare = re.escape(word.strip().removesuffix("*")).replace(r"\*", r"\w*")
    if re.match(r"[぀-ヿ一-龥가-힣]", word):
        return bare
    return rf"(?<!\w){bare}" + (r"\w*" if word.endswith("*") else r"(?!\w)")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before an agency that is quoted, and what stands after."""
    between, before, after = _any("between"), _any("before"), _any("after")
    enclosed = r"[(/\[]\s*"
    return (
        re.compile(rf"(?:(?:{before})\s*(?:['\"]|(?:{between})\s*){{0,5}}|{enclosed}|\s[-|]\s)$"),
        re.compile(rf"(?:\s*(?:{between})){{0,4}}\s*,?\s*(?:{after})|\.(?:com|ru|ir|cn|net|org|by|tv|info)(?!\w)"),
    )


def _is_quoted(folded: str, start: int, end: int) -> bool:
    head, tail = folded[max(0, start - AROUND) : start], folded[end : end + AROUND]
    before, after = _forms()
    if after.match(tail):
        return True
    found = before.search(head.rpartition("\n")[2])
    if not found:
        return bool(re.match(r"\s?:", tail)) and (start == 0 or folded[start - 1] == "\n")
    opened = found.group().strip()
    if opened[:1] in "(/[":
        return bool(re.match(r"[^\n()\[\]]{0,24}[)/\]]", tail))
    return opened[:1] not in "-|" or bool(re.match(r"[\s.]*(?:\n|$)", tail))


def _with_owner(folded: str, start: int, places: Iterable[Span]) -> int:
    """Where an agency's name begins together with the state that it is said to be of ("a state's news agency")."""
    owners = (low for low, high in places if high <= start and _ownership().fullmatch(folded, high, start))
    return min(owners, default=start)


@cache
def _ownership() -> re.Pattern[str]:
    return re.compile(rf"(?:'s)?\s*(?:(?:{_any('between')})\s*){{0,5}}")


def _own_name(folded: str, outlet: str, places: Iterable[Span]) -> Iterator[Span]:
    """Where the outlet names itself: a name that holds more than a party's own."""
    name = fold(outlet.strip())
    if not name or name not in folded:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
        if any(lies_in(low, high, [match.span()]) and (low, high) != match.span() for low, high in places):
            yield match.span()
