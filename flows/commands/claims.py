"""The command that shows the claims: what is told for and against each, and what became of the essays' figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store

if TYPE_CHECKING:
    from classifiers.tagging.claim_measures import Measure
    from db.claim_links import ClaimEntry
    from flows.stories.claim_account import ClaimAccount, MeasureValue

EACH = 2
"""Entries shown for each stance of a claim, where all claims are listed."""


def claims(
    ctx: typer.Context,
    claim: Annotated[str, typer.Option(help="the id of one claim, to see more of it")] = "",
    limit: Annotated[int, typer.Option(min=1, help="entries shown for each stance of one claim")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line, for other tools")] = False,
) -> None:
    """List the claims with their newest evidence for and against, and their figures from the essay to the latest.

    Example: axiswatch claims --claim drones-ir
    """
    from classifiers.tagging.watchlist import read_watchlist
    from flows.stories.claim_account import accounts_of

    config = config_of(ctx)
    watchlist = read_watchlist(config.claims.file)
    known = [each.id for each in watchlist.claims]
    if claim and claim not in known:
        raise CommandError(f"there is no claim {claim!r}; known are {', '.join(known)}")
    most = limit if claim else EACH
    with existing_store(config) as store:
        for account in accounts_of(store, watchlist, claim):
            if as_json:
                typer.echo(json.dumps(_record(account, most), ensure_ascii=False))
            else:
                _print(account, most)


def _evidence(account: ClaimAccount, most: int) -> Iterator[tuple[str, ClaimEntry]]:
    found = (("for", account.supports), ("against", account.contradicts), ("update", account.updates))
    for stance, entries in found:
        yield from ((stance, each) for each in entries[:most])


def _print(account: ClaimAccount, most: int) -> None:
    claim = account.claim
    counts = f"{len(account.supports)} for, {len(account.contradicts)} against, {len(account.updates)} updates"
    session.out.print(f"{claim.id}: {claim.text} ({counts})", markup=False, style="bold")
    for word, what in (("for", claim.supports), ("against", claim.contradicts)):
        if what:
            session.out.print(f"  speaks {word} it: {what}", markup=False, style="dim")
    table = Table(box=None, pad_edge=False, show_header=False)
    for stance, each in _evidence(account, most):
        vouched = next((frame.vouching for frame in each.tags.frames), "")
        cells = (f"  {stance}", f"{each.entry.appeared_at:%Y-%m-%d}", vouched, each.entry.outlet, each.entry.title)
        table.add_row(*map(escape, cells))
    if table.row_count:
        session.out.print(table)
    for measure, values in account.measures:
        session.out.print(f"  {_measure_line(measure, values)}", markup=False)
    session.out.print()


def _measure_line(measure: Measure, values: Sequence[MeasureValue]) -> str:
    per = "" if measure.per == "once" else f" a {measure.per}"
    start = (
        f"{measure.name}: {_amount(measure.value, measure.most, measure.unit)}{per} ({measure.essay}, {measure.date})"
    )
    if not values:
        return f"{start}; nothing newer"
    newest = values[0]
    entry = newest.source.entry
    told = _amount(newest.value, newest.most, measure.unit)
    return (
        f"{start} → {told}{per} ({entry.outlet}, {entry.appeared_at:%Y-%m-%d}, entry {entry.id}); {len(values)} in all"
    )


def _amount(value: float, most: float | None, unit: str) -> str:
    from classifiers.text.figure_words import in_words
    from classifiers.text.figures import Figure

    return in_words(Figure(value, value if most is None else most, unit, ""))


def _record(account: ClaimAccount, most: int) -> dict[str, Any]:
    claim = account.claim
    return {
        "claim": claim.id,
        "text": claim.text,
        "essay": list(claim.essay),
        "for": len(account.supports),
        "against": len(account.contradicts),
        "updates": len(account.updates),
        "evidence": [{"stance": each.link.stance} | _source(each) for _, each in _evidence(account, most)],
        "measures": [_measured(measure, values) for measure, values in account.measures],
    }


def _source(each: ClaimEntry) -> dict[str, Any]:
    entry, frame = each.entry, next(iter(each.tags.frames), None)
    return {
        "entry": entry.id,
        "date": entry.appeared_at.date().isoformat(),
        "outlet": entry.outlet,
        "title": entry.title,
        "link": entry.link,
        "vouching": frame.vouching if frame else "",
    }


def _measured(measure: Measure, values: Sequence[MeasureValue]) -> dict[str, Any]:
    told = [{"value": each.value, "most": each.most} | _source(each.source) for each in values]
    kept = ("name", "counted", "unit", "per", "value", "most", "date", "essay")
    return {key: getattr(measure, key) for key in kept} | {"values": told}
