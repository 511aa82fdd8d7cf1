"""A mistake in a call or a config is one line that names it, and exit code 2."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flows.cli import main
from flows.config.settings import Config, load_config
from tests.support.command import ROOT

MISTAKES = {
    "[store]\npaht = 'x.db'": "unknown setting store.paht",
    "[store]\npath = 'gone/x.db'": "the folder of the store does not exist",
    "[feeds]\nfile = 'gone.toml'": "there is no feed list at",
    "[delivery]\nrecipients = ['nobody']": "'nobody' is no mail address",
    "[digest]\ntime_zone = 'Mars'": "unknown time zone 'Mars'",
    "[delivery]\nway = 'smtp'": "set host in [delivery.smtp]",
    "[delivery]\nway = 'smpt'": (
        "axiswatch.toml: delivery.way: unknown way of delivery 'smpt'; the known ones are mail, outbox"
    ),
    "[[recipient]]\naddress = 'a@x.example'\nway = 'mail'": 'recipient.0.way: way = "mail" needs a server; set host',
    "[[recipient]]\naddress = 'a@x.example'\n[[recipient]]\naddress = 'b@x.example'\nway = 'pigeon'": (
        "recipient.1.way: unknown way of delivery 'pigeon'; the known ones are mail, outbox"
    ),
    "[[recipient]]\naddress = 'a@x.example'\nway = 7": "recipient.0.way",
    "[delivery]\nunsubscribe = 'javascript:alert(1)'": "is neither an https:// nor a mailto: address",
    '[[recipient]]\naddress = "a@x.example\\r\\nBcc: b@y.example"': "is no mail address",
    '[[recipient]]\naddress = "a@x.example\\u202e"': "is no mail address",
    "[[recipient]]\naddress = 'a@x.example'\nhour = 24": "recipient.0.hour",
    "[[recipient]]\naddress = 'a@x.example'\nformat = 'pdf'": "recipient.0.format",
    "[[recipient]]\naddress = 'a@x.example'\ntime_zone = '../../etc/passwd'": "unknown time zone",
    "[[recipient]]\naddress = 'a@x.example'\n[[recipient]]\naddress = 'A@x.example'": "keep one of them",
    "[[alerts.rule]]\nmin_probability = 0.9": "names a claim, a channel or a partner",
    "[desk]\naddress = 'desk.example'": "is no web address",
    "[delivery]\none_click = 'http://watch.example'": "is no plain https:// address; write it as https://watch.example",
    "[delivery]\none_click = 'https://watch.example/?a=b'": "is no plain https:// address",
    "[delivery]\none_click = 'https://watch.example'\n[desk]\nport = 0": "leads to the desk, and [desk] port is 0",
    "[desk]\nport = 99999": "desk.port",
    "[fetch]\nproxy = 'proxy.example:3128'": 'is no address of an HTTP proxy; write "http://proxy.example:3128"',
    "[fetch]\nproxy = 'socks5://proxy.example:1080'": "is no address of an HTTP proxy",
    "[fetch]\nproxy = 'http://desk:hushhush@proxy.example'": 'write "http://user@host:port" and set AXISWATCH_PROXY',
    "[digest": "is not readable as TOML",
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_in_the_config_is_named(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "axiswatch.toml"
    file.write_text(text, encoding="utf-8")
    command = ["models"] if "store" in words else ["feeds", "list"]
    with pytest.raises(SystemExit) as ended:
        main([*command, "--config", str(file)])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1
    assert "hushhush" not in said


@pytest.mark.parametrize("call", [["nonsense"], ["label", "one", "relevant"], ["label", "1", "perhaps"], ["explain"]])
def test_a_wrong_call_ends_with_2(
    call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_config_file_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--config", "/nowhere/at/all.toml", "models"])
    assert ended.value.code == 2
    assert "there is no config file at /nowhere/at/all.toml" in capsys.readouterr().err


def test_the_example_shows_every_setting_with_its_default(tmp_path: Path) -> None:
    text = (ROOT / "axiswatch.example.toml").read_text(encoding="utf-8")
    shown = Config.model_validate(tomllib.loads(text))
    assert shown == Config()
    for hidden in (
        'folder = "topics/mine" ',
        'file = "feeds.toml" ',
        'file = "claims.toml" ',
        'folder = "var/site" ',
        'file = "var/logs/axiswatch.log" ',
        "[[recipient]]",
        "[[delivery.webhook]]",
        "[[alerts.rule]]",
    ):
        assert f"# {hidden}" in text
        text = text.replace(f"# {hidden}", hidden)
    told = tomllib.loads(text)
    assert _keys(told) == _keys(Config().model_dump())
    (tmp_path / "axiswatch.toml").write_text((ROOT / "axiswatch.example.toml").read_text(encoding="utf-8"))
    assert load_config(tmp_path / "axiswatch.toml").store.path == tmp_path / "var/axiswatch.db"


def _keys(settings: dict[str, object], before: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in settings.items():
        found |= _keys(value, f"{before}{key}.") if isinstance(value, dict) else {before + key}
    return found


def test_readers_are_those_of_the_tables_and_those_of_a_list_that_is_written_down(tmp_path: Path) -> None:
    table = "[[recipient]]\naddress = 'a@x.example'\npartners = 'iran'\nhour = 7\n"
    zone = "[digest]\ntime_zone = 'Asia/Seoul'\n"
    file = tmp_path / "axiswatch.toml"
    told: dict[str, list[tuple[str, str | None, tuple[str, ...]]]] = {}
    for name, text in {
        "none": "",
        "tables": zone + table,
        "both": zone + "[delivery]\nrecipients = ['b@x.example', 'A@x.example']\n" + table,
    }.items():
        file.write_text(text, encoding="utf-8")
        told[name] = [(each.address, each.time_zone, each.partners) for each in load_config(file).readers()]
    assert told["none"] == [("analyst@axiswatch.example", "UTC", ())]
    assert told["tables"] == [("a@x.example", "Asia/Seoul", ("iran",))]
    assert told["both"] == [("a@x.example", "Asia/Seoul", ("iran",)), ("b@x.example", "Asia/Seoul", ())]
