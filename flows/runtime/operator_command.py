"""A command of the operator's that reads an alarm on its standard input. Never raises."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from flows.config.environment import without_secrets
from flows.digest.display_text import one_line

ENDED = "was ended after"


def run_command(argv: Sequence[str], text: str, seconds: float) -> str:
    """Run the command with the text on its standard input, without a shell and without our secrets in its environment.
    After ``seconds`` it is ended with all that it started. Returns what went wrong, in a line; empty where nothing
    did."""
    with _open_reply() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - the operator's own command, word by word
                list(argv),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=without_secrets(),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"the command {argv[0]} cannot be run: {error}"
        try:
            process.communicate(text.encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"the command {argv[0]} {ENDED} {seconds:g} seconds"
        if not process.returncode:
            return ""
        said.seek(0)
        reply = one_line(said.read(2000).decode("utf-8", "replace"), 300)
        return f"the command {argv[0]} ended with code {process.returncode}{f': {reply}' if reply else ''}"


def _open_reply() -> BinaryIO:
    """A file for what the command says. In memory where the system can: a full disk may be what the alarm is of. No
    pipe, since a program that the command leaves running would hold it open."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("alarm"), "w+b")
    return Path(os.devnull).open("w+b")


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):  # no process groups on Windows; or it has just ended
        process.kill()
    process.wait()
