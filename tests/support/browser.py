"""A headless Chromium for the tests that look at pages: what it measures and what it shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = "no Chromium is installed: apt-get install chromium shows what readers see"


def find() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def run(browser: str, page: Path, *options: str) -> str:
    """Open the page without a window and return what the browser prints."""
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        f"--user-data-dir={page.parent / 'profile'}", "--virtual-time-budget=2000", *options, page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def framed(page: Path, width: int, height: int, script: str = "") -> Path:
    """A page that shows ``page`` in a frame of that width: a window of Chromium is never narrower than 500 pixels."""
    frame = page.with_name(f"{page.stem}-{width}.html")
    frame.write_text(
        "<!DOCTYPE html><meta charset=utf-8><style>body{margin:0}iframe{border:0;display:block}</style>"
        f'<iframe id="shown" src="{page.name}" style="width:{width}px;height:{height}px"></iframe>{script}',
        encoding="utf-8",
    )
    return frame


def shoot(browser: str, page: Path, width: int, height: int, target: Path, *, dark: bool = False) -> None:
    """A picture of the page at that width; dark: as someone sees it whose system is set so."""
    options = ["--blink-settings=preferredColorScheme=0"] if dark else []
    size = f"--window-size={max(width, 500)},{height}"
    run(browser, framed(page, width, height), size, f"--screenshot={target}", *options)
