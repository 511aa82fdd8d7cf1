"""The picture of a digest for the documentation: at a desk in the light, on a phone in the dark.

axiswatch demo
python -m tests.support.picture var/outbox/2024-11-18.html docs/digest.png
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.support import browser

HEIGHT, GAP, GROUND = 1700, 28, "#d9d5cb"


def main() -> None:
    """Photograph the page twice and set both side by side."""
    page, target = (Path(name) for name in sys.argv[1:3])
    program = browser.find()
    if program is None:
        sys.exit(browser.MISSING)
    with tempfile.TemporaryDirectory() as name:
        shown = Path(name) / "page.html"
        shutil.copy(page, shown)
        sheet = Image.new("RGB", (600 + 360 + 3 * GAP, HEIGHT + 2 * GAP), GROUND)
        for width, dark, left in ((600, False, GAP), (360, True, 600 + 2 * GAP)):
            file = Path(name) / f"{width}.png"
            browser.shoot(program, shown, width, HEIGHT, file, dark=dark)
            sheet.paste(Image.open(file).convert("RGB").crop((0, 0, width, HEIGHT)), (left, GAP))
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
