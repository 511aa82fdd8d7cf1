"""The page as a browser shows it: at 600 and 360 pixels, light and dark."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from flows.config.settings import Config
from flows.digest import render
from flows.digest.content.edition import TypedEdition
from flows.digest.judge_links import with_links
from flows.digest.render.images import standalone
from flows.digest.render.pages import render_html
from tests.support import browser, followed_threads, sample_editions, told_weeks
from tests.support.edition_records import edition, scored

CHROMIUM = browser.find()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=browser.MISSING)
HEIGHT = 1600
MEASURE = """<script>
addEventListener("load", () => setTimeout(() => {
  const page = shown.contentDocument, view = shown.contentWindow;
  const colours = (e) => [view.getComputedStyle(e).color, ground(e)];
  const ground = (e) => { for (; e; e = e.parentElement) { const found = view.getComputedStyle(e).backgroundColor;
    if (found !== "rgba(0, 0, 0, 0)") return found; } return "rgb(255, 255, 255)"; };
  const texts = [...page.querySelectorAll("p, h1, h2, h3, td, a, span, b, i")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !e.closest(".hush"));
  document.body.dataset.told = JSON.stringify({
    wide: page.documentElement.scrollWidth,
    over: texts.filter((e) => e.getBoundingClientRect().right > view.innerWidth + 1).map((e) => e.textContent),
    small: Math.min(...texts.map((e) => parseFloat(view.getComputedStyle(e).fontSize))),
    pictures: [...page.images].map((e) => [e.complete, e.naturalWidth, e.width]),
    colours: [...new Set(texts.map((e) => JSON.stringify(colours(e))))].map(JSON.parse),
    hidden: page.querySelector(".hush").getBoundingClientRect().height,
  });
}, 100));
</script>"""


@pytest.fixture(scope="module", params=["day", "week", "thread"])
def page(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The mail of a full day, with its pictures and its buttons; that of a full week with its charts; that of a
    followed thread."""
    folder = tmp_path_factory.mktemp("page")
    if request.param == "week":
        return written(told_weeks.sample_week(), folder)
    if request.param == "thread":
        return written(followed_threads.step(folder), folder)
    told = sample_editions.editions(date(2024, 11, 16))[-1]
    desk = Config.model_validate({"store": {"path": folder / "watch.db"}})
    return written(replace(told, content=with_links(told.content, desk)), folder)


def written(told: TypedEdition, folder: Path) -> Path:
    """The mail's HTML as a file."""
    file = folder / "page.html"
    file.write_text(standalone(render_html(told), told.content), encoding="utf-8")
    return file


def measured(page: Path, width: int, *, dark: bool = False) -> dict[str, Any]:
    """What the browser says of the page at that width."""
    assert CHROMIUM is not None
    frame = browser.framed(page, width, HEIGHT, MEASURE)
    options = ["--dump-dom", "--allow-file-access-from-files"]
    options += ["--blink-settings=preferredColorScheme=0"] if dark else []
    found = re.search(r'data-told="([^"]*)"', browser.run(CHROMIUM, frame, *options))
    assert found is not None
    told: dict[str, Any] = json.loads(found[1].replace("&quot;", '"').replace("&amp;", "&"))
    return told


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [600, 360])
def test_everything_fits_and_can_be_read(page: Path, width: int, dark: bool) -> None:
    told = measured(page, width, dark=dark)
    assert told["wide"] == width
    assert told["over"] == []
    assert told["small"] >= 12
    assert told["hidden"] == 0
    assert all(done and natural == 1064 and shown >= 300 for done, natural, shown in told["pictures"])
    faint = [pair for pair in told["colours"] if contrast(*pair) < 4.5]
    assert faint == []
    assert len(told["colours"]) >= 4


def test_endless_words_do_not_widen_the_page(tmp_path: Path) -> None:
    long = "x" * 10_000
    told = edition([scored(1, long, summary=long, outlet=long), scored(2, outlet=long)], {1: 1, 2: 1})
    assert measured(written(told, tmp_path), 360)["wide"] == 360


def test_light_and_dark_are_two_dresses(page: Path, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    grounds = []
    for dark in (False, True):
        target = tmp_path / f"{dark}.png"
        browser.shoot(CHROMIUM, page, 600, HEIGHT, target, dark=dark)
        drawn = Image.open(target).convert("L")
        assert drawn.size == (600, HEIGHT)
        grounds.append(drawn.tobytes()[60 * 600 + 8])
    assert grounds[0] > 240
    assert grounds[1] < 60


COLOURED = re.compile(r"([^{}]+)\{[^}]*?(?<![-\w])color:[^}]*\}")
TEMPLATES = Path(render.__file__).parent / "templates"
SHOWN_ALIKE = {".hush", ".i"}
"""What needs no other colour in the dark: text that is never seen, and pictures, which bring their own ground."""


def text_of(sheet: str) -> str:
    """What stands in a style sheet."""
    return (TEMPLATES / sheet).read_text(encoding="utf-8")


def coloured(sheet: str) -> set[str]:
    """The selectors that a style sheet gives a colour of text."""
    rules = COLOURED.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    return {selector.strip() for selectors in rules for selector in selectors.split(",")}


def test_whatever_has_a_colour_by_day_has_one_in_the_dark() -> None:
    by_day = {each for sheet in ("inlined.css", "mail.css") for each in coloured(text_of(sheet))}
    dark = text_of("screen.css").partition("(prefers-color-scheme: dark)")[2]
    assert len(by_day) > 20
    assert by_day - coloured(dark) == SHOWN_ALIKE
