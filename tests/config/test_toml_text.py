"""Config files as editors on all systems write them, and what is said of those that are no TOML."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from flows.config.salvage import readable_part
from flows.config.settings import ConfigError, load_config

TEXT = (
    '[digest]\n\ttitle = "Köln \u00a0 watch"\t# a remark\nhour = 7\n[delivery]\nrecipients = [\n\t"a@x.example",\n]\n'
)
FORMS = {
    "plain": TEXT.encode(),
    "a mark": codecs.BOM_UTF8 + TEXT.encode(),
    "returns": TEXT.replace("\n", "\r\n").encode(),
    "mark and returns": codecs.BOM_UTF8 + TEXT.replace("\n", "\r\n").encode(),
    "returns alone": TEXT.replace("\n", "\r").encode(),
    "UTF-16": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16, the other way": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "blanks of a web page": TEXT.replace("hour = 7", "\u00a0hour\u00a0=\u20037").encode(),
    "no end of line": TEXT.rstrip().encode(),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_file_is_read_however_it_was_saved(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "axiswatch.toml"
    file.write_bytes(data)
    for config in (load_config(file), readable_part(file)):
        assert (config.digest.title, config.digest.hour) == ("Köln \u00a0 watch", 7)
        assert config.delivery.recipients == ("a@x.example",)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"title = \xe2\x80\x9cWatch\xe2\x80\x9d", 'write straight quotes: "'),
        (b'path = "C:\\Users\\me"', "write a path with backslashes in single quotes"),
        (b"enabled = True", "write true or false"),
        (b"enabled = yes # please", "write true or false"),
        (b"host = mail.x.example", "write a text in quotes"),
        (b"title =", "write a value after the equals sign"),
        (b"hour: 6", "write an equals sign, not a colon"),
        (b"; a remark", "begin a remark with #"),
        (b"title = 'K\xf6ln'", "it is not in UTF-8 (byte 19); save it as UTF-8"),
        (b"hour = = 6", "Invalid value"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_what_to_write(line: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "axiswatch.toml"
    file.write_bytes(b"[digest]\n" + line + b"\n")
    with pytest.raises(ConfigError) as raised:
        load_config(file)
    said = str(raised.value)
    assert said.startswith(f"{file} is not readable as TOML: ")
    assert told in said
    assert "\n" not in said
