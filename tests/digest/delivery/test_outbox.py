"""The outbox: whole files, inside their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.digest.delivery.outbox import OutboxError, write_files


def test_files_appear_whole_and_leave_nothing_unfinished(tmp_path: Path) -> None:
    paths = write_files(tmp_path, "2026-11-21", {".txt": b"one", ".html": b"two"})
    write_files(tmp_path, "2026-11-21", {".txt": b"three"})
    assert paths == {".txt": tmp_path / "2026-11-21.txt", ".html": tmp_path / "2026-11-21.html"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-11-21.html", "2026-11-21.txt"]
    assert paths[".txt"].read_bytes() == b"three"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a/b\\c", ".hidden", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "outbox"
    path = write_files(folder, name, {".txt": b"x"})[".txt"]
    assert path.parent == folder
    assert not path.name.startswith(".")
    assert path.read_bytes() == b"x"


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutboxError, match="change \\[delivery\\] outbox"):
        write_files(tmp_path / "file", "name", {".txt": b"x"})
