"""The charts of an edition as PNG. The only module that imports matplotlib and Pillow, and only when it draws.

The same figures give the same bytes: no clock, no metadata, the font that matplotlib brings along, and a fixed
palette. Drawn on a light background of their own, so that they can be read on a dark page too.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.digest.compose.matrix import cells_in_words, in_words
from flows.digest.content.activity import Cell, LevelRow, Levels, Matrix
from flows.digest.content.edition import EditionContent, Image
from flows.digest.display_text import counted, usual_band

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 532
"""Of a picture as a page shows it, in CSS pixels; it has twice as many, for dense screens."""
DENSITY = 2
COLOURS = 20
PAPER, INK, SOFT, PALE, ACCENT, BAND = "#fdfcf9", "#22201c", "#6d675c", "#bdb5a4", "#9a2b20", "#e9e3d6"
HEATS = ("#f4efe4", "#eed3c3", "#e0a794", "#cc7562", "#b4483a", "#9a2b20")
SMALL, NORMAL, LARGE = 15, 17, 20
"""Sizes of letters in CSS pixels: a phone shows the picture at six tenths."""
ROW = 46
HEAD = 124
"""Room for the longest name of a channel, aslant."""
CELL = 34
MOST_ROWS = 9
"""Partners in the matrix; those with fewer stories are counted below it, and told by its words."""


def make_ready() -> None:
    """Import what draws, and find its font, so that a later chart does not wait for them."""
    figure, axes = sheet(ROW)
    write(axes, 0, 0, "0")
    _png(figure)


def illustrated(content: EditionContent) -> EditionContent:
    """The content with its pictures: stories a day beside the usual band, and partner by channel. None is drawn of
    figures that are not there."""
    levels, matrix = content.levels, content.matrix
    pictures = []
    if levels.rows and len(levels.days) > 1:
        note = f"the last {len(levels.days)} days, today dark; shaded: what is usual"
        pictures.append(picture("levels", "Events a day", note, in_words(levels), _levels(levels)))
    if matrix.channels:
        pictures.append(picture("grid", "Who and what", _legend(matrix), cells_in_words(matrix), _matrix(matrix)))
    return replace(content, images=(*(content.images or ()), *pictures))


def picture(name: str, title: str, note: str, alt: str, figure: Figure) -> Image:
    """The figure as a picture of an edition: ``name`` is what a page calls it by, ``alt`` its figures in words."""
    return Image(
        cid=f"{name}@axiswatch",
        type="image/png",
        title=title,
        note=note,
        alt=alt,
        width=WIDTH,
        height=round(figure.get_figheight() * 100),
        data=base64.b64encode(_png(figure)).decode(),
    )


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image as PillowImage

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    drawn = PillowImage.frombytes("RGBA", canvas.get_width_height(), pixels).convert("RGB")
    file = io.BytesIO()
    drawn.quantize(COLOURS, method=PillowImage.Quantize.MEDIANCUT, dither=PillowImage.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


def sheet(height: int) -> tuple[Figure, Axes]:
    """A sheet of that height on which one unit is one CSS pixel, counted from the upper left corner."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * DENSITY, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def write(axes: Axes, x: float, y: float, text: str, size: float = NORMAL, **more: Any) -> None:
    """Write the text at that place of the sheet; ``more`` is what matplotlib knows of texts."""
    style = {"color": INK, "va": "center", "family": "DejaVu Sans"} | more
    # Sizes of type are in points, 72 to the inch; the sheet has 100 pixels to the inch.
    axes.text(x, y, text, fontsize=size * 0.72, parse_math=False, **style)


def boxes(axes: Axes, placed: Sequence[tuple[float, float, float, float]], colour: str) -> None:
    """Rectangles (x, y, width, height) of one colour: as one collection, which is many times quicker than one each."""
    from matplotlib.collections import PolyCollection

    corners = [((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)) for x, y, wide, high in placed]
    axes.add_collection(PolyCollection(corners, facecolors=colour, edgecolors="none", linewidths=0), autolim=False)


