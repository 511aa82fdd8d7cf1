"""Finds quantities in Chinese, Korean and Japanese, where number, counter and noun stand without spaces and what is
counted often stands before its number: 无人机123架, 포탄 100만 발."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.text.numbers.forms import NO_ROLE
from classifiers.text.numbers.names import is_year
from classifiers.text.numbers.scan import Found
from classifiers.text.numbers.signs import signs_of
from classifiers.text.numbers.things import IGNORED
from classifiers.text.numbers.values import amount_of
from classifiers.text.numbers.words import Words

MORE_THAN = frozenset("上近逾超过過達达约約 ")
"""What stands before a scale that is a number by itself: 上万."""
PEOPLE = frozenset(("soldiers", "workers", "prisoners", "dead", "wounded", "casualties"))
LONGEST = 6
"""Characters in a unit, a counter or a noun, at the most."""
AHEAD, BEHIND = 12, 16
"""Characters within which a noun is looked for behind and before a counted number."""
_STOP = re.compile(r"[。，、；：！？,;:!?\n…（(]|\. ")


class Runs:
    """One text being read."""

    def __init__(self, folded: str, words: Words) -> None:
        self.folded, self.words, self.signs = folded, words, signs_of(words)

    def read(self) -> Iterator[Found]:
        """The quantities of the text, in its order."""
        last = 0
        for match in self.signs.runs.finditer(self.folded):
            if match.start() < last or self._is_name(match):
                continue
            values = self._values(match)
            if values is None:
                continue
            low, high, end = self._ranged(*values, match)
            found = self._made(match, low, high, end)
            if found is not None:
                last = max(found.end, end)
                yield found

    def _is_name(self, match: re.Match[str]) -> bool:
        """Whether the digits belong to a type (苏-35), an ordinal (第三) or a resolution."""
        start = match.start()
        before = self.folded[max(0, start - 6) : start].rstrip()
        last = before[-1:]
        if last in ("-", "·", "/", ":", "#") or (last.isascii() and last.isalnum()):
            return True
        if len(match[0]) == 1 and self.words.roles.get(match[0], NO_ROLE).scale > 10 and last not in MORE_THAN:
            return True
        return before.endswith(self.signs.before) or self.folded.startswith("·", match.end())

    # Values

    def _values(self, match: re.Match[str]) -> tuple[float, float, int] | None:
        """(low, high, end) of a run."""
        run = match["percent"] or match["vague_run"] or match[0]
        if match["vague_run"]:
            base = self._product(match["vague_run"])
            return 2 * base, 10 * base - 1, self._past_tail(match.end())
        pair = self.signs.pairs.search(run)
        runs = (
            (run[: pair.start(2)] + run[pair.end(2) :], run[: pair.start(1)] + run[pair.end(1) :]) if pair else (run,)
        )
        values = [self._value(each, match.end()) for each in runs]
        if any(value is None for value in values):
            return None
        return values[0] or 0.0, values[-1] or 0.0, self._past_tail(match.end())

    def _product(self, run: str) -> float:
        base = 1.0
        for sign in run:
            base *= self.words.roles[sign].scale
        return base

    def _value(self, run: str, end: int) -> float | None:
        before, _, fraction = run.partition("点")
        if fraction:
            roles = self.words.roles
            figures = "".join(f"{roles[sign].cardinal:.0f}" if sign in roles else sign for sign in fraction)
            return (self._value(before, end) or 0.0) + float(f"0.{figures}")
        total, group = 0.0, 0.0
        current: float | None = None
        for part in self.signs.numerals.findall(run):
            role = self.words.roles.get(part)
            if role is None:
                current = amount_of(part, self.words, self._is_exact(run, end))
                if current is None:
                    return None
            elif not role.scale:
                step = 1 if self.words.language == "ko" else 10  # 스물다섯 adds, 二五 writes digits
                current = (current or 0.0) * step + role.cardinal
            elif role.scale < 10_000:
                group, current = group + (1.0 if current is None else current) * role.scale, None
            else:
                whole = group + (current or 0.0)
                total = total + whole * role.scale if whole else (total or 1.0) * role.scale
                group, current = 0.0, None
        return total + group + (current or 0.0)

    def _is_exact(self, run: str, end: int) -> bool:
        return self.folded[end : end + 1] in ("%", "％") or any(sign in run for sign in "万萬亿億兆만억조")

    def _past_tail(self, end: int) -> int:
        tail = self.signs.tail.match(self.folded, end)
        return tail.end() if tail else end

    def _ranged(self, low: float, high: float, end: int, match: re.Match[str]) -> tuple[float, float, int]:
        joiner = self.signs.joiners.match(self.folded, end)
        upper = self.signs.runs.match(self.folded, joiner.end()) if joiner and not match["vague_run"] else None
        values = self._values(upper) if upper else None
        if upper is None or values is None or (match["percent"] and not upper["percent"]):
            return low, high, end
        scale = self.signs.big.search(upper[0])
        if scale and not self.signs.big.search(match[0]) and low * self.words.roles[scale[0]].scale < values[1]:
            low *= self.words.roles[scale[0]].scale
        return (low, values[1], values[2]) if low < values[1] else (low, high, end)

    # What they count

    def _made(self, match: re.Match[str], low: float, high: float, end: int) -> Found | None:
        if match["percent"]:
            return Found(low, high, "percent", "", match.start(), end)
        money = self.words.units.find(self.folded[match.start() - 1 : match.start()]) if match.start() else ""
        if money and money != "percent":
            return Found(low, high, money, "", match.start() - 1, end)
        at = end + 1 if self.folded[end : end + 1] == " " else end
        kind, meaning, behind = self.signs.tails.longest(self.folded, at)
        if self._is_date(kind, meaning, low, end, match):
            return None
        if kind == "unit":
            return self._unit(match, low, high, meaning, behind)
        if kind == "noun":
            meaning = self._kind_of_people(match.start()) if meaning == "people" else meaning
            return self._counted(match, low, high, meaning, behind)
        if kind == "counter" and low != 1:
            noun, behind = self._noun(match, behind, meaning)
            return self._counted(match, low, high, noun, behind)
        return self._bare(match, low, high, end)

    def _is_date(self, kind: str, meaning: str, low: float, end: int, match: re.Match[str]) -> bool:
        if kind == "date":
            return True
        year = is_year(low) and end == match.end() and match[0].isdigit()
        return year and (meaning == "years" or kind == "" or kind == "counter")

    def _bare(self, match: re.Match[str], low: float, high: float, end: int) -> Found | None:
        after = self.folded[end : end + 1]
        worded = not any(sign.isdecimal() for sign in match[0])
        if worded or (after.isascii() and (after.isalpha() or after in "-:/·")):
            return None
        return Found(low, high, "", "", match.start(), end)

    def _unit(self, match: re.Match[str], low: float, high: float, told: str, end: int) -> Found:
        unit, _, factor = told.partition("*")
        if unit == "barrels" and self._is_daily(match.start(), end):
            unit = "barrels a day"
        size = float(factor or 1)
        return Found(low * size, high * size, unit, "", match.start(), end)

    def _is_daily(self, start: int, end: int) -> bool:
        near = self.folded[max(0, start - 8) : start] + self.folded[end : end + 3]
        return any(word in near for word in self.words.list("daily"))

    def _counted(self, match: re.Match[str], low: float, high: float, kind: str, end: int) -> Found | None:
        if kind == IGNORED:
            return None
        if kind in ("years", "months", "weeks", "days") and (half := self.signs.halves.match(self.folded, end)):
            low, high, end = low + 0.5, high + 0.5, half.end()
        return Found(low, high, "", kind, match.start(), end)

    def _noun(self, match: re.Match[str], end: int, counter: str) -> tuple[str, int]:
        """(class, end): the noun behind or before, in the order of the language, or what the counter alone counts."""
        after, behind = self._after(end), self._before(match.start())
        if self.words.language == "ko" and behind and not self.folded.startswith("의", end):
            return behind, end
        if after[0]:
            return (self._kind_of_people(match.start()), after[1]) if after[0] == "people" else after
        return behind or ("" if counter == "-" else counter), end

    def _kind_of_people(self, start: int) -> str:
        """Which people: 士兵1万人 are soldiers."""
        before = self._before(start)
        return before if before in PEOPLE else "people"

    def _after(self, end: int) -> tuple[str, int]:
        stop = _STOP.search(self.folded, end, end + AHEAD + LONGEST)
        last = min(stop.start() if stop else len(self.folded), end + AHEAD)
        for at in range(end, last):
            if self.folded[at].isdecimal() and self.words.language == "ko":
                break
            kind, meaning, behind = self.signs.things.longest(self.folded, at)
            if kind and behind <= max(last, at + 1):
                return meaning, behind
        return "", end

    def _before(self, start: int) -> str:
        text = self.folded[max(0, start - BEHIND) : start]
        stops = [stop.end() for stop in _STOP.finditer(text)]
        text = text[stops[-1] :] if stops else text
        nouns, sizes = self.words.nouns.whole, self.signs.endings
        for last in range(len(text), 1, -1):
            for size in sizes.get(text[last - 1], ()):
                if size > 1 and (meaning := nouns.get(text[max(0, last - size) : last])):
                    return meaning
        return ""
