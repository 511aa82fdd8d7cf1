"""The watchlist, an analyst's claims beside it, and how entries are linked."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from classifiers.lexicon.analysis import analyse
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import ClaimError, read_watchlist
from classifiers.text.fold import entry_text
from db.records.tags import ClaimLink

ROWS = (
    "troops-kp", "ammo-missiles", "drones-ir", "drones-cn", "dual-use-cn", "intel-cn", "energy-cn",
    "quid-kp-missile", "quid-ir-nuclear", "quid-ir-arms", "quid-cn-tech", "un-cover", "sanctions-kp",
    "sanctions-dilution", "de-dollar", "corridors", "patrols-cn", "treaties", "visits", "info-echo",
    "emboldened", "theatres-bound", "rival-order", "wider-instability", "trigger", "opportunism",
    "response-suppliers", "response-china", "response-ukraine", "fissures",
)  # fmt: skip
SHARED = Path(__file__).resolve().parents[4] / "shared" / "watchlist.md"
MINE = """[[claim]]
id = "tea"
text = "Tea is traded"
partners = ["china"]
channels = ["all"]
direction = "all"
words = ["tea", "samovar*"]
"""


def links(text: str, file: Path | None = None, language: str = "en") -> dict[str, ClaimLink]:
    return {link.claim: link for link in tagged(analyse(text, language), read_watchlist(file)).claims}


def test_every_row_of_the_watchlist_is_a_claim() -> None:
    assert [claim.id for claim in read_watchlist().claims] == list(ROWS)
    if not SHARED.is_file():
        pytest.skip(f"there is no watchlist at {SHARED} to compare with")
    ids = re.findall(r"^\| ([a-z-]+) \|", SHARED.read_text(encoding="utf-8"), re.MULTILINE)
    assert [row for row in ids if row != "id"] == list(ROWS)


def test_every_claim_names_its_essay_and_paragraph() -> None:
    last = {"GD": 13, "KT": 16}
    for claim in read_watchlist().claims:
        assert claim.essay, claim.id
        for place in claim.essay:
            essay, _, paragraph = place.partition(" ")
            assert 1 <= int(paragraph) <= last[essay]


@pytest.mark.parametrize("claim", ROWS)
def test_every_claim_is_found_in_an_example_of_our_own(claim: str) -> None:
    lines = (resources.files("classifiers") / "topics/russia/examples.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if claim in row["claims"]]
    assert any(claim in links(entry_text(row["title"], row["summary"]), language=row["lang"]) for row in rows)


def test_a_link_says_why_and_where() -> None:
    text = "North Korean soldiers join Russia's army in Kursk"
    link = links(text)["troops-kp"]
    assert link.reason.startswith("north korea + troops + to russia; cues: ")
    assert any(text[start:end] == "North Korean soldiers" for start, end in link.spans)
    assert 0.5 <= link.strength <= 1


def test_the_stance_follows_denials_friction_and_numbers() -> None:
    assert links("North Korean soldiers join Russia's army in Kursk")["troops-kp"].stance == "supports"
    assert links("Another 3,000 North Korean soldiers join Russia in Kursk")["troops-kp"].stance == "updates"
    assert links("Russia denies that North Korean soldiers fight in Kursk")["troops-kp"].stance == "cuts_against"
    assert links("China's imports of Russian oil jump to a record")["energy-cn"].stance != "cuts_against"
    assert links("China refuses Russia's gas pipeline deal amid distrust")["fissures"].stance == "supports"


@pytest.mark.parametrize(
    "text", ["Russia and Cuba open a school of ballet", "Rain delays the harvest", "Putin thanks Serbia for a medal"]
)
def test_none_is_allowed(text: str) -> None:
    assert links(text) == {}


def test_the_strongest_comes_first() -> None:
    text = "US sanctions Chinese firms that help Russia evade export controls on chips"
    strengths = [link.strength for link in links(text).values()]
    assert len(strengths) >= 2
    assert strengths == sorted(strengths, reverse=True)


def test_an_analyst_adds_and_replaces_claims(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(MINE + MINE.replace('"tea"\n', '"visits"\n', 1), encoding="utf-8")
    claims = {claim.id: claim for claim in read_watchlist(file).claims}
    assert len(claims) == len(ROWS) + 1
    assert claims["visits"].text == "Tea is traded"
    assert "tea" in links("Russia buys tea from China", file)
    assert "tea" not in links("Russia buys tea from India", file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[claim", "is not readable as TOML"),
        ("", "[[claim]] table"),
        ("title = 'x'\n" + MINE, "and nothing else"),
        (MINE.replace('id = "tea"\n', ""), "claim number 1 says no id"),
        (MINE.replace('"tea"\n', '"My Tea"\n', 1), "small letters"),
        (MINE.replace('["china"]', '["cathay"]'), "'cathay' is none of the partners"),
        (MINE.replace('channels = ["all"]', 'channels = ["tea"]'), "'tea' is none of the channels"),
        (MINE.replace('direction = "all"', 'direction = "up"'), "the direction must be one of"),
        (MINE + 'giver = ["focus"]\n', "giver and receiver must be told together"),
        (MINE + "supports = 3\n", "supports must be a text"),
        (MINE + "measures = [{name = 'cups'}]\n", "measure 'cups' says no counted"),
        (MINE + 'colour = "green"\n', "unknown key 'colour'"),
        (MINE + "cues = 7\n", "cues must be a number from 0 to 1"),
        (MINE + 'patterns = ["(tea"]\n', "cannot be read"),
        (MINE + 'patterns = ["{Q} tea"]\n', "cannot be read"),
        (MINE.replace('"samovar*"', '"sam*var"'), "a * may stand only at the end"),
        (MINE.replace('["tea", "samovar*"]', '"tea"'), "words must be a list of texts"),
        (MINE + MINE, "'tea' stands there twice"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimError) as refused:
        read_watchlist(file)
    assert said in str(refused.value)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClaimError, match=r"none\.toml"):
        read_watchlist(tmp_path / "none.toml")


@pytest.fixture(scope="module")
def sample() -> set[str]:
    """The claims that are linked to the relevant entries of the demo's sample."""
    lines = (
        (resources.files("classifiers") / "topics/russia/sample/entries.jsonl").read_text(encoding="utf-8").splitlines()
    )
    rows = [row for row in map(json.loads, lines) if row["relevant"]]
    return {claim for row in rows for claim in links(entry_text(row["title"], row["summary"]), language="")}


@pytest.mark.parametrize("claim", ROWS)
def test_every_claim_is_found_in_the_demos_sample(sample: set[str], claim: str) -> None:
    assert claim in sample


def test_what_is_counted_in_passing_brings_no_claim_up_to_date() -> None:
    told = "North Korean soldiers join Russia's army in Kursk for {}"
    assert links(told.format("three weeks"))["troops-kp"].stance == "supports"
    assert links(told.format("40 days"))["troops-kp"].stance == "supports"
    assert links(told.format("$400 million"))["troops-kp"].stance == "updates"


def test_what_one_pays_before_the_rest_need_be_opened_is_no_help_yet() -> None:
    paid = "The bill for the men of Pyongyang\nMoscow can pay North Korea in grain before it need part with its {}."
    assert links(paid.format("missile designs"))["quid-kp-missile"].stance == "cuts_against"
    assert "cuts_against" not in {each.stance for each in links(paid.format("last harbour")).values()}
