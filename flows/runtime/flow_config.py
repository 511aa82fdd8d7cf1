"""The config by which a flow or a command runs: read from its file, and checked against the ways of delivery."""

from __future__ import annotations

from pathlib import Path

from flows.config.settings import DEFAULT_FILE, Config, ConfigError, named_file
from flows.config.topic import watched_config
from flows.digest.delivery.known_ways import check_ways
from flows.runtime.held_start import has_started
from flows.runtime.log_output import begin_log


def read_config(path: Path | None = None) -> Config:
    """The config of that file (None: the usual places), whose ways of delivery all exist and find what they need;
    its topic is watched from now on.

    Raises ConfigError (one line that names the file, the setting and the remedy).
    """
    current = watched_config(path)
    try:
        check_ways(current)
    except ConfigError as error:
        raise ConfigError(f"{named_file(path) or DEFAULT_FILE}: {error}") from error
    return current


def config_at(config: str) -> Config:
    """The config of a flow whose parameter is its path (an empty string: the usual places). From now on the log of a
    process that works for a run is written as that config says, and the run has begun. Raises ConfigError."""
    has_started()
    current = read_config(Path(config) if config else None)
    begin_log(current)
    return current
