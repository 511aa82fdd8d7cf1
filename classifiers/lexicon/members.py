"""Members of partners that are groups: which of them a text names, and what a reader calls a partner in it.

``members.toml`` of a topic says for each group who belongs to it; the words by which they are named are those of the
lexicon, which finds them. Nothing of this is stored: ids, tags and counts keep the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classifiers.lexicon.mentions import find_actors
from classifiers.text.fold import fold
from classifiers.text.toml_text import read_toml
from classifiers.topics.active import active, by_topic

FILE, UNNAMED = "members.toml", "unnamed"
MOST_NAMED = 2
"""Members told of one group in one line: two are a list, more are the group."""
ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class Members:
    """``pieces`` is, for each group, what a word of the lexicon holds (folded) → the member's name; ``unnamed`` what
    a group is called of which no member is known."""

    pieces: Mapping[str, Mapping[str, str]]
    unnamed: Mapping[str, str]


@by_topic
def read_members() -> Members:
    """The members that the topic tells, none where it has no such file. Raises TomlError for one that is no TOML."""
    file = active().folder / FILE
    told = read_toml(file) if file.is_file() else {}
    unnamed = told.pop(UNNAMED, {})
    return Members({group: dict(_pieces(members)) for group, members in told.items()}, unnamed)


def _pieces(members: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, pieces in members.items():
        yield from ((fold(piece), name) for piece in pieces.split("|"))


@by_topic
def members_of(group: str, word: str) -> tuple[str, ...]:
    """The members for whom a folded word of the lexicon stands, in its order (some stand for two); none where it
    stands for the whole group. A piece that lies in a longer one counts for nothing."""
    held = read_members().pieces.get(group, {})
    taken: list[tuple[int, int, str]] = []
    for piece in sorted((each for each in held if each in word), key=len, reverse=True):
        start = word.index(piece)
        if all(start + len(piece) <= begin or end <= start for begin, end, _ in taken):
            taken.append((start, start + len(piece), held[piece]))
    return tuple(dict.fromkeys(name for *_, name in sorted(taken)))


def members_in(group: str, text: str, language: str) -> list[str]:
    """The members of a group that a text names, each once, in its order."""
    folded = fold(text)
    words = (folded[each.start : each.end] for each in find_actors(text, folded, language) if each.code == group)
    return list(dict.fromkeys(name for word in words for name in members_of(group, word)))


@by_topic
def names_of(partner: str) -> tuple[str, ...]:
    """Every name by which a line may call a partner: its own, and those of its members, as they stand alone."""
    members = dict.fromkeys(read_members().pieces.get(partner, {}).values())
    known = active().partners.get(partner)
    own = (known.display,) if known else ()
    return (*own, _group(partner, within=False), *(_alone(each) for each in members))


def partner_in(partner: str, headline: str, lead: str, language: str, *, within: bool = False) -> str:
    """What a reader calls a partner in a text: the members of the group that its headline names, else its first lines;
    the group where they name none or more than two, or where the headline names it itself. ``within`` a sentence it
    keeps its article. An id that the topic does not know is spelt out."""
    names = members_told(partner, headline, lead, language)
    return _told(names, within) if 0 < len(names) <= MOST_NAMED else _group(partner, within)


def members_told(partner: str, headline: str, lead: str, language: str) -> list[str]:
    """The members of a group that the headline names, else those that the first lines do, unless the headline names
    the group itself; none of what is no group."""
    for text in (headline, lead) if partner in read_members().pieces else ():
        if names := members_in(partner, text, language):
            return names
        if _is_named(partner, text, language):
            break
    return []


def _is_named(group: str, text: str, language: str) -> bool:
    """Whether a text names the group by a word that names nobody else: who is beside it may be its member."""
    found = find_actors(text, fold(text), language)
    places = {each[:2] for each in found if each.code != group}
    return any(each.code == group and each[:2] not in places for each in found)


def _told(names: list[str], within: bool) -> str:
    return " and ".join(names if within else map(_alone, names))


def _alone(name: str) -> str:
    return name.removeprefix(ARTICLE)


def _group(partner: str, within: bool) -> str:
    if unnamed := read_members().unnamed.get(partner):
        return unnamed if within else unnamed[:1].upper() + unnamed[1:]
    known = active().partners.get(partner)
    if known is None:
        return partner.replace("_", " ")
    return known.name if within else known.display
