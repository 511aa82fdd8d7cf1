"""Alerts: stories that a rule of [alerts] matches, each as an edition of its own, frozen once and sent at once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from classifiers.tagging.watchlist import read_watchlist
from db import clusters, editions, fetches, models, scores
from db.connect import open_store
from db.records import Edition, ScoredEntry
from flows.config.settings import AlertRule, Config, RecipientSettings
from flows.digest.alert_rules import StoryFacts, in_words, matching
from flows.digest.compose.edition import compose
from flows.digest.compose.inputs import EditionInputs
from flows.digest.content.codec import content_of, to_json
from flows.digest.delivery.personalise import marked
from flows.digest.delivery.reader_view import wanted
from flows.digest.editions import store_frozen
from flows.digest.read_inputs import background_of, names_of
from flows.digest.window import daily_window, last_24_hours

NEVER_LATE = 2_000_000
"""Hours: what matches a rule is told at once, however old."""

logger = logging.getLogger(__name__)


def compose_alerts(current: Config, now: datetime) -> tuple[list[Edition], list[str]]:
    """Freeze an edition for each story of the last 24 hours that a rule matches and that no alert has told yet, the
    most probable first, as far as the day's number allows. Returns the new ones, and a line for each rule that can
    match nothing. Call it while the lock "composing" is held."""
    rules = current.alerts.rule
    if not rules or not current.alerts.a_day:
        return [], []
    window = last_24_hours(now)
    with closing(open_store(current.store.path)) as store:
        flagged = scores.flagged(store, *window)
        told = [(name, members, story_facts(members)) for name, members in _stories(store, flagged)]
        chosen = [(name, members, rule) for name, members, story in told if (rule := matching(story, rules))]
        new = [each for each in chosen if editions.find(store, each[0]) is None]
        left = max(0, current.alerts.a_day - _told_today(store, current, now))
        if len(new) > left:
            logger.info("alerts: %d more matched than may be told today", len(new) - left)
        made = [_frozen(store, current, *each, now) for each in new[:left]]
        return made, unanswerable(current, [story for _, _, story in told])


def _told_today(store: Database, current: Config, now: datetime) -> int:
    zone = current.digest.time_zone
    return editions.count_composed(store, "alert", *daily_window(now.astimezone(ZoneInfo(zone)).date(), zone))


def _stories(store: Database, flagged: Sequence[ScoredEntry]) -> list[tuple[str, list[ScoredEntry]]]:
    """(name of the alert, entries) of each story cluster, the most probable first. The name is the cluster's: no story
    becomes an alert twice."""
    held = clusters.clusters_of(store, [each.entry.id for each in flagged])
    together: dict[str, list[ScoredEntry]] = {}
    for each in flagged:
        if each.entry.id in held:
            together.setdefault(f"alert-{held[each.entry.id]}", []).append(each)
    return list(together.items())


def story_facts(members: Sequence[ScoredEntry]) -> StoryFacts:
    """What rules ask of a story of these entries."""
    tags = [each.score.tags for each in members]
    return StoryFacts(
        partner_ids=tuple(sorted({partner for each in members for partner in each.score.partners})),
        channels=tuple(sorted({channel for each in tags for channel in each.values("channel")})),
        claims=tuple(sorted({link.claim for each in tags for link in each.claims})),
        probability=max(each.score.probability for each in members),
    )


def _frozen(
    store: Database, current: Config, name: str, members: Sequence[ScoredEntry], rule: AlertRule, now: datetime
) -> Edition:
    window = last_24_hours(now)
    known = EditionInputs(
        name=name,
        window=window,
        flagged=members,
        coverage=fetches.coverage_of_window(store, *window),
        model=models.champion(store),
        known=background_of(store, members, 1, names_of(read_watchlist(current.claims.file))),
    )
    told = {"title": f"{current.digest.title} alert", "late_hours": NEVER_LATE}
    content = compose(known, current.digest.model_copy(update=told))
    headline = next(content.told()).headline
    content = marked(replace(content, headline=headline), f"Sent at once, for the rule: {in_words(rule)}.")
    judge = known.model.id if known.model else ""
    made = Edition(0, name, *window, now, judge, current.digest_hash(), to_json(content), "alert")
    return store_frozen(store, made)


def alert_readers(current: Config, edition: Edition) -> tuple[RecipientSettings, ...]:
    """Who receives the alert: those of [alerts] to, else every reader whose part of the digest holds its story; and
    each webhook that takes alerts and in whose part it is."""
    hooks = {each.address: each.alerts for each in current.delivery.webhook}
    listed = {reader.address.casefold(): reader for reader in current.readers() if hooks.get(reader.address, True)}
    named: tuple[RecipientSettings, ...] = ()
    if current.alerts.to:
        known = {to: listed.get(to.casefold(), RecipientSettings(address=to)) for to in current.alerts.to}
        named = tuple(RecipientSettings(address=to, format=each.format, way=each.way) for to, each in known.items())
        listed = {address: reader for address, reader in listed.items() if address in hooks}
    story = next(content_of(edition.content).told(), None) if listed else None
    if story is None:
        return named
    channels = bool(story.channels)
    return (*named, *(reader for reader in listed.values() if wanted(story, reader, can_channels=channels)))


def unanswerable(current: Config, told: Sequence[StoryFacts]) -> list[str]:
    """The rules that ask for what no story carries, a line each: such a rule would be silent for ever."""
    claims, channels = any(story.claims for story in told), any(story.channels for story in told)
    return [
        f"[alerts] rule ({in_words(rule)}) matched nothing: no story of the last 24 hours carries {name};"
        " change the rule if that stays so"
        for rule in current.alerts.rule
        for asked, name, is_carried in ((rule.claim, "claims", claims), (rule.channel, "channels", channels))
        if told and asked and not is_carried
    ]
