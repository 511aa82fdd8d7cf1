"""Acts that a headline tells as still to come."""

from __future__ import annotations

import tomllib

import pytest

from classifiers.lexicon.concepts.read import concepts_in, languages
from classifiers.lexicon.concepts.to_come import FILE, not_done, to_come

HEADLINES = [
    ("en", "Minister arrives in Oslo for talks", {"talks"}),
    ("en", "Minister to meet his guest on Monday", {"meet"}),
    ("en", "Farmers uneasy ahead of Oslo visit", {"visit"}),
    ("en", "Minister lands in Oslo before expected meeting with bakers", {"meet"}),
    ("de", "Bäcker vor Treffen mit Minister uneins", {"meet"}),
    ("fr", "Le ministre rencontrera les boulangers", {"meet"}),
    ("es", "El ministro visitará Oslo", {"visit"}),
    ("pl", "Minister spotka się z piekarzami", {"meet"}),
    ("ru", "Министр подпишет договор с пекарями", {"sign"}),
    ("uk", "Пекарі перед зустріччю з міністром", {"meet"}),
    ("tr", "Bakan fırıncılarla görüşecek", {"meet"}),
    ("zh", "部长将访问奥斯陆", {"visit"}),
    ("ko", "장관 오슬로 방문 예정", {"visit"}),
    ("ja", "大臣がオスロ訪問へ", {"visit"}),
    ("he", "השר ייפגש עם האופים", {"meet"}),
]
DONE = [
    ("en", "Minister meets bakers in Oslo"),
    ("en", "Bakers return from visit to Oslo"),
    ("en", "Minister hosts bakers for talks"),
    ("en", "Minister signs pact with bakers, then leaves for home"),
    ("de", "Minister trifft Bäcker"),
    ("fr", "Le ministre a rencontré les boulangers"),
    ("pl", "Minister spotkał się z piekarzami"),
    ("ru", "Министр подписал договор с пекарями"),
    ("zh", "部长访问奥斯陆"),
    ("ko", "장관 오슬로 방문"),
]


@pytest.mark.parametrize(("language", "title", "coming"), HEADLINES)
def test_what_is_to_come_is_told_by_the_words_beside_it(language: str, title: str, coming: set[str]) -> None:
    assert to_come(title, language) >= coming


@pytest.mark.parametrize(("language", "title"), DONE)
def test_what_is_done_is_not_to_come(language: str, title: str) -> None:
    assert concepts_in(title, language)
    assert to_come(title, language) == frozenset()


@pytest.mark.parametrize(
    ("language", "title", "denied"),
    [
        ("en", "Minister does not sign pact with bakers", {"sign"}),
        ("en", "Bakers didn't sign, minister signs", set()),
        ("pl", "Minister nie podpisał umowy z piekarzami", {"sign"}),
        ("ru", "Министр не подписал договор с пекарями", {"sign"}),
        ("de", "Minister will Vertrag nicht unterzeichnen", {"sign"}),
        ("zh", "部长未签署协议", {"sign"}),
    ],
)
def test_what_is_denied_is_not_done(language: str, title: str, denied: set[str]) -> None:
    assert not_done(title, language) & {"sign"} == denied


def test_what_is_named_as_done_and_as_to_come_is_done() -> None:
    assert to_come("Minister meets bakers ahead of meeting with millers", "en") == frozenset()


def test_every_language_of_the_glossary_says_what_is_to_come() -> None:
    assert tomllib.loads(FILE.read_text(encoding="utf-8")).keys() == languages()
