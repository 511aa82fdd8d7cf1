"""A headline told in keywords: they say less than a sentence, and nothing that the headline does not say.

A sentence of ours that cannot be made is replaced by them, and one that leaves out what the news is has them behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.grammar.items import items_in
from classifiers.grammar.phrases import Phrase, phrases_in
from classifiers.grammar.read import Grammar, grammar_of
from classifiers.lexicon.concepts.read import acts, others
from classifiers.lexicon.concepts.told_acts import SAYING
from classifiers.lexicon.mentions import Mention
from classifiers.tagging.headline_words import OWNED, WHO, Word, figures_in, is_person, is_place, names_in, things_in
from classifiers.text.fold import fold
from classifiers.topics.active import active
from db.records.tags import Quantity

IN_HEADLINE = "In the headline"
"""How a telling in keywords begins."""
BELOW = "below it"
"""How it tells of the first sentence under the headline."""
OF = "of"
"""The mark of a party whose something is."""
OF_BETWEEN = 4
"""Characters of "of" with its blanks, at the most."""
MOST, MOST_BELOW = 6, 4
NAMING = frozenset((WHO, OWNED))
"""Kinds of keywords that say who."""
OF_GIVING = frozenset(("deliver", "supply", "sell", "buy", "import", "export"))
"""Concepts that add nothing to a sentence that tells who gives what to whom."""


def keywords_of(text: str, language: str, quantities: Iterable[Quantity] = ()) -> list[Word]:
    """The keywords of a text, by position, each once, things with their owners."""
    named, told = names_in(text, language), things_in(text, language)
    figures = list(figures_in(text, language, quantities))
    told = [each for each in told if not any(figure.id and each.is_beside(figure, 1) for figure in figures)]
    told = [each for each in told if not any(is_person(one) and each.is_within(one) for one in named)]
    held = [
        each
        for each in told
        if not (each.id in others() and any(is_person(one) and one.is_beside(each) for one in named))
    ]
    return _once(sorted([*with_owners(text, language, named, held), *figures]))


def in_keywords(headline: Sequence[Word], below: Sequence[Word], most: int) -> str:
    """ "In the headline: …", where these words say who and what; what the headline lacks of it stands in the words
    ``below``. Empty where both together do not say it, or where ``most`` characters do not hold it."""
    lacks = not any(each.kind in NAMING for each in headline) or not any(each.kind != WHO for each in headline)
    added = [each for each in below if each.text not in {word.text for word in headline}] if lacks else []
    kinds = {each.kind for each in (*headline, *added)}
    if kinds.isdisjoint(NAMING) or not kinds - {WHO} or not headline:
        return ""
    first, second = _texts(headline[:MOST]), _texts(added[:MOST_BELOW])
    while len(line := _line(first, second)) > most and (first or second):
        (second or first).pop()
    return line if first else ""


def _line(first: Sequence[str], second: Sequence[str]) -> str:
    return f"{IN_HEADLINE}: {', '.join(first)}" + (f"; {BELOW}: {', '.join(second)}" if second else "")


def beside(sentence: str, headline: Sequence[Word], room: int, *, gives: bool) -> str:
    """ "; in the headline: …", with what a sentence leaves out of what the headline speaks of, and who else is named;
    empty where it leaves out nothing but names and vague words, or where ``room`` characters hold nothing. ``gives``:
    whether the sentence tells who gives."""
    said = sentence.casefold()
    left = [each for each in headline if not _is_told(each, said) and not (gives and each.id in OF_GIVING)]
    left = [each for each in left if each.kind == WHO or not _is_vague(each)]
    texts = [] if all(each.kind == WHO for each in left) else _texts(left[:MOST])
    while texts and len(line := f"; {IN_HEADLINE.lower()}: {', '.join(texts)}") > room:
        texts.pop()
    return line if texts else ""


def _is_told(word: Word, said: str) -> bool:
    """Whether a sentence has a word already: a party by its name, a thing by its noun, in singular or plural."""
    if word.kind == WHO:
        return word.text.casefold() in said
    noun = _bare(word.text.rpartition("'s ")[2]).casefold()
    return noun.removesuffix("s") in said or word.text.casefold() in said


def _is_vague(word: Word) -> bool:
    """Whether it names no thing and no deed of its own: that somebody warns or cooperates, offices, what is traded."""
    return word.id in SAYING or word.id in others()


def _texts(words: Iterable[Word]) -> list[str]:
    return [each.text for each in words]


def with_owners(text: str, language: str, named: Sequence[Word], told: Sequence[Word]) -> list[Word]:
    """Names and things, a thing with its owner as one word where the grammar shows whose it is."""
    alone = _alone(named)
    apart = [each for each in alone if not any(_owns_as_part(each, thing) for thing in told)]
    beside_them = _owners(text, language, apart, told)
    kept: list[Word] = []
    for thing in told:
        within = (each for each in alone if _owns_as_part(each, thing))
        outside = (each for each, behind in beside_them if _owns(each, thing, text, behind=behind))
        owner = next(within, None) or next(outside, None)
        kept.append(_of(owner, thing) if owner else thing)
    return [*(each for each in named if not any(each.is_within(one) for one in kept)), *kept]


def _of(owner: Word, thing: Word) -> Word:
    low, high = min(owner.start, thing.start), max(owner.end, thing.end)
    return thing._replace(start=low, end=high, text=f"{_possessive(owner.text)} {_bare(thing.text)}", kind=OWNED)


def _alone(named: Sequence[Word]) -> list[Word]:
    """The actors among names, of whom two that are named at one place own nothing alone."""
    actors = [each for each in named if each.id in active().actors and not is_person(each) and not is_place(each)]
    return [each for each in actors if sum(one.overlaps(each) for one in actors) == 1]


def _owners(text: str, language: str, alone: Sequence[Word], told: Sequence[Word]) -> list[tuple[Word, bool]]:
    """(name, whether what it owns stands before it) of the actors that stand as an adjective before goods or in the
    case of an owner."""
    grammar = grammar_of(language)
    phrases = _phrases(grammar, text, alone, told) if grammar else {}
    found = []
    for each in alone:
        phrase = phrases.get(each.start)
        if phrase and grammar and (phrase.form == "good" or OF in (phrase.mark, _case(grammar, text, each))):
            found.append((each, phrase.mark == OF or grammar.adjective_after))
    return found


def _case(grammar: Grammar, text: str, name: Word) -> str:
    """The case that a name's own ending shows, whatever stands before it ("because of somebody's troops")."""
    written = fold(text)[name.start : name.end]
    return next((case for case, pattern in grammar.endings if pattern.search(written)), "")


