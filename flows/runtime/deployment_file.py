"""prefect.yaml with the schedules of the config: what `axiswatch deploy` gives to Prefect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from flows.config.prefect import ENTRYPOINTS
from flows.config.schedules import Planned, PlannedSchedule, plan
from flows.config.settings import Config

SLUGS = ("grid", "mondays", "nights", "sundays", "hours")
"""Of the schedules in prefect.yaml for which the config has a setting; where that is empty, there is none."""


class DeploymentFileError(Exception):
    """prefect.yaml cannot be read; the message names it."""


def scheduled_by(file: Path, current: Config) -> str:
    """The text of ``file`` in which the schedules of our deployments that bear one of our slugs are those of the
    config. Schedules of other slugs, other deployments and all other settings stay. Raises DeploymentFileError."""
    try:
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        for deployment in told.get("deployments") or ():
            _schedule(deployment, {ENTRYPOINTS[each.name]: each for each in plan(current)})
    except (yaml.YAMLError, AttributeError, TypeError, OSError, UnicodeDecodeError) as error:
        raise DeploymentFileError(f"{file} cannot be read: {' '.join(str(error).split())}") from error
    return str(yaml.safe_dump(told, sort_keys=False, allow_unicode=True))


def _schedule(deployment: dict[str, Any], plans: dict[str, Planned]) -> None:
    planned = plans.get(deployment.get("entrypoint", ""))
    if planned is None or not deployment.get("schedules"):
        return
    ours = {each.slug: _as_written(each) for each in planned.schedules}
    kept = [each for each in deployment["schedules"] if each.get("slug") not in SLUGS or each["slug"] in ours]
    deployment["schedules"] = [ours.get(each.get("slug"), each) for each in kept]


def _as_written(planned: PlannedSchedule) -> dict[str, Any]:
    if planned.cron:
        return {"slug": planned.slug, "cron": planned.cron, "timezone": planned.zone}
    return {
        "slug": planned.slug,
        "interval": int(planned.interval.total_seconds()),
        "anchor_date": planned.anchor.isoformat(),
        "timezone": planned.zone,
    }
