"""The config with its topic: read together, so that nothing is judged by another topic than the config names."""

from __future__ import annotations

from pathlib import Path

from classifiers.topics.active import watch
from classifiers.topics.read import TopicError
from flows.config.settings import Config, ConfigError, load_config


def watched_config(path: Path | None = None) -> Config:
    """The config (see `flows.config.settings.load_config`); the process watches its topic from now on.

    Raises ConfigError, also where the folder of the topic cannot be used.
    """
    config = load_config(path)
    try:
        watch(config.topic.folder)
    except TopicError as error:
        raise ConfigError(f"[topic] folder: {error}") from error
    return config
