"""Lexicon + text → mentions, in one pass over the text (Aho-Corasick).

Actors are looked for in every text, cues only where the actors make it worth while: nine texts in ten name no
party at all, and that is what makes scoring quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from classifiers.lexicon.aliases import Alias
from classifiers.lexicon.datelines import lies_in, told_by
from classifiers.lexicon.read import read_lexicon
from classifiers.topics.active import by_topic

PROCLITICS = {
    "ar": frozenset("و ف ب ل ک س ال لل وال بال فال کال ول وب ولل فل وبال".split()),  # noqa: SIM905
    "he": frozenset("ו ה ב ל מ ש כ וה וב ול ומ וש שה שב של מה לה בה כש מש ושה כשה".split()),  # noqa: SIM905
}
"""What Arabic and Hebrew write in front of a noun without a space: and, so, in, to, like, the, from, that."""


class Mention(NamedTuple):
    """A stretch [start, end) of the folded text and what stands there."""

    start: int
    end: int
    code: str


class Matcher:
    """Finds aliases in folded text. Slow to build, so it is made once and used for every text."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        found: dict[str, list[Alias]] = {}
        for alias in aliases:
            found.setdefault(alias.text.lower(), []).append(alias)
        # The full table of states (DFA) is a tenth quicker and takes 200 MB more over all languages.
        self._automaton = AhoCorasick(found, implementation=Implementation.ContiguousNFA)
        self._told = [(*_what_is_needed(same), tuple(same)) for same in found.values()]

    def find(self, text: str, folded: str) -> list[tuple[int, int, Alias]]:
        """(start, end, alias) of every alias in the text, overlaps included, in the order of their ends."""
        hits: list[tuple[int, int, Alias]] = []
        told, size = self._told, len(folded)
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            needs_start, needs_end, needs_look, aliases = told[number]
            # Most of what the automaton finds is a piece of another word: it ends here, before any alias is looked at.
            goes_on = end < size and folded[end].isalnum()
            if goes_on and needs_end:
                continue
            inside = start > 0 and folded[start - 1].isalnum()
            if inside and needs_start:
                continue
            look = needs_look or inside or goes_on
            for alias in aliases:
                if not look or _stands_alone(alias, text, folded, start, end, inside, goes_on):
                    hits.append((start, end, alias))
        return hits


def _what_is_needed(same: Sequence[Alias]) -> tuple[bool, bool, bool]:
    """Of aliases written alike: whether all need the start of a word, whether all need its end, and whether one needs
    a look at the text itself (a whole word needs none)."""
    needs_start = not any(alias.match == "proclitic" or _goes_anywhere(alias) for alias in same)
    needs_end = not any(alias.open_end or _goes_anywhere(alias) for alias in same)
    return needs_start, needs_end, any(alias.exact for alias in same)


def _goes_anywhere(alias: Alias) -> bool:
    """Whether the alias counts inside other words too: scripts that write without spaces."""
    return alias.match == "substring" and not alias.exact


def _stands_alone(alias: Alias, text: str, folded: str, start: int, end: int, inside: bool, goes_on: bool) -> bool:
    """Whether what was found is the alias itself and not a piece of another word; ``inside`` and ``goes_on`` tell
    whether letters stand right before and right behind it."""
    if alias.exact and text[start:end] != alias.text:
        return False
    if _goes_anywhere(alias):
        return True
    if goes_on and not alias.open_end:
        return False
    if not inside:
        return True
    if alias.match != "proclitic":
        return False
    word = start
    while word > 0 and start - word <= 4 and folded[word - 1].isalnum():
        word -= 1
    return folded[word:start] in PROCLITICS.get(alias.language, ())


@by_topic
def actor_matcher(language: str) -> Matcher:
    """Finds the actors, pairs, traps and war frames that a text of that language may hold: its own and the English
    ones (firms and arms keep their Latin names everywhere), or all of them where the lexicon does not know it."""
    lexicon = read_lexicon()
    spoken = {language, "en"} if language in lexicon.languages else set(lexicon.languages)
    return Matcher(alias for alias in lexicon.aliases if alias.language in spoken and not _is_cue(alias))


@by_topic
def cue_matcher(language: str) -> Matcher:
    """Finds the cues of that language: a word of one language is noise in another."""
    return Matcher(alias for alias in read_lexicon().aliases if alias.language == language and _is_cue(alias))


def _is_cue(alias: Alias) -> bool:
    return alias.codes[0].startswith("cue:")


def find_actors(text: str, folded: str, language: str = "", day: date | None = None, outlet: str = "") -> list[Mention]:
    """The parties named, by position; ``day`` is when the text was published (people change office), ``outlet`` who
    published it (its own name is no mention).

    Where aliases overlap the longest stands (a name within a longer one is none); a pair gives one mention for each
    party that it names. Traps are swallowed; war frames (the focus as the attacker only) are given with the code
    "war_frame". What says where the text comes from (`classifiers.lexicon.datelines`) names nobody.
    """
    mentions = all_named(text, folded, language, day)
    origin = told_by(text, folded, [mention[:2] for mention in mentions], outlet) if mentions else []
    return [mention for mention in mentions if not lies_in(mention.start, mention.end, origin)]


def all_named(text: str, folded: str, language: str, day: date | None) -> list[Mention]:
    """The parties named, as in `find_actors`, those among them that only say where the text comes from."""
    hits = actor_matcher(language if language in read_lexicon().languages else "").find(text, folded)
    if not hits:
        return []
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    mentions: list[Mention] = []
    reach = 0
    for start, end, alias in hits:
        if start < reach:
            continue
        reach = end
        for code in alias.codes_on(day) if alias.term else alias.codes:
            if code != "trap":
                mentions.append(Mention(start, end, code))
    return mentions


def find_cues(text: str, folded: str, language: str) -> list[Mention]:
    """The cue words of that language, codes without their "cue:", by position."""
    hits = cue_matcher(language).find(text, folded)
    return [
        Mention(*hit) for hit in sorted({(start, end, code[4:]) for start, end, alias in hits for code in alias.codes})
    ]
