"""`axiswatch digest` for days that are over: shown again, recomposed, reconstructed, a span of them."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import deliveries, editions
from db.connect import open_store
from flows.cli import main
from tests.support.command import ROOT, Project, environment


@pytest.fixture
def call(project: Project, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> object:
    """Calls the command in this process, in the project's folder; returns (exit code, stdout, stderr)."""
    monkeypatch.chdir(project.folder)

    def run(*arguments: str) -> tuple[int, bytes, bytes]:
        with pytest.raises(SystemExit) as ended:
            main(["digest", *arguments])
        out, err = capfdbinary.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def stored(project: Project) -> dict[str, str]:
    with closing(open_store(project.store)) as store:
        rows = store.query("SELECT name, kind FROM editions ORDER BY name")
        return {row["name"]: row["kind"] for row in rows}


def test_an_edition_is_shown_again_byte_for_byte(project: Project, call: object) -> None:
    with closing(open_store(project.store)) as store:
        edition = editions.find(store, "2024-11-18")
        assert edition is not None
        text, html = editions.pages(store, edition.id) or ("", "")
        before = deliveries.of_edition(store, edition.id)
    shown = [call("--date", "2024-11-18") for _ in range(2)]  # type: ignore[operator]
    assert shown[0] == shown[1] == (0, text.encode(), b"")
    assert call("--date", "2024-11-18", "--html") == (0, html.encode(), b"")  # type: ignore[operator]
    outbox = project.folder / "var/outbox"
    assert not outbox.exists()
    with closing(open_store(project.store)) as store:
        assert deliveries.of_edition(store, edition.id) == before


def test_what_lies_in_the_outbox_is_what_is_shown(project: Project, demo: object, call: object) -> None:
    folder: Path = demo.folder  # type: ignore[attr-defined]
    shown = call("--date", "2024-11-18")  # type: ignore[operator]
    assert shown[1] == (folder / "var/outbox/2024-11-18.txt").read_bytes()


def test_a_past_day_without_an_edition_is_reconstructed_once_and_not_mailed(project: Project, call: object) -> None:
    code, first, _ = call("--date", "2024-11-10")  # type: ignore[operator]
    assert code == 0
    assert b"Reconstruction: composed" in first
    assert call("--date", "2024-11-10")[1] == first  # type: ignore[operator]
    assert stored(project)["2024-11-10"] == "reconstruction"
    assert not (project.folder / "var/outbox").exists()


def test_a_span_is_told_a_line_a_day(project: Project, call: object) -> None:
    code, out, _ = call("--from", "2024-11-08", "--to", "2024-11-10")  # type: ignore[operator]
    assert code == 0
    lines = out.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["2024-11-08", "2024-11-09", "2024-11-10"]
    assert all("reconstruction" in line for line in lines)


def test_a_recomposed_edition_has_a_number(project: Project, call: object) -> None:
    code, out, _ = call("--date", "2024-11-18", "--recompose")  # type: ignore[operator]
    assert code == 0
    assert b"Number 2 of this day" in out
    assert stored(project)["2024-11-18.2"] == "recomposed"
    assert call("--date", "2024-11-18")[1] != out  # type: ignore[operator]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--date", "yesterday"], b"is no date"),
        (["--date", "2999-01-01"], b"ask again then"),
        (["--from", "2024-11-01"], b"--from and --to together"),
        (["--from", "2024-11-03", "--to", "2024-11-01"], b"is no span"),
        (["--recompose"], b"--recompose goes with --date"),
        (["--date", "2024-11-09", "--recompose"], b"there is no edition of 2024-11-09"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(call: object, arguments: list[str], words: bytes) -> None:
    code, out, err = call(*arguments)  # type: ignore[operator]
    assert (code, out) == (2, b"")
    assert words in err
    assert len(err.splitlines()) == 1


def test_with_send_a_reconstruction_is_mailed(served: Project) -> None:
    call = [sys.executable, "-m", "flows.cli", "digest", "--date", "2024-11-10", "--send"]
    env = environment(served.env) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=served.folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "edition 2024-11-10 to analyst@axiswatch.example: accepted" in done.stdout
    assert (served.outbox / "2024-11-10.eml").exists()
