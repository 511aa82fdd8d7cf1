"""Charts drawn by a process of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.digest.content.edition import EditionContent
from flows.digest.render.chart_process import ChartProcess
from flows.digest.render.charts import illustrated
from tests.support import sample_editions
from tests.support.edition_records import composed
from tests.support.own_prefect import eventually

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find the process")


@pytest.fixture(scope="module")
def bare() -> EditionContent:
    """A day of the sample, before its pictures are drawn."""
    return replace(sample_editions.editions(sample_editions.LAST)[-1].content, images=None)


@pytest.fixture
def charts() -> Iterator[ChartProcess]:
    made = ChartProcess()
    made.start()
    yield made
    made.close()


def process_of(charts: ChartProcess) -> subprocess.Popen[bytes]:
    assert charts._process is not None
    return charts._process


def test_it_draws_what_this_process_would_one_after_another(charts: ChartProcess, bare: EditionContent) -> None:
    process = process_of(charts)
    drawn = charts.illustrated(bare)
    assert len(drawn.images or ()) == 2
    assert drawn == illustrated(bare)
    charts.start()
    assert charts.illustrated(bare) == drawn
    assert process_of(charts) is process
    charts.close()
    assert process.poll() is not None


def test_one_that_died_costs_no_chart_and_is_replaced(charts: ChartProcess, bare: EditionContent) -> None:
    dead = process_of(charts)
    dead.kill()
    dead.wait()
    assert charts.illustrated(bare) == illustrated(bare)
    charts.start()
    assert process_of(charts) is not dead
    assert charts.illustrated(bare) == illustrated(bare)


def test_one_that_does_not_answer_costs_no_chart(bare: EditionContent) -> None:
    charts = ChartProcess(patience=0.5)
    charts.start()
    process_of(charts).send_signal(signal.SIGSTOP)
    assert charts.illustrated(bare) == illustrated(bare)
    charts.close()


def test_one_that_cannot_be_started_costs_no_chart(bare: EditionContent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    charts = ChartProcess()
    charts.start()
    assert charts.illustrated(bare) == illustrated(bare)


def test_what_cannot_be_drawn_is_told_by_the_error_itself(charts: ChartProcess, bare: EditionContent) -> None:
    """A day that is none: the process dies of it, and drawing it here says why."""
    broken = replace(bare, levels=replace(bare.levels, days=("no day", "nor this")))
    with pytest.raises(ValueError, match="no day"):
        charts.illustrated(broken)


CUT_OFF = """
import os
from flows.digest.render.chart_process import ChartProcess

charts = ChartProcess()
charts.start()
print(charts._process.pid, flush=True)
os._exit(9)
"""


def test_it_ends_with_whoever_started_it() -> None:
    done = subprocess.run([sys.executable, "-c", CUT_OFF], capture_output=True, text=True, check=False)
    process = Path("/proc") / done.stdout.strip()
    eventually(lambda: not process.exists() or "Z" in (process / "stat").read_text(), 60, "the end of the process")


def test_an_edition_is_composed_without_importing_what_draws() -> None:
    program = "import sys, flows.digest.editions; print(sorted({'matplotlib', 'PIL', 'scipy'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_to_draw_is_nothing_drawn(charts: ChartProcess) -> None:
    assert charts.illustrated(composed([])).images == ()
