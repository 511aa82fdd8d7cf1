"""The environment of this process: the only reader and writer of ``os.environ``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

CONFIG_VARIABLE = "AXISWATCH_CONFIG"
"""Names the config file when ``--config`` does not."""
PASSWORD_VARIABLE = "AXISWATCH_SMTP_PASSWORD"  # noqa: S105 - the name of a variable, not a secret
"""Holds the password of the SMTP account."""
SECRET_VARIABLE = "AXISWATCH_DESK_SECRET"  # noqa: S105 - the name of a variable, not a secret
"""Signs the links by which entries are judged; else a file beside the store does."""
PROXY_PASSWORD_VARIABLE = "AXISWATCH_PROXY_PASSWORD"  # noqa: S105 - the name of a variable, not a secret
"""Holds the password of the proxy that [fetch] proxy names."""
WEBHOOK_SECRET_VARIABLE = "AXISWATCH_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable, not a secret
"""Signs what is posted to webhooks; with _NAME behind it, to the one of that name."""
WEBHOOK_URL_VARIABLE = "AXISWATCH_WEBHOOK_URL"
"""With _NAME behind it, the address of the webhook of that name."""
LOG_VARIABLE = "AXISWATCH_LOG_"
"""With FORMAT, FILE, MEGABYTES or KEEP behind it, what counts instead of that setting of [log]."""
JOURNAL_VARIABLE = "JOURNAL_STREAM"
"""Set by systemd where what a process says is kept in the journal."""
_LOG_SETTINGS = ("format", "file", "megabytes", "keep")
SET_ASIDE_VARIABLE = "AXISWATCH_SOCKS_PROXIES"
"""Names the variables that `reach_loopback_directly` took out, for this process and those that it starts."""
SERVE_VARIABLE = "AXISWATCH_SERVE_PROCESS"
"""The number of the serve that brought the Prefect server along, for the runs that it starts."""
LOOPBACK = ("127.0.0.1", "localhost")
_PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""For each scheme the lower case last: it counts where both are there."""


def named_config() -> Path | None:
    """The config file that AXISWATCH_CONFIG names, or None."""
    return Path(os.environ[CONFIG_VARIABLE]) if CONFIG_VARIABLE in os.environ else None


def smtp_password() -> str:
    """The password of the SMTP account, or an empty string."""
    return os.environ.get(PASSWORD_VARIABLE, "")


def proxy_password() -> str:
    """The password of the proxy of [fetch] proxy, or an empty string."""
    return os.environ.get(PROXY_PASSWORD_VARIABLE, "")


def named_proxies() -> dict[str, tuple[str, str]]:
    """Scheme ("http", "https", "all") → (name of the variable, address) of each proxy that the environment names; the
    lower case counts where both are there. Of one for SOCKS the address may be missing."""
    told = dict.fromkeys(os.environ.get(SET_ASIDE_VARIABLE, "").split(","), "socks://")
    told |= {name: os.environ[name].strip() for name in _PROXIES if os.environ.get(name, "").strip()}
    return {name.lower().partition("_")[0]: (name, told[name]) for name in _PROXIES if name in told}


def without_proxy() -> str:
    """What NO_PROXY says: the hosts that are reached without one."""
    return os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")


def desk_secret() -> str:
    """What signs the links of the desk, or an empty string."""
    return os.environ.get(SECRET_VARIABLE, "")


def webhook_url(name: str) -> str:
    """The address of the webhook of that name, or an empty string."""
    return os.environ.get(variable_of(WEBHOOK_URL_VARIABLE, name), "").strip()


def webhook_secret(name: str) -> str:
    """What signs posts to the webhook of that name: its own secret, else that of all; or an empty string."""
    own = os.environ.get(variable_of(WEBHOOK_SECRET_VARIABLE, name), "")
    return (own or os.environ.get(WEBHOOK_SECRET_VARIABLE, "")).strip()


def variable_of(variable: str, name: str) -> str:
    """``AXISWATCH_WEBHOOK_URL_DESK_CHAT`` for the webhook "desk-chat"."""
    return f"{variable}_{name.upper().replace('-', '_')}"


