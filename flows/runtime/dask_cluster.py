"""Jobs done on a Dask cluster, which Prefect's task runner finds or starts. It needs the extra: axiswatch[dask].

Jobs are handed to Dask itself: as tasks of Prefect each would cost the workers all of Prefect, a client and a context
for TLS, a quarter of their time (`tests.benchmarks.bench_rescoring`), and would hand them Prefect's login.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.config.scale import LOCAL

if TYPE_CHECKING:
    from distributed import Future
    from prefect_dask import DaskTaskRunner
    from prefect_dask.client import PrefectDaskClient

PATIENCE_SECONDS = 30
"""So long a cluster may take to answer, and to have its first worker."""
TRIES = 3
"""How often a job is handed in whose workers die over it; Dask itself tries each time on several of them."""
AHEAD = 2
"""Jobs a thread of the cluster's workers that are under way or wait to be written."""
LARGE = "64MiB"
"""A job of five thousand entries with long texts is no mistake, of which Dask would warn from 10 MiB on."""
Work = Callable[[bytes], bytes]
"""What a worker does with a job: a function that it can import."""
Answers = Callable[[Iterator[bytes]], Iterator[bytes]]
logger = logging.getLogger(__name__)


class DaskError(Exception):
    """The cluster cannot be used; the message names the remedy."""


@contextmanager
def answers_of(work: Work, where: str, workers: int) -> Iterator[Answers]:
    """Within the block, what has ``work`` do jobs on the cluster, in their order: ``where`` is the address of its
    scheduler, or "local" for one that is started here with so many ``workers`` (0: one a core). Raises DaskError."""
    try:
        import dask
        from distributed import LocalCluster
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise DaskError("[scale] dask needs a library that is not installed: pip install 'axiswatch[dask]'") from error
    local = {"n_workers": workers or None, "threads_per_worker": 1, "dashboard_address": None}
    patience = {"timeout": PATIENCE_SECONDS}
    runner = (
        DaskTaskRunner(cluster_class=LocalCluster, cluster_kwargs=local)
        if where == LOCAL
        else DaskTaskRunner(address=where, client_kwargs=patience)
    )
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE}), runner:
        _wait_for_workers(runner, where)
        yield lambda jobs: _answers(runner.client, work, jobs)


def _wait_for_workers(runner: DaskTaskRunner, where: str) -> None:
    try:
        client = runner.client
    except (OSError, TimeoutError) as error:
        raise DaskError(f"no Dask scheduler answers at {where}: start it, or leave [scale] dask empty") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError as error:
        raise DaskError(f"the Dask cluster at {where} has no worker: start one with `dask worker {where}`") from error


def _answers(client: PrefectDaskClient, work: Work, jobs: Iterator[bytes]) -> Iterator[bytes]:
    waiting: deque[_Waiting] = deque()
    for job in jobs:
        waiting.append(_Waiting(client, work, job))
        if len(waiting) >= AHEAD * max(sum(client.nthreads().values()), 1):
            yield waiting.popleft().answer()
    while waiting:
        yield waiting.popleft().answer()


class _Waiting:
    """A job that was handed in."""

    def __init__(self, client: PrefectDaskClient, work: Work, job: bytes) -> None:
        self._hand_in: Callable[[], Future] = lambda: client.submit(work, job, pure=False)
        self._future = self._hand_in()

    def answer(self) -> bytes:
        """What comes of it; waits. Raises what the job raises, DaskError where no worker survives it or the cluster
        is gone."""
        from distributed import CancelledError, KilledWorker
        from distributed.comm import CommClosedError

        for number in range(1, TRIES + 1):
            try:
                found: bytes = self._future.result()
                return found
            except KilledWorker as error:
                logger.warning("workers died over the same entries: %s", error)
                if number < TRIES:
                    self._future = self._hand_in()
            except (CancelledError, CommClosedError) as error:
                raise DaskError(f"the Dask cluster is gone ({error}): start it and rescore, which goes on") from error
        raise DaskError("every worker of the Dask cluster dies over the same entries: see its log for the reason")
