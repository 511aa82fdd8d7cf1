"""Feeds of which it is known which element is which article, however the program that writes them names articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from tests.support.feed_documents import NOW

GUIDS = ("number", "link", "none", "one for all", "counter")
LINKS = ("path", "parameter", "page", "fragment", "doubtful", "front", "none")
"""How a feed names its articles: ``page`` is one page for all, ``fragment`` a place on it, ``doubtful`` a parameter
that other sites use for tracking."""
NAMELESS = [("none", "none"), ("counter", "none"), ("link", "none"), ("link", "front")]
"""What would tell nothing at all, or nothing that stays."""
WORDS = ("tugs", "barges", "quays", "cranes", "ferries", "locks", "pilots", "buoys")


@dataclass(frozen=True)
class Article:
    number: int
    title: str
    day: datetime | None
    summary: str


@dataclass(frozen=True)
class Habit:
    """How one feed writes."""

    guid: str
    link: str
    name: str

    @property
    def may_repeat_titles(self) -> bool:
        """Whether its articles are told apart where two have one title."""
        own_guid = self.guid == "number" and self.link not in ("page", "front")
        return own_guid or self.link in ("path", "parameter")

    @property
    def may_edit_titles(self) -> bool:
        """Whether something that stays tells which article it is when its title is another."""
        own_link = self.link in ("path", "parameter")
        return self.guid == "number" or (own_link and self.guid in ("none", "link", "one for all"))

    def element(self, article: Article, reading: int, noise: random.Random) -> str:
        """The article as the feed shows it at that reading; noise is what means nothing."""
        link = self._link(article)
        shown = _tracked(link, noise) if link else ""
        guid = {
            "number": f"{self.name}-{article.number}",
            "link": shown,
            "none": "",
            "one for all": "urn:feed",
            "counter": f"{article.number}-{reading}-{noise.random()}",
        }[self.guid]
        date = "" if article.day is None else f"<pubDate>{article.day:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        return (
            f"<item><title>{escape(article.title)}</title>{f'<link>{escape(shown)}</link>' if shown else ''}"
            f"{f'<guid>{escape(guid)}</guid>' if guid else ''}{date}<author>{article.number}</author>"
            f"<description>{escape(article.summary)}</description></item>"
        )

    def _link(self, article: Article) -> str:
        site = f"https://{self.name}.example"
        return {
            "path": f"{site}/news/{article.number}",
            "parameter": f"{site}/show?id={article.number}",
            "page": f"{site}/press/",
            "fragment": f"{site}/live#post-{article.number}",
            "doubtful": f"{site}/release?ref=2026-{article.number}",
            "front": f"{site}/",
            "none": "",
        }[self.link]


def _tracked(link: str, noise: random.Random) -> str:
    address, mark, fragment = link.partition("#")
    name = noise.choice(("utm_source", "utm_id", "fbclid", "at_medium", ""))
    added = f"{'&' if '?' in address else '?'}{name}={noise.randrange(99)}" if name and address.count("/") > 3 else ""
    return f"{address}{added}{mark}{fragment}"


def habits(chance: random.Random) -> Habit:
    """A feed that tells its articles apart somehow."""
    while True:
        guid, link = chance.choice(GUIDS), chance.choice(LINKS)
        if (guid, link) not in NAMELESS and not (guid == "one for all" and link == "none"):
            return Habit(guid, link, f"quay{chance.randrange(10**9)}")


def invented(habit: Habit, chance: random.Random, count: int) -> list[Article]:
    """Different articles. Where titles alone tell them apart these differ, or else their days; elsewhere some titles
    come twice."""
    articles: list[Article] = []
    for number in range(count):
        title = f"{chance.choice(WORDS)} {number} of {habit.name}".capitalize()
        if articles and habit.may_repeat_titles and chance.random() < 0.2:
            title = articles[-1].title
        day = None if chance.random() < 0.2 else NOW - timedelta(hours=chance.randrange(1, 200))
        articles.append(Article(number, title, day, f"On {chance.choice(WORDS)}, {number}."))
    return articles


def later(articles: Sequence[Article], habit: Habit, chance: random.Random) -> list[Article]:
    """The same articles as a later reading may show them: some edited, in another order."""
    shown = []
    for article in articles:
        if chance.random() < 0.3:
            article = replace(article, summary=f"{article.summary} More on {chance.choice(WORDS)}.")
        if habit.may_edit_titles and chance.random() < 0.2:
            article = replace(article, title=f"{article.title}, at last")
        shown.append(article)
    chance.shuffle(shown)
    return shown


def document(habit: Habit, articles: Sequence[Article], reading: int, noise: random.Random) -> bytes:
    """The feed as it stands at that reading."""
    elements = "".join(habit.element(article, reading, noise) for article in articles)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{elements}</channel></rss>'.encode()


def readings(habit: Habit, chance: random.Random, count: int = 3) -> tuple[list[Article], list[bytes]]:
    """(all articles; the documents of so many readings, each a window over them that moves on)."""
    articles = invented(habit, chance, chance.randrange(3, 9))
    ends = [*sorted(chance.randrange(3, len(articles) + 1) for _ in range(count - 1)), len(articles)]
    windows = [articles[:end] if end == ends[0] else articles[chance.randrange(end - 1) : end] for end in ends]
    shown = {article.number for window in windows for article in window}
    documents = [document(habit, later(window, habit, chance), number, chance) for number, window in enumerate(windows)]
    return [article for article in articles if article.number in shown], documents