def named_log() -> dict[str, str]:
    """Setting of [log] → what the environment says in its place."""
    told = {name: os.environ.get(f"{LOG_VARIABLE}{name.upper()}", "").strip() for name in _LOG_SETTINGS}
    return {name: value for name, value in told.items() if value}


def tell_children_of_log(told: Mapping[str, object]) -> None:
    """Have this process, and those that it starts, write their log by these settings of [log]."""
    replace_environment(
        {f"{LOG_VARIABLE}{name.upper()}": "" if told[name] is None else str(told[name]) for name in told}
    )


def is_kept_in_journal() -> bool:
    """Whether systemd's journal keeps what this process says."""
    return JOURNAL_VARIABLE in os.environ


def works_for_a_run() -> str:
    """The id of the flow run for which Prefect started this process, or an empty string."""
    return os.environ.get("PREFECT__FLOW_RUN_ID", "")


def secrets_at_hand() -> tuple[str, ...]:
    """The values of all variables that hold a password, a secret, a login, or an address that is itself a secret."""
    telling = ("PASSWORD", "SECRET", "WEBHOOK_URL", "AUTH_STRING", "API_KEY", "CONNECTION_URL")
    named = {name: value for name, value in os.environ.items() if name.startswith(("AXISWATCH_", "PREFECT_"))}
    own = [value for name, value in named.items() if value.strip() and any(word in name for word in telling)]
    logins = [address.rpartition("@")[0].rpartition("://")[2] for _, address in named_proxies().values()]
    return (*own, *(login.partition(":")[2] for login in logins if ":" in login))


def is_set(name: str) -> bool:
    """Whether the environment has a variable of that name."""
    return name in os.environ


def known_api() -> str:
    """The address of the Prefect server that the environment names, or an empty string."""
    return os.environ.get("PREFECT_API_URL", "")


def settle_environment(variables: dict[str, str]) -> dict[str, str]:
    """Set those of the variables that are not set yet; returns the whole environment."""
    for name, value in variables.items():
        os.environ.setdefault(name, value)
    return dict(os.environ)


def replace_environment(variables: dict[str, str]) -> dict[str, str]:
    """Set the variables, whatever their values were; returns the whole environment."""
    os.environ.update(variables)
    return dict(os.environ)


def reach_loopback_directly() -> None:
    """Have this process and those that it starts reach loopback addresses without the proxy that the environment may
    name: a proxy on another machine could not reach them."""
    listed = ",".join(os.environ.get(name, "") for name in ("NO_PROXY", "no_proxy"))
    hosts = [*(part.strip() for part in listed.split(",")), *LOOPBACK]
    direct = "*" if "*" in hosts else ",".join(dict.fromkeys(host for host in hosts if host))
    # Programs read the one or the other, and Python the lower case where both are there.
    replace_environment({"NO_PROXY": direct, "no_proxy": direct})
    if find_spec("socksio") is None:
        _set_socks_aside()


def _set_socks_aside() -> None:
    """Prefect's client ends where the environment names a SOCKS proxy that it cannot use, even if it needs none."""
    names = [name for name in _PROXIES if os.environ.get(name, "").strip().lower().startswith("socks")]
    for name in names:
        del os.environ[name]
    if names:
        replace_environment({SET_ASIDE_VARIABLE: ",".join(names)})


def without_secrets() -> dict[str, str]:
    """The environment for a program that is not ours: without the variables of axiswatch and Prefect, which hold
    passwords, secrets, logins and addresses of databases."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("AXISWATCH_", "PREFECT_"))}


def name_serve_process() -> None:
    """Tell the runs that this process starts that they are to end with it."""
    os.environ[SERVE_VARIABLE] = str(os.getpid())


def take_serve_process() -> int:
    """The number of the process that this run is to end with, or 0; asked again, and by its own children, 0."""
    told = os.environ.pop(SERVE_VARIABLE, "")
    # What an alarm's command calls has it in its environment too, and is no run of serve's.
    return int(told) if told.isdigit() and works_for_a_run() else 0
