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
from flows.digest.content.codec import content_of
from flows.digest.render.images import standalone
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
    page = standalone(html, content_of(edition.content))
    assert call("--date", "2024-11-18", "--html") == (0, page.encode(), b"")  # type: ignore[operator]
    assert 'src="data:image/png' in page
    assert "cid:" not in page
    outbox = project.folder / "var/outbox"
    assert not outbox.exists()
    with closing(open_store(project.store)) as store:
        assert deliveries.of_edition(store, edition.id) == before


def test_what_lies_in_the_outbox_is_what_is_shown(project: Project, demo: object, call: object) -> None:
    folder: Path = demo.folder  # type: ignore[attr-defined]
    shown = call("--date", "2024-11-18")  # type: ignore[operator]
    assert shown[1] == (folder / "var/outbox/2024-11-18.txt").read_bytes()


def test_a_past_day_without_an_edition_is_reconstructed_once_and_not_mailed(project: Project, call: object) -> None:
    code, first, _ = call("--date", "2024-11-16")  # type: ignore[operator]
    assert code == 0
    assert b"Reconstruction: composed" in first
    assert call("--date", "2024-11-16")[1] == first  # type: ignore[operator]
    assert stored(project)["2024-11-16"] == "reconstruction"
    assert not (project.folder / "var/outbox").exists()


def test_a_span_is_told_a_line_a_day(project: Project, call: object) -> None:
    code, out, _ = call("--from", "2024-11-14", "--to", "2024-11-16")  # type: ignore[operator]
    assert code == 0
    lines = out.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["2024-11-14", "2024-11-15", "2024-11-16"]
    assert all("reconstruction" in line for line in lines)


def test_a_recomposed_edition_has_a_number(project: Project, call: object) -> None:
    code, out, _ = call("--date", "2024-11-18", "--recompose")  # type: ignore[operator]
    assert code == 0
    assert b"Number 2 of this day" in out
    assert stored(project)["2024-11-18.2"] == "recomposed"
    assert call("--date", "2024-11-18")[1] != out  # type: ignore[operator]


@pytest.mark.parametrize("arguments", [("--date", "2019-03-03"), ("--from", "2019-03-03", "--to", "2019-03-05")])
def test_a_time_of_which_nothing_is_held_is_composed_only_on_request(
    project: Project, call: object, arguments: tuple[str, ...]
) -> None:
    before = stored(project)
    code, out, err = call(*arguments)  # type: ignore[operator]
    assert (code, out) == (2, b"")
    assert b"The store holds what was read from 2024-" in err
    assert b"add --anyway for an empty one" in err
    assert stored(project) == before
    assert call(*arguments, "--anyway")[0] == 0  # type: ignore[operator]
    assert "2019-03-03" in stored(project)
    assert call(*arguments)[0] == 0, "what is stored is shown"  # type: ignore[operator]


def test_before_any_pass_nothing_is_sent(tmp_path: Path, call: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "axiswatch.toml").write_text('[store]\npath = "new.db"\n', encoding="utf-8")
    open_store(tmp_path / "new.db").close()
    code, _, err = call()  # type: ignore[operator]
    assert code == 2
    assert b"Nothing has been read into the store yet: axiswatch run reads the feeds." in err
    with closing(open_store(tmp_path / "new.db")) as store:
        assert not store["editions"].count


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
    call = [sys.executable, "-m", "flows.cli", "digest", "--date", "2024-11-16", "--send"]
    env = environment(served.env) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=served.folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "edition 2024-11-16 to analyst@axiswatch.example: accepted" in done.stdout
    assert (served.outbox / "2024-11-16.eml").exists()
