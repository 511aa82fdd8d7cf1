"""Commands that show stories: one of them, the trends of all, all as events for other tools."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from flows.commands import session
from flows.commands.session import CommandError, config_of, existing_store
from flows.commands.tag_tables import claim_line, claim_title
from flows.stories.event_export import ExportFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classifiers.stories.trends import Trend
    from classifiers.tagging.watchlist import Watchlist
    from db.records import Entry
    from db.records.tags import Tags
    from db.stories import Link
    from flows.stories.account import StoryAccount


OF_ALL = ("partner", "channel", "theatre")
"""Kinds of tags that a story has from any of its entries; those of other kinds come from its lead entry alone."""
MOST_WORDS = 3
MOST_OUTLETS = 4


def story(ctx: typer.Context, number: Annotated[int, typer.Argument(help="the number of the story")]) -> None:
    """Tell one story: its entries and who told it first-hand, what is claimed, a summary, and the steps of its thread
    with their dates and sources.

    Example: axiswatch story 12
    """
    from classifiers.tagging.watchlist import read_watchlist
    from db import stories
    from flows.stories.account import account_of

    config = config_of(ctx)
    with existing_store(config) as store:
        found = stories.find(store, number)
        if found is None:
            raise CommandError(f"there is no story {number} in the store; axiswatch export lists stories")
        _print_story(account_of(store, found), read_watchlist(config.claims.file))


def _print_story(account: StoryAccount, watchlist: Watchlist) -> None:
    from flows.stories.account import by_lead, tags_of

    members = [(each.entry, tags_of(each, watchlist)) for each in by_lead(account.story)]
    session.out.print(Text(members[0][0].title, style="bold"))
    _print_summary(account)
    _print_entries(account)
    _print_tags(members)
    _print_claims(members, watchlist)
    for link in account.links:
        session.out.print(_link_line(link, account.story.id), markup=False)
    _print_thread(account)


def _print_thread(account: StoryAccount) -> None:
    """The stories of the thread, each with its day, what it tells and who told it."""
    if len(account.thread) < 2:
        return
    session.out.print(f"\nthread {account.thread[0].story}, {len(account.thread)} stories")
    for step in sorted(account.thread, key=lambda each: (each.at, each.story)):
        mark = ">" if step.story == account.story.id else " "
        status = ", ".join(each for each in (step.phase, step.vouching) if each not in ("", "plain"))
        told = f"{step.at:%Y-%m-%d}  story {step.story:>4}  {step.headline}"
        session.out.print(f"{mark} {told}{f' ({status})' if status else ''}", markup=False)
        outlets = ", ".join(step.outlets[:MOST_OUTLETS]) + (", …" if len(step.outlets) > MOST_OUTLETS else "")
        gloss = f"{step.gloss}; " if step.gloss else ""
        session.out.print(f"                          {gloss}{outlets}", markup=False, style="dim")


def _print_summary(account: StoryAccount) -> None:
    session.out.print()
    for told in account.summary:
        session.out.print(f"  {told.text} [{told.outlet}]", markup=False)
    session.out.print()


def _print_entries(account: StoryAccount) -> None:
    origins = account.origins
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in origins.kinds.items())
    session.out.print(f"{len(account.story.members)} entries, {origins.independent} independent origins; {kinds}")
    if origins.only_state_media:
        session.out.print("only state media carry this")
    first = {entry_id: entry_ids[0] for entry_ids in origins.origins for entry_id in entry_ids}
    for each in account.story.members:
        entry = each.entry
        moment = entry.appeared_at
        same = "" if first[entry.id] == entry.id else f" (as entry {first[entry.id]})"
        line = (
            f"{entry.id:>6}  {moment:%Y-%m-%d %H:%M}  {each.score.probability:.2f}  {entry.outlet}: {entry.title}{same}"
        )
        session.out.print(line, markup=False)
        session.out.print(f"        {entry.link}", markup=False, style="dim")


def _print_tags(members: Sequence[tuple[Entry, Tags]]) -> None:
    """What the lead entry is tagged with, then what others add: each once, with the words that say so."""
    seen: set[tuple[str, str]] = set()
    for place, (entry, tags) in enumerate(members):
        for tag in tags.tags:
            if (tag.kind, tag.value) not in seen and (place == 0 or tag.kind in OF_ALL):
                seen.add((tag.kind, tag.value))
                denied = " (denied)" if tag.negated else ""
                line = f"  {tag.kind} {tag.value}{denied}{_words(entry, tag.spans)}{_whose(place, entry)}"
                session.out.print(line, markup=False)


def _print_claims(members: Sequence[tuple[Entry, Tags]], watchlist: Watchlist) -> None:
    """The strongest link to each claim, the strongest first."""
    links = [(link, place, entry) for place, (entry, tags) in enumerate(members) for link in tags.claims]
    told: set[str] = set()
    for link, place, entry in sorted(links, key=lambda each: (-each[0].strength, each[0].claim, each[1])):
        if link.claim not in told:
            told.add(link.claim)
            session.out.print(f"  {claim_line(link, watchlist)}{_whose(place, entry)}", markup=False)


def _words(entry: Entry, spans: Sequence[tuple[int, int]]) -> str:
    from classifiers.text.fold import entry_text

    text = entry_text(entry.title, entry.summary, entry.body)
    words = ", ".join(repr(text[start:end]) for start, end in spans[:MOST_WORDS])
    return f": {words}" if words else ""


def _whose(place: int, entry: Entry) -> str:
    return f" (entry {entry.id})" if place else ""


def _link_line(link: Link, here: int) -> str:
    from classifiers.lexicon.names.read import display_name
    from classifiers.text.figure_words import shown_again

    is_later = link.cluster_id == here
    told = f"takes up story {link.earlier_id}" if is_later else f"taken up by story {link.cluster_id}"
    news = [
        *filter(None, map(shown_again, link.news.get("numbers", ()))),
        *map(display_name, link.news.get("names", ())),
    ]
    parts = [", ".join(news), str(link.news.get("status") or "")]
    return f"{told}{': new: ' if any(parts) else ''}{'; '.join(part for part in parts if part)}"


def trends(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--day", help="the last day that counts [default: yesterday]")] = "",
    silent_days: Annotated[int, typer.Option(min=1, help="days after which a claim counts as silent")] = 30,
) -> None:
    """Show what is told more, or less, than usual: stories of a day and a week beside the eight weeks before.

    Example: axiswatch trends
    """
    from classifiers.tagging.watchlist import read_watchlist
    from flows.stories.account import trends_until

    config = config_of(ctx)
    last = _day(day, datetime.now(UTC).date() - timedelta(days=1))
    watchlist = read_watchlist(config.claims.file)
    with existing_store(config) as store:
        told = trends_until(store, last, list(watchlist.names), silent_days)
    for name, found in (("day", told.day), ("week", told.week)):
        session.out.print(_trends_table(name, found, watchlist))
        session.out.print()
    for each, newest in told.silent.items():
        since = newest or "nine weeks ago"
        session.out.print(f"no story bears on {claim_title(each, watchlist)} since {since}", markup=False)


def _trends_table(span: str, found: list[Trend], watchlist: Watchlist) -> Table:
    table = Table(box=None, pad_edge=False, title=f"the {span}", title_justify="left")
    for heading in ("", "stories", "usual", "spread", "spreads off", ""):
        table.add_column(heading, justify="right" if heading else "left")
    for each in found:
        cells = (f"{each.stories}", f"{each.usual:g}", f"{each.spread:g}", f"{each.score:+.1f}")
        table.add_row(f"{each.kind} {_name(each, watchlist)}", *cells, "unusual" if each.unusual else "")
    return table


def _name(trend: Trend, watchlist: Watchlist) -> str:
    from flows.digest.display_text import channel_name, partner_name

    names = {"partner": partner_name, "channel": channel_name}
    return names[trend.kind](trend.id) if trend.kind in names else claim_title(trend.id, watchlist)


def export(
    ctx: typer.Context,
    format: Annotated[ExportFormat, typer.Option(help="one record a line, or a table")] = ExportFormat.jsonl,
    start: Annotated[str, typer.Option("--from", help="first day, such as 2024-11-16 [default: a week ago]")] = "",
    end: Annotated[str, typer.Option("--to", help="last day [default: today]")] = "",
) -> None:
    """Write the stories as coded events (PLOVER) with actors, tags, time, outlets and links, onto stdout.
    docs/codebook.md says what each column and code means.

    Example: axiswatch export --format csv --from 2024-11-01 --to 2024-11-30
    """
    import sys

    from classifiers.tagging.watchlist import read_watchlist
    from db import stories
    from flows.stories.account import event_rows
    from flows.stories.event_export import write_events

    today = datetime.now(UTC).date()
    first = _day(start, today - timedelta(days=7))
    last = _day(end, today)
    if last < first:
        raise CommandError(f"--to {last} lies before --from {first}")
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    ends = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    config = config_of(ctx)
    watchlist = read_watchlist(config.claims.file)
    with existing_store(config) as store:
        rows = (row for each in stories.opened(store, begins, ends) for row in event_rows(each, watchlist))
        write_events(rows, format, sys.stdout)


def _day(told: str, default: date) -> date:
    try:
        return date.fromisoformat(told) if told else default
    except ValueError as error:
        raise CommandError(f"{told!r} is no day; write it as 2024-11-16") from error