def _phrases(grammar: Grammar, text: str, named: Sequence[Word], told: Sequence[Word]) -> dict[int, Phrase]:
    folded = fold(text)
    mentions = [Mention(each.start, each.end, each.id) for each in named]
    goods = [(each.start, each.end) for each in told]
    items = items_in(grammar, text, folded, 0, len(text))
    return {each.start: each for each in phrases_in(grammar, items, mentions, goods, folded)}


def _owns_as_part(owner: Word, thing: Word) -> bool:
    """Whether the word for a thing names its owner as well; not where that is part of the thing's own name."""
    is_one_word = owner.is_within(thing) or (thing.is_within(owner) and owner.start == thing.start)
    return thing.id not in acts() and is_one_word and thing.text == thing.text.casefold()


def _owns(owner: Word, thing: Word, text: str, *, behind: bool) -> bool:
    """Whether nothing stands between an owner and a thing that can be owned; what is done is nobody's thing."""
    if thing.id in acts() or thing.is_within(owner) or owner.is_within(thing):
        return False
    if owner.end <= thing.start:
        return text[owner.end : thing.start].isspace()  # in scripts without spaces nothing shows whose it is
    between = text[thing.end : owner.start]
    return (
        behind
        and thing.end <= owner.start
        and thing.is_beside(owner, OF_BETWEEN)
        and between.replace(" ", "x").isalpha()
    )


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") and not name.isupper() else f"{name}'s"


def _bare(thing: str) -> str:
    """Without its article."""
    return thing.removeprefix("a ").removeprefix("an ").removeprefix("the ")


def _once(words: Iterable[Word]) -> list[Word]:
    """Each text once; whoever is named as an owner is not named again."""
    kept = {each.text: each for each in reversed(list(words))}
    owners = [text for text in kept if any(other.startswith(_possessive(text) + " ") for other in kept)]
    return sorted(each for text, each in kept.items() if text not in owners)