def _levels(told: Levels) -> Figure:
    rows = told.rows
    figure, axes = sheet(ROW * len(rows) + 34)
    for number, row in enumerate(rows):
        _level(axes, row, ROW * number + 8)
    foot = ROW * len(rows) + 20
    days = [date.fromisoformat(day) for day in told.days]
    write(axes, LEFT, foot, f"{days[0].day} {days[0]:%b}", SMALL, color=SOFT)
    write(axes, RIGHT, foot, f"{days[-1].day} {days[-1]:%b}", SMALL, color=SOFT, ha="right")
    if any(row.low is not None for row in rows):
        write(axes, WIDTH - 4, foot, "usual", SMALL, color=SOFT, ha="right")
    return figure


LEFT, RIGHT = 148, 396


def _level(axes: Axes, row: LevelRow, top: float) -> None:
    """One row: name, a bar a day over the usual band, the day's own count and what is usual."""
    counts = row.counts
    height = ROW - 14
    low, high = row.low or 0, row.high or 0
    scale = height / max(*counts, high, 1)
    ground = top + height
    if row.low is not None:
        band_height = max(2, (high - low) * scale)
        boxes(axes, [(LEFT, ground - high * scale, RIGHT - LEFT, band_height)], BAND)
    step = (RIGHT - LEFT) / len(counts)
    bars = [
        (LEFT + place * step + step * 0.14, ground - count * scale, step * 0.72, max(count * scale, 1))
        for place, count in enumerate(counts)
    ]
    boxes(axes, bars[:-1], PALE)
    boxes(axes, bars[-1:], ACCENT if row.mark else INK)
    middle = top + height / 2
    write(axes, 2, middle, row.name, NORMAL, weight="bold" if row.kind == "all" else "normal")
    write(
        axes,
        RIGHT + 46,
        middle,
        str(counts[-1]),
        LARGE,
        ha="right",
        weight="bold",
        color=ACCENT if row.mark else INK,
    )
    arrow = {"more": "▲", "less": "▼"}.get(row.mark, "")
    write(axes, RIGHT + 52, middle, arrow, SMALL, color=ACCENT)
    write(axes, WIDTH - 4, middle, usual_band(row.low, row.high), SMALL, ha="right", color=SOFT)


def _matrix(told: Matrix) -> Figure:
    channels, rows = told.channels, _fullest(told)
    figure, axes = sheet(HEAD + CELL * len(rows) + 6)
    wide = min(64.0, (WIDTH - 48 - LEFT) / len(channels))
    most = max(week for _, row in rows for week, _ in row)
    for column, channel in enumerate(channels):
        x = LEFT + (column + 0.5) * wide
        write(
            axes,
            x - 4,
            HEAD - 8,
            channel,
            SMALL,
            rotation=48,
            va="bottom",
            ha="left",
            rotation_mode="anchor",
            color=SOFT,
        )
    by_colour: dict[str, list[tuple[float, float, float, float]]] = {}
    for number, (partner, row) in enumerate(rows):
        y = HEAD + CELL * number
        write(axes, 2, y + CELL / 2, partner)
        for column, (week, today) in enumerate(row):
            x, heat = LEFT + column * wide, _heat(week, most)
            by_colour.setdefault(HEATS[heat], []).append((x + 1.5, y + 1.5, wide - 3, CELL - 3))
            if week:
                colour, weight = PAPER if heat >= 4 else INK, "bold" if today else "normal"
                write(axes, x + wide / 2, y + CELL / 2, str(week), ha="center", color=colour, weight=weight)
    for colour, together in by_colour.items():
        boxes(axes, together, colour)
    return figure


def _heat(week: int, most: int) -> int:
    """Which of `HEATS` tells so many stories, where the fullest cell holds ``most``."""
    return 0 if not week else 1 + (len(HEATS) - 2) * (week - 1) // max(1, most - 1)


def _fullest(told: Matrix) -> list[tuple[str, tuple[Cell, ...]]]:
    """(partner, cells) of the partners with the most stories, in the order of partners."""
    rows = list(zip(told.partners, told.cells, strict=True))
    least = sorted((sum(week for week, _ in row) for _, row in rows), reverse=True)[:MOST_ROWS][-1]
    return [(name, row) for name, row in rows if sum(week for week, _ in row) >= least][:MOST_ROWS]


def _legend(told: Matrix) -> str:
    editions = told.editions
    span = "stories of this edition" if editions == 1 else f"stories of the last {editions} editions; bold: today's too"
    left = len(told.partners) - MOST_ROWS
    return span + (f"; {counted(left, 'more partner', 'more partners')} left out" if left > 0 else "")
