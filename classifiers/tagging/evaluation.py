"""How good the tags and the claim links are on judged articles: grade 2, English and the other languages apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.lexicon.analysis import Analysis, analyse
from classifiers.relevance.evaluation import EvaluationError
from classifiers.tagging.tags import tagged
from classifiers.tagging.watchlist import Watchlist
from classifiers.text.fold import entry_text
from db.records.tags import TagKind, Tags

CORE = 2
SETS: tuple[tuple[str, TagKind], ...] = (("partners", "partner"), ("channels", "channel"))
FLAGS: tuple[TagKind, ...] = ("response", "friction")


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """A judged article with the tags that a person gave it. ``claims`` is None where nobody looked for claims."""

    id: str
    analysis: Analysis
    language: str
    partners: frozenset[str]
    channels: frozenset[str]
    direction: str
    response: bool
    friction: bool
    claims: frozenset[str] | None


def read_tagged(file: Path, claims: Mapping[str, Sequence[str]] | None = None) -> list[TaggedArticle]:
    """The articles of grade 2 of a JSONL file; ``claims`` (id → claim ids) goes before their own field "claims".
    Raises EvaluationError for a line that is none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"cannot read {file}: {error}") from error
    found: list[TaggedArticle] = []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if int(row["grade"]) == CORE:
                found.append(_article(row, (claims or {}).get(str(row["id"]), row.get("claims"))))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{file}, line {number}: no article with tags ({error!r})") from error
    return found


def read_claims_of(file: Path) -> dict[str, list[str]]:
    """Article id → claim ids, from a JSON file. Raises EvaluationError where it is none."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {str(article): [str(claim) for claim in claims] for article, claims in told.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise EvaluationError(f"{file} does not map article ids to lists of claim ids: {error}") from error


def _article(row: Mapping[str, Any], claims: Sequence[str] | None) -> TaggedArticle:
    text = entry_text(row["title"], row.get("summary") or "", row.get("body") or "")
    return TaggedArticle(
        id=str(row["id"]),
        analysis=analyse(text, row.get("lang") or "", _day(row)),
        language=row.get("lang") or "",
        partners=frozenset(row["partners"]),
        channels=frozenset(row["channels"]),
        direction=str(row["direction"]),
        response=bool(row["response"]),
        friction=bool(row["friction"]),
        claims=None if claims is None else frozenset(claims),
    )


def _day(row: Mapping[str, Any]) -> date | None:
    """The day of publication that a line gives: people change office."""
    try:
        return date.fromisoformat(str(row.get("date") or "")[:10])
    except ValueError:
        return None


def evaluate_tags(articles: Sequence[TaggedArticle], watchlist: Watchlist) -> dict[str, Any]:
    """The figures of the tags, and of the claims where articles have some, by "english" and "other"; a set that is
    empty is left out."""
    told = [(article, tagged(article.analysis, watchlist)) for article in articles]
    groups = {
        "english": [pair for pair in told if pair[0].language == "en"],
        "other": [pair for pair in told if pair[0].language != "en"],
    }
    return {name: _figures(pairs) for name, pairs in groups.items() if pairs}


def _figures(pairs: Sequence[tuple[TaggedArticle, Tags]]) -> dict[str, Any]:
    figures: dict[str, Any] = {"articles": len(pairs)}
    for name, kind in SETS:
        figures[name] = micro((getattr(article, name), set(tags.values(kind))) for article, tags in pairs)
    right = sum(article.direction in tags.values("direction") for article, tags in pairs)
    figures["direction"] = {"accuracy": round(right / len(pairs), 4)}
    for kind in FLAGS:
        figures[kind] = micro(
            ({kind} if getattr(article, kind) else set(), {kind} if tags.has(kind) else set())
            for article, tags in pairs
        )
    looked = [(article, tags) for article, tags in pairs if article.claims is not None]
    if looked:
        linked = [({*(article.claims or ())}, {link.claim for link in tags.claims}) for article, tags in looked]
        figures["claims"] = {"articles": len(looked), **micro(linked)}
        figures["claims_by_id"] = _by_claim(linked)
    return figures


def micro(pairs: Iterable[tuple[Iterable[str], set[str]]]) -> dict[str, float]:
    """Precision, recall and F1 over all (true, found) pairs together."""
    right = found = true = 0
    for given, said in pairs:
        right += len(said & set(given))
        found += len(said)
        true += len(set(given))
    return {
        "precision": round(right / max(1, found), 4),
        "recall": round(right / max(1, true), 4),
        "f1": round(2 * right / max(1, found + true), 4),
    }


def _by_claim(linked: Sequence[tuple[set[str], set[str]]]) -> dict[str, dict[str, int]]:
    """Claim → how many articles bear on it, how many were linked, how many of those rightly."""
    return {
        claim: {
            "true": sum(claim in true for true, _ in linked),
            "linked": sum(claim in found for _, found in linked),
            "right": sum(claim in true and claim in found for true, found in linked),
        }
        for claim in sorted({claim for true, found in linked for claim in true | found})
    }
