"""The charts: small, the same bytes for the same figures, with words for those who cannot see them."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest
from PIL import Image

from flows.config.settings import DeliverySettings
from flows.digest.content.activity import Cell, Matrix
from flows.digest.content.edition import TypedEdition
from flows.digest.delivery.mail import build_message
from flows.digest.render.charts import CELL, HEAD, MOST_ROWS, illustrated
from flows.digest.render.images import images, standalone
from flows.digest.render.pages import render_html, render_page, render_text
from tests.support import sample_editions
from tests.support.edition_records import HtmlPage, composed

LARGEST = 40_000


@pytest.fixture(scope="module")
def told() -> TypedEdition:
    """The last day of the sample, after two others."""
    return sample_editions.editions(date(2024, 11, 16))[-1]


def test_each_is_a_small_png_without_a_word_of_when_it_was_made(told: TypedEdition) -> None:
    found = images(told.content)
    assert [image.cid for image in found] == ["levels@axiswatch", "grid@axiswatch"]
    for image in found:
        assert len(image.data) < LARGEST
        drawn = Image.open(io.BytesIO(image.data))
        assert drawn.format == "PNG"
        assert drawn.info == {}
        assert drawn.width == 2 * 532


def test_the_largest_grid_stays_small() -> None:
    matrix = Matrix(
        editions=7,
        partners=tuple(f"Partner number {number}" for number in range(16)),
        channels=tuple(f"channel {number}" for number in range(12)),
        cells=tuple(tuple(Cell(row + column, row % 2) for column in range(12)) for row in range(16)),
    )
    (image,) = images(illustrated(replace(composed([]), matrix=matrix)))
    assert len(image.data) < LARGEST
    assert Image.open(io.BytesIO(image.data)).height == 2 * (HEAD + CELL * MOST_ROWS + 6)


def test_another_process_draws_the_same_bytes(told: TypedEdition) -> None:
    code = (
        "from datetime import date; from tests.support import sample_editions as sample;"
        "print([each.data for each in sample.editions(date(2024, 11, 16))[-1].content.images])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([each.data for each in told.content.images or ()])


def test_their_words_give_the_figures(told: TypedEdition) -> None:
    levels, grid = told.content.levels, told.content.matrix
    said = [each.alt for each in told.content.images or ()]
    for row in levels.rows:
        assert f"{row.name} {row.counts[-1]}" in said[0]
    weeks = {week for row in grid.cells for week, _ in row if week}
    assert all(partner in said[1] for partner in grid.partners)
    assert all(f" {week}" in said[1] for week in weeks)
    for alt in said:
        assert " ".join(alt.split()) in " ".join(render_text(told).split())


def test_the_mail_relates_them_and_the_page_holds_them(told: TypedEdition) -> None:
    mail = message_from_bytes(build_message(told, "a@desk.example", DeliverySettings()).as_bytes(), policy=default)
    parts = {part["Content-ID"]: part.get_content() for part in mail.walk() if part["Content-ID"]}
    shown = [address for address in HtmlPage(render_html(told)).addresses if address.startswith("cid:")]
    assert [f"<{address[4:]}>" for address in shown] == list(parts)
    page = HtmlPage(standalone(render_page(told), told.content))
    held = [address for address in page.addresses if address.startswith("data:image/png;base64,")]
    assert [base64.b64decode(address.partition(",")[2]) for address in held] == list(parts.values())


def test_nothing_is_drawn_of_nothing_and_matplotlib_is_not_loaded_for_it() -> None:
    assert illustrated(composed([])).images == ()
    code = (
        "import sys; from tests.support.edition_records import composed;"
        " from flows.digest.render.charts import illustrated;"
        "illustrated(composed([])); print('matplotlib' in sys.modules, 'PIL' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
