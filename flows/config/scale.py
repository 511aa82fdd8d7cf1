"""Settings of work that takes long: how many processes do it, and whether other machines help."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from flows.config.base import Settings

LOCAL = "local"
"""The value of [scale] dask by which a cluster on this machine is started for the run."""
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:\d+/?")


def _cluster(text: str) -> str:
    if text not in ("", LOCAL) and not _ADDRESS.fullmatch(text):
        raise ValueError(
            f'{text!r} is no address of a Dask scheduler; write "tcp://scheduler.example:8786", or "local"'
        )
    return text


class ScaleSettings(Settings):
    """How `axiswatch rescore` is spread."""

    workers: int = Field(0, ge=0, le=256)
    """Processes that score on this machine; 0: one for each core."""
    shard: int = Field(2500, ge=1, le=1_000_000)
    """Numbers of entries in a piece: some MB of texts at once, and as long as they take to write nobody else writes. A
    million take as long with 5,000, and 20 MB more (`tests.benchmarks.bench_rescoring`)."""
    dask: Annotated[str, AfterValidator(_cluster)] = ""
    """The scheduler of a Dask cluster that scores instead; "local": one on this machine; empty: none."""
