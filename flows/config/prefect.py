"""How Prefect (and what else reads the environment) behaves here. Imports nothing of Prefect."""

from __future__ import annotations

from pathlib import Path

ENTRYPOINTS = {
    "monitor": "flows.monitor.monitor",
    "digest": "flows.send_digest.send_digest",
    "retrain": "flows.retrain.retrain",
    "backup": "flows.backup.backup",
    "prune": "flows.prune.prune",
    "health": "flows.health.health",
    "backfill": "flows.backfill.backfill",
    "rescore": "flows.rescore.rescore",
    "ingest": "flows.ingest.ingest",
    "classify": "flows.classify.classify",
}
"""The name of each of our flows → where it lies, as its deployments say."""
HEARTBEAT_SECONDS = 30
"""Between two heartbeats of a run; Prefect allows no less. prefect.yaml says the same for the runs of a worker."""


def prefect_environment(home: Path, *, debug: bool = False, schedules: bool = False) -> dict[str, str]:
    """How Prefect behaves for this project, as environment variables.

    Its state lies in ``home``, nothing is reported to anyone, and its log is quiet. Without ``schedules`` its
    services are off as well: the flows of one command need none of them, and they lock its database for seconds.
    """
    shared = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,classifiers,db",
        # What serve itself says belongs to no run.
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_LOGGING_LEVEL": "DEBUG" if debug else "INFO" if schedules else "CRITICAL",
        # What Prefect says of each run is for its pages; on the terminal stands what became of it.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "DEBUG" if debug else "WARNING",
        # matplotlib's cache of fonts: it would lie in the home of whoever runs us.
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "PREFECT_SERVER_UI_ENABLED": "true" if schedules else "false",
    }
    return shared | (SERVER_SETTINGS if schedules else _NO_SERVICES)


def login_environment(root: str, login: str) -> dict[str, str]:
    """How the server at ``root`` (an address without a path) and its clients know each other: the login of both, and
    no other origin to which the server would let a browser show its answers. Also the interval of our heartbeats: runs
    that send fewer than the server expects would be taken for dead."""
    return {
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        "PREFECT_SERVER_API_AUTH_STRING": login,
        "PREFECT_API_AUTH_STRING": login,
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": root,
    }


_NO_SERVICES = {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in (
        "CANCELLATION_CLEANUP",
        "EVENT_PERSISTER",
        "FOREMAN",
        "LATE_RUNS",
        "PAUSE_EXPIRATIONS",
        "SCHEDULER",
        "TASK_RUN_RECORDER",
        "TRIGGERS",
    )
} | {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_LOGGING_TO_API_ENABLED": "false"}
SERVER_SETTINGS = {
    # Leases kept in memory are never given back when the server is killed, and then no run starts again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # Without these its database keeps every run and event for ever.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "1209600",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
}
"""What a Prefect server must be told before it starts, so that it survives a power cut and does not grow for ever."""
