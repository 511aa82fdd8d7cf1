"""What the sentence windows say of texts whose sense is plain."""

from __future__ import annotations

import pytest
from sklearn.feature_extraction import FeatureHasher

from classifiers.lexicon.analysis import analyse
from classifiers.relevance.features import mention_features
from classifiers.relevance.pipeline import word_column


def features(text: str, language: str = "en") -> dict[str, float]:
    return mention_features(analyse(text, language))


def test_a_text_without_both_sides_has_no_features() -> None:
    assert features("Russia strikes a power plant") == {}
    assert features("Iran and China sign a deal") == {}


def test_both_in_the_headline_with_a_cue() -> None:
    found = features("North Korea sends shells to Russia")
    assert {
        "title:joined",
        "joined&arms",
        "joined&transfer",
        "between&transfer",
        "near",
        "partner-first",
    } <= found.keys()


def test_both_in_one_text_but_never_in_one_sentence() -> None:
    found = features("Oil rises\nIran closed the strait. Traders fled to gold. Russia gained.")
    assert "never-joined" in found
    assert "joined" not in found


def test_a_partner_beside_ukraine_implies_russia() -> None:
    found = features("North Korean troops enter combat in Ukraine")
    assert {"title:implied", "implied&troops", "implied@north_korea", "russia-unnamed"} <= found.keys()
    assert "joined" not in found


def test_neighbouring_sentences_adjoin() -> None:
    assert "adjoining" in features("Headline\nRussia gained. Iran lost.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("US, Russia and China call for calm", "list:with-west"),
        ("Russia, China and Iran hold drills", "list:bloc"),
        ("Talks between Russia and China", "list:pair"),
    ],
)
def test_lists_of_states_are_told_apart(text: str, kind: str) -> None:
    assert kind in features(text)


def test_sport_and_the_war_are_seen() -> None:
    assert "title:sport" in features("Russia beats China in the hockey final tournament")
    assert "frames-only" in features("China watches as Russia's war in Ukraine drags on")


def test_an_axis_phrase_names_all_of_them() -> None:
    assert "axis" in features("Why the axis of upheaval holds together")


def test_goods_belong_to_whoever_stands_before_them() -> None:
    assert "goods:russia&energy_trade" in features("India buys more Russian oil")
    assert "goods:partner&arms" in features("Russia fires Iranian drones")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("КНДР отправила снаряды в Россию", "ru"),
        ("Nordkorea liefert Munition an Russland", "de"),
        ("Corea del Norte envía municiones a Rusia", "es"),
        ("La Corea del Nord invia munizioni alla Russia", "it"),
        ("A Coreia do Norte envia munições à Rússia", "pt"),
        ("Kuzey Kore Rusya'ya mühimmat gönderdi", "tr"),
        ("北朝鮮がロシアに弾薬を送った", "ja"),
    ],
)
def test_the_same_features_in_other_languages(text: str, language: str) -> None:
    assert {"title:joined", "joined&arms"} <= features(text, language).keys()


def test_names_are_masked_by_side_before_n_grams_are_taken() -> None:
    masked = analyse("Putin and Xi met Zelenskiy, then Macron", "en").masked
    assert masked.split() == ["xrus", "and", "xptn", "met", "xukr", ",", "then", "xwst"]


def test_a_words_column_is_the_one_that_the_hasher_takes() -> None:
    for word in ("shells", "снаряды", "弹药", "xrus"):
        taken = FeatureHasher(n_features=2**15, input_type="string").transform([[word]]).indices
        assert taken.tolist() == [word_column(word, 15)]
