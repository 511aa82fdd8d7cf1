"""The command in a process of its own that is forked from one in which its modules are imported already.

For commands that look into the store and judge, of which the tests call a hundred: importing took most of their time.
What starts Prefect, or is about how the command starts, is called by `tests.support.command.axiswatch`.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.fork_server import forking

PRELOADED = "tests.support.preloaded"
CommandResult = subprocess.CompletedProcess[str]


def call(
    arguments: Sequence[str], cwd: Path, env: Mapping[str, str], stdin: str | None, patience: float
) -> CommandResult:
    """Call the command and wait for its end. Raises TimeoutExpired after ``patience`` seconds."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "in").write_text(stdin or "", encoding="utf-8")
        child = forking(PRELOADED).Process(target=_child, args=(list(arguments), str(cwd), dict(env), made))
        child.start()
        child.join(patience)
        if child.exitcode is None:
            child.kill()
            child.join()
            raise subprocess.TimeoutExpired(arguments, patience)
        out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return CommandResult(list(arguments), child.exitcode, out, err)


def _child(arguments: list[str], cwd: str, env: dict[str, str], folder: str) -> None:
    assert PRELOADED in sys.modules, "the process to fork from could not import what it should have"
    for stream, name in enumerate(("in", "out", "err")):
        file = os.open(f"{folder}/{name}", os.O_RDONLY if name == "in" else os.O_WRONLY | os.O_CREAT)
        os.dup2(file, stream)
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb", closefd=False), encoding="utf-8")
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(stream, "wb", closefd=False), encoding="utf-8", line_buffering=stream == 2)
        for stream in (1, 2)
    )
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    from flows.cli import main

    main(arguments)
