"""Numbers with what they count: "12,000 soldiers", "a million shells", "$2 bn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.spots import Page
from db.tag_types import Quantity

SCALES = {
    "thousand": 1e3, "k": 1e3, "тысяч": 1e3, "тыс": 1e3, "tausend": 1e3, "mille": 1e3, "mil": 1e3, "tysięcy": 1e3,
    "tys": 1e3, "тисяч": 1e3, "천": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "هزار": 1e3, "الف": 1e3, "אלף": 1e3,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "m": 1e6, "mln": 1e6, "млн": 1e6, "миллион": 1e6, "миллионов": 1e6,
    "миллиона": 1e6, "millionen": 1e6, "mio": 1e6, "millones": 1e6, "мільйонів": 1e6, "milionów": 1e6,
    "ملیون": 1e6, "میلیون": 1e6, "מיליון": 1e6, "百万": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "milliarden": 1e9, "mrd": 1e9, "milliards": 1e9, "млрд": 1e9,
    "миллиардов": 1e9, "mld": 1e9, "miliardów": 1e9, "ملیار": 1e9, "میلیارد": 1e9, "מיליארד": 1e9, "亿": 1e8, "億": 1e8,
    "억": 1e8, "trillion": 1e12, "tn": 1e12, "трлн": 1e12, "조": 1e12, "万亿": 1e12,
}  # fmt: skip
MONEY = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollars": "USD", "dollar": "USD", "€": "EUR", "euros": "EUR",
    "euro": "EUR", "£": "GBP", "pounds": "GBP", "¥": "CNY", "yuan": "CNY", "rmb": "CNY", "元": "CNY", "₽": "RUB",
    "roubles": "RUB",
    "rubles": "RUB", "рублей": "RUB", "руб": "RUB", "₹": "INR", "rupees": "INR", "долларов": "USD", "долл": "USD",
    "美元": "USD", "달러": "USD", "دولار": "USD", "دلار": "USD", "евро": "EUR", "₩": "KRW", "원": "KRW",
}  # fmt: skip
UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "проц": "percent", "процентов": "percent",
    "процента": "percent", "prozent": "percent", "barrels": "barrels", "bpd": "barrels a day", "b/d": "barrels a day",
    "barrels per day": "barrels a day", "barrels a day": "barrels a day", "tonnes": "tonnes", "tons": "tonnes",
    "tonne": "tonnes", "metric tons": "tonnes", "тонн": "tonnes", "tonnen": "tonnes", "吨": "tonnes", "톤": "tonnes",
    "km": "km", "kilometres": "km", "kilometers": "km", "км": "km", "mw": "MW", "gw": "GW",
    "cubic metres": "cubic metres", "cubic meters": "cubic metres", "bcm": "billion cubic metres",
    "баррелей": "barrels", "桶": "barrels", "배럴": "barrels",
}  # fmt: skip
WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "a dozen": 12, "half a": 0.5}  # fmt: skip
COUNTED = (
    "troops|soldiers?|servicemen|fighters|mercenaries|instructors|workers|labou?rers|engineers|sappers|recruits?|men|"
    "people|nationals|citizens|students|prisoners|pows|personnel|volunteers|shells|rounds|missiles?|rockets?|drones?|"
    "uavs?|howitzers?|tanks?|jets?|aircraft|planes|helicopters?|warships?|ships?|vessels?|submarines?|tankers?|bombers?|"
    "containers?|trains?|flights?|trips?|barrels|tonnes|tons|cargoes|shipments?|firms|companies|entities|individuals|"
    "banks|chips|systems|batteries|satellites?|reactors?|launchers?|visits?|meetings?|documents|agreements|treaties|"
    "countries|states|leaders|plants|factories|kits|vehicles|trucks|wagons|cars|targets|casualties|dead|graves"
)
_scales, _money, _units = (
    "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True)) for table in (SCALES, MONEY, UNITS)
)
_NUMBER = re.compile(
    rf"(?<![a-z0-9_à-ӿ.,-])(?P<before>us\$|[$€£¥₽₹₩])?\s?"
    rf"(?:(?P<digits>\d{{1,3}}(?:[,\u00a0  ]\d{{3}})+|\d+(?:[.,]\d+)?)|"
    rf"(?P<word>(?:a dozen|half a|one|two|three|four|five|six|seven|eight|nine|ten|a)"
    rf"(?=\s(?:{_scales}|dozen|\w*\s?(?:{COUNTED}))\b)))"
    rf"(?:[\s-]?(?P<scale>{_scales})(?![a-zà-ӿ]))?(?:[\s-]?(?:of\s)?(?P<money>{_money})(?![a-zà-ӿ]))?"
    rf"(?:[\s-]?(?P<unit>{_units})(?![a-zà-ӿ]))?"
)
_NOUN = re.compile(
    rf"[\s-]+(?:of\s+)?(?:(?!in\b|and\b|to\b|on\b|at\b|by\b|as\b|for\b|from\b)[\w'-]+\s+){{0,3}}?(?P<noun>{COUNTED})\b"
)
YEARS = range(1900, 2100)
REACH = 24
"""Characters behind a number within which a cue of the lexicon is what it counts, in languages without a list."""


def quantities_in(page: Page) -> Iterator[Quantity]:
    """The quantities of a text, in its order; numbers that count nothing (years, dates, names) are left out."""
    folded = page.folded
    if not _DIGIT.search(folded) and not _WORDED.search(folded):
        return
    for match in _NUMBER.finditer(folded):
        amount = _amount(match)
        unit = MONEY.get(match["before"] or match["money"] or "", UNITS.get(match["unit"] or "", ""))
        counted, end = _counted(page, match)
        bare = not (match["scale"] or unit) and match["digits"] is not None
        if not (unit or counted) or (bare and amount in YEARS and "," not in match["digits"]):
            continue
        yield Quantity(amount, unit, counted, ((match.start(), end),))


_DIGIT = re.compile(r"\d")
_WORDED = re.compile(rf"\b(?:{'|'.join(WORDS)})\s")


def _amount(match: re.Match[str]) -> float:
    scale = SCALES.get(match["scale"] or "", 1.0)
    if match["word"]:
        return WORDS[match["word"]] * scale
    digits = re.sub(r"[\u00a0  ]", "", match["digits"])
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits):
        return float(digits.replace(",", "")) * scale
    return float(digits.replace(",", ".")) * scale


def _counted(page: Page, match: re.Match[str]) -> tuple[str, int]:
    """(what is counted, where the quantity ends): the noun that follows, in the words of the text."""
    noun = _NOUN.match(page.folded, match.end())
    if noun and page.index(noun.start("noun")) == page.index(match.start()):
        return noun["noun"], noun.end("noun")
    if page.reading.language == "en":
        return "", match.end()
    for cue in _cues(page):
        if 0 <= cue[0] - match.end() <= REACH and page.index(cue[0]) == page.index(match.start()):
            return page.reading.text[cue[0] : cue[1]], cue[1]
    return "", match.end()


def _cues(page: Page) -> list[tuple[int, int]]:
    goods = ("arms", "troops", "energy_trade", "transport", "dual_use")
    spans = [(cue.start, cue.end) for sentence in page.reading.sentences for cue in sentence.cues if cue.code in goods]
    return sorted(spans)
