"""Deploy: a Prefect server of the operator's own is made ready for the schedules of prefect.yaml. Idempotent."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists, PrefectHTTPStatusError
from prefect.settings import PREFECT_API_URL, load_current_profile, temporary_settings, update_current_profile

from flows.config.environment import LOOPBACK, is_set
from flows.config.prefect import SERVER_SETTINGS
from flows.config.settings import Config
from flows.runtime.deployment_file import DeploymentFileError, scheduled_by
from flows.runtime.heartbeats import watch_heartbeats
from flows.runtime.stale_runs import Closed, Where, close_stale_runs, our_deployments

DEFAULT_API = "http://127.0.0.1:4200/api"
"""Where `prefect server start` listens unless it is told otherwise."""
PATIENCE_SECONDS = 10.0
"""At boot the server is started just before: it answers after some 3 seconds, 7 the first time."""
FILE = "prefect.yaml"
POOL = "axiswatch"
"""The work pool of prefect.yaml; one of another name is its author's to make."""


class DeployError(Exception):
    """What keeps the schedules from being deployed; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """What was found and done. ``missing``: setting → why the server needs it, of those without which it was started;
    ``is_open``: it asks for no login."""

    address: str
    names: tuple[str, ...]
    swept: Closed
    missing: Mapping[str, str]
    is_open: bool


async def deploy(folder: Path, current: Config, where: Where, on_step: Callable[[str], None]) -> Deployed:
    """Write the server's settings into Prefect's profile, then bring pool, deployments, automation and the runs that
    were left behind in order. ``folder`` holds prefect.yaml and axiswatch.toml: the runs work there, by the schedules
    of the config.

    Raises DeployError where there is no such file, no server answers or lets us in, or Prefect refuses a deployment.
    """
    if not (folder / FILE).is_file():
        raise DeployError(f"there is no {FILE} in {folder}; go to the folder of it and of your axiswatch.toml")
    address = PREFECT_API_URL.value() or DEFAULT_API
    if where == "here" and not is_local(address):
        raise DeployError(
            f"the server at {address} is not on this machine, and others may work for it: leave out --alone"
        )
    on_step(f"settings of the server at {address}")
    for setting in _write_settings(address):
        on_step(f"written into Prefect's profile: {setting}")
    with temporary_settings({PREFECT_API_URL: address}):
        async with get_client() as client:
            told = await _settings_of(client, address)
            on_step("runs that were left behind")
            swept = await close_stale_runs(client, await our_deployments(client), where, on_step)
            on_step(f"work pool and deployments of {FILE}")
            await _make_pool(client)
            await asyncio.to_thread(_deploy_all, folder, current)
            on_step("automation for runs without a heartbeat")
            ours = await our_deployments(client)
            await watch_heartbeats(client, [each.id for each in ours])
    is_open = bool(told) and _at(told, "server.api.auth_string") is None
    return Deployed(address, tuple(sorted(each.name for each in ours)), swept, missing_settings(told), is_open)


def _write_settings(address: str) -> tuple[str, ...]:
    """Put what a server on this machine needs into the profile that it reads when it starts; what a person has set,
    there or in the environment, stays. Returns what was written, as name=value."""
    wanted = {"PREFECT_API_URL": address}
    if is_local(address):
        wanted |= SERVER_SETTINGS | {"PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ",".join(_own_origins(address))}
    known = {setting.name for setting in load_current_profile().settings}
    fresh = [name for name in wanted if name not in known and not is_set(name)]
    if fresh:
        update_current_profile({name: wanted[name] for name in fresh})
    return tuple(f"{name}={wanted[name]}" for name in fresh)


def _own_origins(address: str) -> list[str]:
    """The origins under which a browser may show Prefect's pages: they ask for the API by one name, and a person may
    have opened them by the other."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}" for host in LOOPBACK]


def is_local(address: str) -> bool:
    """Whether the server at that address runs on this machine."""
    return urlsplit(address).hostname in LOOPBACK


async def _settings_of(client: PrefectClient, address: str) -> Mapping[str, Any]:
    """The settings under which the server runs. Raises DeployError where none answers."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while await client.api_healthcheck() is not None:
        if time.monotonic() < patience:
            await asyncio.sleep(0.5)
            continue
        raise DeployError(
            f"no Prefect server answers at {address}: start it with `prefect server start` and deploy again"
            " (what it must be told is in its profile by now)"
        )
    try:
        return await settings_told(client)
    except PrefectHTTPStatusError as error:
        raise DeployError(f"the server at {address} wants its login; set PREFECT_API_AUTH_STRING") from error


async def settings_told(client: PrefectClient) -> Mapping[str, Any]:
    """The settings under which the server runs; none of one of another make, such as Prefect's cloud. Raises
    PrefectHTTPStatusError where it wants its login."""
    try:
        answer = await client.request("GET", "/admin/settings")
    except PrefectHTTPStatusError as error:
        if error.response.status_code in (401, 403):
            raise
        return {}
    told: Mapping[str, Any] = answer.json()
    return told


def missing_settings(told: Mapping[str, Any]) -> dict[str, str]:
    """The settings that count most and that the running server was not given, each with its reason."""
    if not told:
        return {}
    leases, vacuum = "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE", "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"
    lacks: dict[str, str] = {}
    if _at(told, "server.concurrency.lease_storage") != SERVER_SETTINGS[leases]:
        lacks[leases] = "a power cut can stop the schedules for ever"
    if "flow_runs" not in (_at(told, "server.services.db_vacuum.enabled") or ()):
        lacks[vacuum] = "its database keeps every run"
    return lacks


def _at(told: Mapping[str, Any], path: str) -> Any:
    found: Any = told
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


async def _make_pool(client: PrefectClient) -> None:
    try:
        await client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    except ObjectAlreadyExists:
        return


def _deploy_all(folder: Path, current: Config) -> None:
    """`prefect deploy --all`: it alone knows every word of prefect.yaml."""
    try:
        text = scheduled_by(folder / FILE, current)
    except DeploymentFileError as error:
        raise DeployError(str(error)) from error
    with tempfile.TemporaryDirectory() as other:
        file = Path(other) / FILE
        file.write_text(text, encoding="utf-8")
        call = [sys.executable, "-P", "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]
        done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-600:]
        raise DeployError(f"Prefect refused what {folder / FILE} says: {said}")
