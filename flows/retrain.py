"""Retrain: seed and labels → candidate → gate → promoted or refused. It can break neither fetching nor the digest."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from db.connect import open_store
from db.records import ModelVersion
from flows.runtime.clock import Clock
from flows.runtime.flow_config import config_at
from flows.runtime.flow_hooks import WATCHED, works
from flows.runtime.reports import report_model
from flows.runtime.run_log import logged_run, steps_aside

STALE = timedelta(days=3)
"""A scheduled run that was due longer ago steps aside."""


@task(name="train and compare", cache_policy=NO_CACHE)
async def train(config: str, now: str) -> ModelVersion:
    """`train_candidate` in a thread, so that Prefect's heartbeat goes on."""
    return await asyncio.to_thread(train_candidate, config, now)


def train_candidate(config: str, now: str) -> ModelVersion:
    """Train on seed and labels and let the candidate stand against the champion; returns it as it was judged."""
    from classifiers.learning.retraining import retrain as train_and_judge

    current, clock = config_at(config), Clock(now)
    with closing(open_store(current.store.path)) as store:
        policy = current.classifier
        return train_and_judge(store, policy.models, policy.target_recall, clock.now(), policy.essays)


@flow(name="retrain", **WATCHED)
async def retrain(config: str = "", now: str = "") -> ModelVersion | None:
    """Train a candidate and promote it only where it is better; None where the run steps aside.

    ``config`` is the path of a config file (empty: the usual places), ``now`` an ISO moment (empty: the clock).
    """
    current, clock = config_at(config), Clock(now)
    if steps_aside(current.store.path, "retrain", clock, STALE):
        return None
    with logged_run(current.store.path, "retrain", clock) as record:
        version = await train(config, clock.start.isoformat())
        record.detail |= {"model_version": version.id, "status": version.status, "note": version.note}
    await report_model(version)
    await works(current, "retrain", clock.now(), config)
    return version
