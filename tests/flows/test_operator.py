"""On a real Prefect server: the password from a Secret block, and the event of a digest that failed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.prefect_calls import call, events

LOAD = """
import asyncio, sys
from prefect.blocks.system import Secret
from flows.config.settings import Config, ConfigError
from flows.runtime.secrets import password_of, proxy_password_of

def settings(block):
    smtp = {"host": "127.0.0.1", "password_block": block}
    return Config.model_validate({"delivery": {"way": "smtp", "smtp": smtp}})

async def main():
    await Secret(value="from the block").save("axiswatch-smtp", overwrite=True)
    print(await password_of(settings("axiswatch-smtp")))
    try:
        await password_of(settings("no-such-block"))
    except ConfigError as error:
        print(error)
    proxy = {"proxy": "http://desk@127.0.0.1:9", "proxy_password_block": "axiswatch-smtp"}
    print("proxy:", await proxy_password_of(Config.model_validate({"fetch": proxy})))
    try:
        await proxy_password_of(Config.model_validate({"fetch": proxy | {"proxy_password_block": "no-such-block"}}))
    except ConfigError as error:
        print(error)

asyncio.run(main())
"""
FAIL = """
import sys
from pathlib import Path
from flows.send_digest import send_digest
import asyncio
try:
    asyncio.run(send_digest(config=sys.argv[1], day="2999-01-01"))
except ValueError as error:
    print("raised", error)
"""


def test_the_password_comes_from_the_block_that_the_config_names(server: str, tmp_path: Path) -> None:
    first, second, third, fourth = call(LOAD, server, tmp_path).splitlines()
    assert first == "from the block"
    assert "'no-such-block'" in second
    assert "AXISWATCH_SMTP_PASSWORD" in second
    assert third == "proxy: from the block"
    assert "'no-such-block' of [fetch] proxy_password_block" in fourth
    assert "AXISWATCH_PROXY_PASSWORD" in fourth


def test_the_environment_comes_before_the_block(server: str, tmp_path: Path) -> None:
    told = call(LOAD, server, tmp_path, AXISWATCH_SMTP_PASSWORD="from the environment")
    assert told.splitlines()[0] == "from the environment"


def test_a_digest_that_fails_leaves_a_file_and_an_event(server: str, tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text("[store]\npath = 'var/w.db'\n")
    (tmp_path / "var").mkdir()
    said = call(FAIL, server, tmp_path, str(tmp_path / "axiswatch.toml"))
    assert "raised the edition of 2999-01-01 closes" in said
    (file,) = (tmp_path / "var/alerts").iterdir()
    assert "closes at 2999-01-01 06:00 UTC" in file.read_text()
    assert "axiswatch.digest.failed" in events(server)


def test_a_config_that_cannot_be_read_is_told_beside_it(server: str, tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text("[digest]\nhour = 'six'\n")
    code = FAIL.replace("ValueError", "Exception")
    assert "raised" in call(code, server, tmp_path, str(tmp_path / "axiswatch.toml"))
    (file,) = (tmp_path / "var/alerts").iterdir()
    assert "ConfigError" in file.read_text()
    assert "digest.hour" in file.read_text()


def test_a_scheduled_run_with_nothing_to_do_leaves_no_line_in_the_books(server: str, tmp_path: Path) -> None:
    (tmp_path / "axiswatch.toml").write_text("[store]\npath = 'var/w.db'\n")
    (tmp_path / "var").mkdir()
    code = FAIL.replace("2999-01-01", "due")
    assert call(code, server, tmp_path, str(tmp_path / "axiswatch.toml")) == ""
    with closing(sqlite3.connect(tmp_path / "var/w.db")) as connection:
        assert connection.execute("SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM editions)").fetchall() == [
            (0, 0)
        ]
