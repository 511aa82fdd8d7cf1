"""The config by which a flow or a command runs, read from its file."""

from __future__ import annotations

from pathlib import Path

from flows.config.settings import Config, load_config


def read_config(path: Path | None = None) -> Config:
    """The config of that file (None: the usual places).

    Raises ConfigError (one line that names the file, the setting and the remedy).
    """
    return load_config(path)


def config_at(config: str) -> Config:
    """The config of a flow whose parameter is its path (an empty string: the usual places). Raises ConfigError."""
    return read_config(Path(config) if config else None)
