"""A Prefect server of our own for as long as a command runs: no account, no installation, no port to choose.

Prefect could start one by itself, but that one outlives a killed command and is polled for until it answers. This one
ends with its parent, whatever ends the parent, and starts while the parent is still importing.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.config import known_api, settle_environment
from flows.prefect_settings import prefect_environment

STOP_SECONDS = 5.0

_CHILD = """
import os, socket, sys, threading

def follow_parent():
    sys.stdin.buffer.read()
    os._exit(0)

threading.Thread(target=follow_parent, daemon=True).start()
import uvicorn
server = uvicorn.Server(uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="error"))
server.run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
"""


@contextmanager
def local_api(home: Path, *, debug: bool = False, schedules: bool = False) -> Iterator[str]:
    """Run the block with a Prefect server on a free loopback port, its state in ``home``; gives its address.

    Must be entered before Prefect is imported. A server that PREFECT_API_URL names is used instead.
    The server takes requests from the start: the first one waits until it is ready.
    """
    environment = settle_environment(prefect_environment(home, debug=debug, schedules=schedules))
    if known := known_api():
        yield known
        return
    home.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        environment = settle_environment({"PREFECT_API_URL": url})
        child = _start(listener.fileno(), environment, home / "server.log")
    try:
        yield url
    finally:
        _stop(child)


def _start(listener: int, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", _CHILD, str(listener)],
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
