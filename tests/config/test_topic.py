"""The config's topic: watched with the config, and told where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.topics.active import active
from flows.config.settings import ConfigError
from flows.config.topic import watched_config
from flows.runtime.operator_alerts import last_resort
from tests.support.topics import PACIFIC, watching


def test_the_folder_begins_at_that_of_the_config(tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(PACIFIC)
    file = tmp_path / "axiswatch.toml"
    file.write_text('[topic]\nfolder = "mine"\n', encoding="utf-8")
    with watching(active().folder):
        assert watched_config(file).topic.folder == tmp_path / "mine"
        assert active().id == "pacific"
    assert active().id == "russia"


def test_a_topic_that_cannot_be_used_is_a_fault_of_the_config_and_stops_no_alarm(tmp_path: Path) -> None:
    file = tmp_path / "axiswatch.toml"
    file.write_text('[topic]\nfolder = "nowhere"\n[alarm]\nmail = []\ncommand = ["/bin/true"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^\[topic\] folder: there is no .*nowhere"):
        watched_config(file)
    assert last_resort(str(file)).alarm.command == ("/bin/true",)
    assert active().id == "russia"
