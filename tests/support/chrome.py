"""A headless Chromium that is told what to do over a pipe (its DevTools protocol): opens, presses, photographs."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30.0


class Visitor:
    """One page of the browser."""

    def __init__(self, asking: int, answers: int) -> None:
        self._asking = asking
        self._answers = answers
        self._number = 0
        self._waiting = b""
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        told = {"id": self._number, "method": method, "params": given}
        if self._session:
            told["sessionId"] = self._session
        os.write(self._asking, json.dumps(told).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser went away"
            self._waiting += more
        first, _, self._waiting = self._waiting.partition(b"\0")
        answer: dict[str, Any] = json.loads(first)
        return answer

    def go(self, url: str) -> None:
        """Open the address and wait for the page."""
        self.call("Page.navigate", url=url)
        self.until(f"document.readyState === 'complete' && location.href === {json.dumps(url)}")

    def run(self, script: str) -> Any:
        """What the script comes to in the page."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until the script says true."""
        deadline = time.monotonic() + PATIENCE
        while self.run(script) is not True:
            assert time.monotonic() < deadline, f"still not: {script}"
            time.sleep(0.05)

    def dress(self, width: int, *, dark: bool = False) -> None:
        """Be so wide, light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def shoot(self, target: Path) -> None:
        """A picture of the whole page."""
        found = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        target.write_bytes(base64.b64decode(found["data"]))


@contextmanager
def visitor(browser: str, folder: Path) -> Iterator[Visitor]:
    """A browser with an empty profile in the folder, ended with the block."""
    ours, asking = os.pipe()
    answers, theirs = os.pipe()
    call = ["bash", "-c", f'exec "$@" 3<&{ours} 4>&{theirs}', "bash", browser, "--headless", "--no-sandbox"]
    call += ["--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-pipe"]
    call += [f"--user-data-dir={folder / 'profile'}", "about:blank"]
    log = (folder / "chromium.log").open("wb")
    process = subprocess.Popen(call, pass_fds=[ours, theirs], stdout=log, stderr=log)
    os.close(ours)
    os.close(theirs)
    try:
        yield Visitor(asking, answers)
    finally:
        process.kill()
        process.wait()
        os.close(asking)
        os.close(answers)
        log.close()
