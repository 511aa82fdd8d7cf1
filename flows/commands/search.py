"""Commands that read the store."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store


def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(help="words that title or summary must hold")],
    limit: Annotated[int, typer.Option(min=1, help="entries shown at the most")] = 20,
) -> None:
    """Find entries by words of their title and summary, the best first.

    Example: axiswatch search drones
    """
    from db import entries, scores

    with existing_store(config_of(ctx)) as store:
        found = entries.search(store, " ".join(words), limit)
        if not found:
            raise CommandError(f"no entry holds {' '.join(words)!r}", session.FINE)
        for entry in found:
            score = scores.newest(store, entry.id)
            judged = f"{score.probability:.2f}{' flagged' if score.flagged else ''}" if score else "not scored"
            day = entry.appeared_at.date().isoformat()
            session.out.print(f"{entry.id:>6}  {day}  {judged:<12}  {entry.outlet}: {entry.title}", markup=False)
            session.out.print(f"        {entry.link}", markup=False, style="dim")
