"""What the store holds of a window, read for composition. Knows neither Prefect nor mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from classifiers.stories.sources import origins_of
from classifiers.stories.summary import summarise
from classifiers.stories.trends import WEEKS
from classifiers.tagging.watchlist import Watchlist
from db import alarms, clusters, editions, entries, fetches, models, scores, stories, story_counts, threads
from db.records import Entry, ScoredEntry
from flows.alarms.standing import headline
from flows.config.settings import DigestSettings
from flows.digest.compose.inputs import ClusterFacts, EditionInputs, Lagging, StoryBackground, SummarySentence
from flows.digest.compose.ranking import FIRST_IN
from flows.digest.compose.story import gather
from flows.digest.content.codec import traces_of
from flows.digest.content.story import Trace
from flows.digest.display_text import excerpt
from flows.digest.window import Window
from flows.feeds.schedule.health import healths

REMEMBERED = timedelta(days=7)
"""Editions that ended so long before the window are forgotten: what they told may be told again."""

ANNOUNCED = timedelta(days=90)
"""What editions announced for a later day is expected for so long. Chosen by reason: visits, drills and votes are
announced weeks ahead, seldom a quarter of a year."""
KNOWN_TODAY = timedelta(days=2)
"""Which feeds are silent, and which alarms are open, is known of today alone: editions of windows that ended longer ago
do not say it."""


def inputs_of(
    store: Database, settings: DigestSettings, name: str, window: Window, now: datetime, watchlist: Watchlist
) -> EditionInputs:
    """Everything that the edition of that name is composed from. ``watchlist`` names the claims."""
    flagged = scores.flagged(store, *window)
    told, announced = _traces(store, window)
    history_start = window.end - timedelta(weeks=WEEKS, days=1)
    return EditionInputs(
        name=name,
        window=window,
        flagged=flagged,
        coverage=fetches.coverage_of_window(store, *window),
        model=models.champion(store),
        known=background_of(store, flagged, 2 * settings.max_stories, names_of(watchlist)),
        unknown_languages=scores.unknown_languages(store, *window),
        near=scores.below(store, *window, settings.near_misses),
        drawn=scores.drawn(store, *window, name),
        told=told,
        announced=announced,
        told_threads=threads.threads_of(store, sorted({id_ for each in (*told, *announced) for id_ in each.clusters})),
        history=story_counts.story_days(store, history_start, window.end),
        feeds=story_counts.feeds_read(store, history_start, window.end),
        lagging=_lagging(store, now) if now - window.end < KNOWN_TODAY else (),
        archived=entries.count_archived(store, *window),
        alarms=_alarms(store, now) if now - window.end < KNOWN_TODAY else (),
        refitted=_refitted(store),
        ties=story_counts.last_told(store, _ties(flagged), window.start - FIRST_IN, window.start),
        began=entries.first_seen(store),
        measures={claim.id: claim.measures for claim in watchlist.claims if claim.measures},
        claim_ties={claim.id: (claim.partners, claim.channels) for claim in watchlist.claims if claim.partners},
    )


def _traces(store: Database, window: Window) -> tuple[list[Trace], list[Trace]]:
    """(what the editions of the last days told, what older ones announced for a day after the window's first with what
    they told of the same partners, be it over or moved), the newest first."""
    edge = window.start - REMEMBERED
    older = editions.story_traces(store, window.start - ANNOUNCED, edge)
    day = window.start.date().isoformat()
    ahead = [each for each in older if str(each.get("expected", "")) > day]
    partners = {partner for each in ahead for partner in each["partner_ids"]}
    clusters = {each["cluster"] for each in ahead} - {None}
    kept = [
        each
        for each in older
        if each["cluster"] in clusters or not partners.isdisjoint(each["partner_ids"]) or each.get("expected", "") > day
    ]
    return traces_of(editions.story_traces(store, edge, window.start)), traces_of(kept)


def _ties(flagged: Sequence[ScoredEntry]) -> list[tuple[str, str]]:
    """What may be the first of its kind: the partners of each entry with its channels."""
    named = ((each.score.partners, each.score.tags.values("channel")) for each in flagged)
    return sorted({(partner, channel) for partners, channels in named for partner in partners for channel in channels})


def _refitted(store: Database) -> str:
    """What was fitted again since the last edition that goes to everybody: told once, whoever judges by now."""
    return "; ".join(version.note for version in models.refitted_since(store, editions.last_composed(store)))


def _alarms(store: Database, now: datetime) -> list[str]:
    return [
        f"{headline(each)}, since {each.raised_at:%Y-%m-%d %H:%M} UTC"
        for each in alarms.open_alarms(store.conn)
        if each.raised_at <= now
    ]


def _lagging(store: Database, now: datetime) -> list[Lagging]:
    return [
        Lagging(each.feed.outlet or each.feed.url, each.remark)
        for each in healths(store, now)
        if each.condition == "silent"
    ]


def background_of(
    store: Database, flagged: Sequence[ScoredEntry], most: int, claim_names: Mapping[str, str]
) -> StoryBackground:
    """What is known of the entries beyond their scores; summaries and origins of the ``most`` weightiest stories."""
    held = clusters.clusters_of(store, [each.entry.id for each in flagged])
    first = gather(flagged, held)[:most]
    known = {
        story.cluster: _facts(store, story.cluster, [each.entry for each in story.members])
        for story in first
        if story.cluster is not None
    }
    return StoryBackground(held, known, claim_names, threads.threads_of(store, sorted({*held.values()})))


def names_of(watchlist: Watchlist) -> dict[str, str]:
    """Claim → its short name: the one that it has, or the beginning of what it says."""
    return {claim.id: claim.name or excerpt(claim.text, 9) for claim in watchlist.claims}


def _facts(store: Database, cluster: int, members: Sequence[Entry]) -> ClusterFacts:
    earlier = [link for link in stories.links_of(store, cluster) if link.cluster_id == cluster]
    best = max(earlier, key=lambda link: (link.likeness, link.earlier_id), default=None)
    news = best.news if best else {}
    return ClusterFacts(
        origins=origins_of(members).independent,
        summary=tuple(SummarySentence(each.text, each.outlet) for each in summarise(members)),
        follows=best.earlier_id if best else None,
        likeness=best.likeness if best else None,
        status=str(news.get("status") or ""),
    )
