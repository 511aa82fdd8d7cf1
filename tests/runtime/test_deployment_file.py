"""prefect.yaml in step with the code and with the config."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow

from flows.config.prefect import ENTRYPOINTS
from flows.config.schedules import plan
from flows.config.settings import Config
from flows.runtime.deployment_file import SLUGS, DeploymentFileError, scheduled_by

FILE = Path(__file__).parents[2] / "prefect.yaml"


def deployments(text: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in yaml.safe_load(text)["deployments"]}


def times(deployment: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (each["slug"], str(each.get("cron") or each["interval"]), each["timezone"]) for each in deployment["schedules"]
    ]


def test_it_deploys_what_serve_runs_and_by_default_at_the_same_times() -> None:
    written = deployments(FILE.read_text(encoding="utf-8"))
    planned = {each.name: each for each in plan(Config())}
    assert set(written) == set(planned)
    for name, each in planned.items():
        assert written[name]["entrypoint"] == ENTRYPOINTS[name]
        assert bool(written[name].get("schedules")) == bool(each.schedules)
        ours = [slug for slug, *_ in times(written[name])] if each.schedules else []
        assert name == "digest" or ours == [schedule.slug for schedule in each.schedules]
        assert name == "digest" or set(ours) <= set(SLUGS)
    assert deployments(scheduled_by(FILE, Config())) == written


@pytest.mark.parametrize("name", ENTRYPOINTS)
def test_every_entrypoint_is_a_flow_of_that_name(name: str) -> None:
    module, _, attribute = ENTRYPOINTS[name].rpartition(".")
    found = getattr(importlib.import_module(module), attribute)
    assert isinstance(found, Flow)
    assert found.name == name


def test_the_times_are_those_of_the_config_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    file = tmp_path / "prefect.yaml"
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    by_name = {each["name"]: each for each in written["deployments"]}
    by_name["retrain"]["schedules"].append({"slug": "noon", "cron": "0 12 * * *", "timezone": "UTC"})
    theirs = {"name": "theirs", "entrypoint": "others.py:monitor", "schedules": [{"slug": "grid", "interval": 7}]}
    written["deployments"].append(theirs)
    file.write_text(yaml.safe_dump(written), encoding="utf-8")
    schedule = {"monitor_minutes": 5, "retrain_cron": "1 2 3 * *", "prune_cron": ""}
    current = Config.model_validate({"digest": {"time_zone": "Asia/Seoul"}, "schedule": schedule})
    found = deployments(scheduled_by(file, current))
    assert times(found["monitor"]) == [("grid", "300", "Asia/Seoul")]
    assert found["monitor"]["schedules"][0]["anchor_date"] == "2026-01-01T00:00:00+09:00"
    assert times(found["retrain"]) == [("mondays", "1 2 3 * *", "Asia/Seoul"), ("noon", "0 12 * * *", "UTC")]
    assert times(found["digest"]) == [("quarters", "*/15 * * * *", "UTC")]
    assert found["prune"]["schedules"] == []
    assert found["theirs"]["schedules"] == [{"slug": "grid", "interval": 7}]
    assert found["monitor"]["work_pool"]["name"] == "axiswatch"


@pytest.mark.parametrize("text", ["- a\n- b\n", "deployments: [1]\n", "a: [", ""])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "prefect.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeploymentFileError, match=r"prefect\.yaml cannot be read"):
        scheduled_by(file, Config())
