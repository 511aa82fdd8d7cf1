"""What is known of each claim: the newest evidence for and against, and its measures from the essay to the latest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from classifiers.tagging.claim_measures import Measure, may_measure
from classifiers.tagging.watchlist import Claim, Watchlist
from classifiers.text.fold import entry_text
from db import claim_links
from db.claim_links import ClaimEntry


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """A value that an entry reports for a measure; ``most`` where it gives a range."""

    value: float
    most: float | None
    source: ClaimEntry


@dataclass(frozen=True, slots=True)
class ClaimAccount:
    """A claim with its evidence, newest first, and the values of its measures, newest first."""

    claim: Claim
    supports: tuple[ClaimEntry, ...]
    contradicts: tuple[ClaimEntry, ...]
    updates: tuple[ClaimEntry, ...]
    measures: tuple[tuple[Measure, tuple[MeasureValue, ...]], ...]


def accounts_of(store: Database, watchlist: Watchlist, claim: str = "") -> Iterator[ClaimAccount]:
    """The account of every claim, or of one."""
    for each in watchlist.claims:
        if claim in ("", each.id):
            yield _account(each, claim_links.of_claim(store, each.id))


def _account(claim: Claim, links: Sequence[ClaimEntry]) -> ClaimAccount:
    def of(stance: str) -> tuple[ClaimEntry, ...]:
        return tuple(each for each in links if each.link.stance == stance)

    measures = tuple((measure, tuple(_values(measure, links))) for measure in claim.measures)
    return ClaimAccount(claim, of("supports"), of("cuts_against"), of("updates"), measures)


def _values(measure: Measure, links: Sequence[ClaimEntry]) -> Iterator[MeasureValue]:
    """What entries report: the first number of each that does. Entries that cut against the claim report nothing."""
    for each in filter(lambda one: may_measure(one.tags), links):
        text = entry_text(each.entry.title, each.entry.summary, each.entry.body)
        for told in each.tags.quantities if each.link.stance != "cuts_against" else ():
            spanned = bool(told.spans) and not told.negated
            if spanned and measure.reported(told.amount, told.unit, told.counted, text, told.spans[0]):
                yield MeasureValue(told.amount, told.most, each)
                break
