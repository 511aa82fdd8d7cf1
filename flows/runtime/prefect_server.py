"""A Prefect server of our own for as long as a command runs: no account, no installation, no port to choose.

Prefect could start one by itself, but that one outlives a killed command and is polled for until it answers. This one
ends with its parent, whatever ends the parent, and starts while the parent is still importing.
"""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.private import private_folder
from db.whole_file import write_whole
from flows.config.environment import known_api, reach_loopback_directly, replace_environment, settle_environment
from flows.config.prefect import login_environment, prefect_environment

STOP_SECONDS = 5.0

LOGIN_FILE = "login"
"""In the folder of Prefect's state, for its owner alone: what opens Prefect's pages in the browser."""


@contextmanager
def local_api(home: Path, *, debug: bool = False, schedules: bool = False) -> Iterator[str]:
    """Run the block with a Prefect server on a free loopback port, its state in ``home``; gives its address.

    Must be entered before Prefect is imported. A server that PREFECT_API_URL names is used instead.
    The server takes requests from the start: the first one waits until it is ready. It answers to nobody but this
    process and those that it starts: they share a login that is made here, and ``home/login`` holds it for a person.
    """
    settle_environment(prefect_environment(home, debug=debug, schedules=schedules))
    reach_loopback_directly()
    if known := known_api():
        yield known
        return
    private_folder(home)
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        root = f"http://127.0.0.1:{listener.getsockname()[1]}"
        url = f"{root}/api"
        login = f"axiswatch:{secrets.token_urlsafe(32)}"
        write_whole(home / LOGIN_FILE, login.encode(), 0o600)
        settle_environment({"PREFECT_API_URL": url})
        environment = replace_environment(login_environment(root, login))
        child = _start(listener.fileno(), environment, home / "server.log")
    try:
        yield url
    finally:
        _stop(child)


def _start(listener: int, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            # -P: a folder "flows" of somebody's where the command is called must not be taken for ours.
            [sys.executable, "-P", "-m", "flows.runtime.prefect_guard", str(listener)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[listener],
            env=environment,
            # Ctrl-C is for the command: it still needs its server to write down how its run ended.
            start_new_session=True,
        )


def _stop(child: subprocess.Popen[bytes]) -> None:
    assert child.stdin is not None
    child.stdin.close()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
