"""What is left of a config for the alarm when something in it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.config.salvage import readable_part

SOUND = """
[store]
path = "elsewhere/w.db"
[delivery]
sender = "watch@x.example"
[delivery.smtp]
host = "mail.x.example"
port = 2525
[alarm]
mail = ["ops@x.example"]
command = ["/usr/bin/logger", "-t", "watch"]
"""
COMMAND = ("/usr/bin/logger", "-t", "watch")


@pytest.mark.parametrize(
    ("text", "mail", "command", "port"),
    [
        (SOUND, ("ops@x.example",), COMMAND, 2525),
        (SOUND + "[digest]\nhour = 'six'\n", ("ops@x.example",), COMMAND, 2525),
        (SOUND + "[digest\nhour = 6\n", ("ops@x.example",), COMMAND, 2525),
        (SOUND + "[digest]\nhour = = 6\n", ("ops@x.example",), COMMAND, 2525),
        (SOUND + "[digets]\nhour = 6\n", ("ops@x.example",), COMMAND, 2525),
        (SOUND.replace("sender", "sendr"), ("ops@x.example",), COMMAND, 2525),
        (SOUND.replace("port = 2525", "port = 'mail'"), ("ops@x.example",), COMMAND, 587),
        (SOUND.replace("host = ", "hots = "), (), COMMAND, 2525),
        (SOUND.replace('"ops@x.example"', '"nobody"'), (), COMMAND, 2525),
        (SOUND.replace('"/usr/bin/logger", "-t", "watch"', "7"), ("ops@x.example",), (), 2525),
        (SOUND.replace("[alarm]", "[alarm]\nmial = 1"), ("ops@x.example",), COMMAND, 2525),
        (SOUND.replace("[delivery]", "[delivery]\nway = 'smpt'"), ("ops@x.example",), COMMAND, 2525),
        ("nothing like a config", (), (), 587),
        ("", (), (), 587),
    ],
)
def test_one_fault_takes_one_setting_away(
    tmp_path: Path, text: str, mail: tuple[str, ...], command: tuple[str, ...], port: int
) -> None:
    (tmp_path / "watch.toml").write_text(text, encoding="utf-8")
    left = readable_part(tmp_path / "watch.toml")
    assert (left.alarm.mail, left.alarm.command, left.delivery.smtp.port) == (mail, command, port)
    assert left.store.path == tmp_path / ("elsewhere/w.db" if "elsewhere" in text else "var/axiswatch.db")


def test_a_file_that_is_not_utf_8_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_bytes(SOUND.encode() + b"[digest]\ntitle = '\xff\xfe'\n")
    assert readable_part(tmp_path / "watch.toml").alarm.command == COMMAND


def test_without_a_file_the_folder_is_that_of_the_file(tmp_path: Path) -> None:
    assert readable_part(tmp_path / "watch.toml").store.path == tmp_path / "var/axiswatch.db"
