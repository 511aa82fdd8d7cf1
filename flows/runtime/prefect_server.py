"""A Prefect server of our own for as long as a command runs: no account, no installation, no port to choose.

Prefect could start one by itself, but that one outlives a killed command and is polled for until it answers. This one
ends with its parent, whatever ends the parent, and starts while the parent is still importing.
"""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from db.private import private_folder
from db.whole_file import write_whole
from flows.config.environment import known_api, reach_loopback_directly, replace_environment, settle_environment
from flows.config.prefect import login_environment, prefect_environment

STOP_SECONDS = 5.0
MOST_STARTS, WITHIN_SECONDS = 5, 600.0
"""A server that ended so often within that time is not started again: something keeps it from running."""
PAUSE_SECONDS = 1.0
"""Between its end and its next start."""

Ended = Callable[[str, bool], None]
"""Told when the server has ended by itself: what happened, and whether it is started again."""

LOGIN_FILE = "login"
"""In the folder of Prefect's state, for its owner alone: what opens Prefect's pages in the browser."""


@contextmanager
def local_api(
    home: Path, *, debug: bool = False, schedules: bool = False, on_end: Ended | None = None
) -> Iterator[str]:
    """Run the block with a Prefect server on a free loopback port, its state in ``home``; gives its address.

    Must be entered before Prefect is imported. A server that PREFECT_API_URL names is used instead.
    The server takes requests from the start: the first one waits until it is ready. It answers to nobody but this
    process and those that it starts: they share a login that is made here, and ``home/login`` holds it for a person.
    With ``on_end``, one that ends by itself is started again, at the same address: requests wait for it meanwhile.
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

        log = home / "server.log"
        log.unlink(missing_ok=True)

        def start() -> subprocess.Popen[bytes]:
            return _start(listener.fileno(), environment, log)

        if on_end is None:
            child = start()
            listener.close()
            try:
                yield url
            finally:
                _stop(child)
            return
        # The door stays open here: whoever knocks while there is no server is answered by the next one.
        keeper = _Keeper(start, on_end)
        try:
            yield url
        finally:
            keeper.stop()


class _Keeper:
    """Starts the server, and starts it again whenever it ends by itself."""

    def __init__(self, start: Callable[[], subprocess.Popen[bytes]], on_end: Ended) -> None:
        self._start, self._on_end = start, on_end
        self._stopping = Event()
        self._ends: deque[float] = deque(maxlen=MOST_STARTS)
        self._child = start()
        self._thread = Thread(target=self._keep, name="prefect-server", daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        while True:
            code = self._child.wait()
            if self._stopping.is_set():
                return
            self._ends.append(time.monotonic())
            goes_on = not (len(self._ends) == MOST_STARTS and self._ends[-1] - self._ends[0] < WITHIN_SECONDS)
            self._on_end(f"Prefect's server has ended by itself ({_ending(code)})", goes_on)
            if not goes_on or self._stopping.wait(PAUSE_SECONDS):
                return
            self._child = self._start()

    def stop(self) -> None:
        """End the server for good."""
        self._stopping.set()
        _stop(self._child)
        self._thread.join(STOP_SECONDS)
        _stop(self._child)  # one that was started at that moment


def _ending(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def _start(listener: int, environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
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
    with suppress(BrokenPipeError):
        child.stdin.close()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
