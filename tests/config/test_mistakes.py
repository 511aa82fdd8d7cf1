"""What is said of a mistake in the config: which setting, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.config.settings import ConfigError, load_config

MISTAKES = {
    # Misspelt.
    "[store]\npaht = 'x.db'": "unknown setting store.paht; did you mean path in [store]?",
    "[digets]\nhour = 6": "unknown setting digets; did you mean [digest]?",
    "[fetch]\nHost-Seconds = 1": "unknown setting fetch.Host-Seconds; did you mean host_seconds in [fetch]?",
    "[Digest]\nhour = 6": "did you mean [digest]?",
    "[delivery.smpt]\nhost = 'm'": "unknown setting delivery.smpt; did you mean [delivery.smtp]?",
    "[delivery.smtp]\nuser_name = 'm'": "did you mean username in [delivery.smtp]?",
    "[[recipient]]\nadress = 'a@x.example'": "did you mean address in [[recipient]]? (and 1 more mistake)",
    "[[alerts.rules]]\nclaim = 'x'": "did you mean [[alerts.rule]]?",
    # In the wrong place.
    "[smtp]\nhost = 'm'": "unknown setting smtp; did you mean [delivery.smtp]?",
    "[digest]\nrecipients = ['a@x.example']": "did you mean recipients in [delivery]?",
    "recipients = ['a@x.example']": "unknown setting recipients; did you mean [[recipient]]?",
    "hour = 6": "did you mean hour in [digest]?",
    "[digest]\nzzz = 1": "unknown setting digest.zzz; axiswatch.example.toml holds the known ones",
    # Of the wrong kind.
    "[delivery]\nrecipients = 'a@b'": 'delivery.recipients: write a list: ["a@b"]',
    "[alerts]\nto = 'a@x.example'": 'alerts.to: write a list: ["a@x.example"]',
    "[fetch]\nshared_hosts = 7": 'fetch.shared_hosts: write a list: ["…"]',
    "[digest]\nhour = 'six'": "digest.hour: write a whole number, such as 6",
    "[digest]\nhour = 6.5": "digest.hour: write a whole number, such as 6",
    "[digest]\nhour = true": "digest.hour: write a number, such as 6",
    "[[recipient]]\naddress = 'a@x.example'\nhour = false": "recipient.0.hour: write a number, such as 6",
    "[fetch]\nhost_seconds = true": "fetch.host_seconds: write a number, such as 6",
    "[digest]\nhour = 24": "digest.hour: should be less than or equal to 23",
    "[digest]\ntitle = 5": 'digest.title: write a text in quotes: "…"',
    "[store]\npath = 5": 'store.path: write a path in quotes: "…"',
    "[fetch]\nhost_seconds = 'half'": "fetch.host_seconds: write a number, such as 0.5",
    "[fetch]\nallow_private = 'perhaps'": "fetch.allow_private: write true or false, without quotes",
    "[delivery.smtp]\nsecurity = 'ssl'": "delivery.smtp.security: should be 'starttls', 'tls' or 'none'",
    "digest = 5": "digest: it is a table: write [digest] in a line of its own",
    "[[digest]]\nhour = 6": "digest: it is one table: write [digest]",
    "[recipient]\naddress = 'a@x.example'": "recipient: write [[recipient]], in two brackets",
    "[alerts.rule]\nclaim = 'x'": "alerts.rule: write [[alerts.rule]], in two brackets",
    "[[recipient]]\nhour = 7": "recipient.0.address: is missing; add it",
    "[[recipient]]\naddress = 'a@x.example'\nhour = 'x'": "recipient.0.hour: write a whole number",
    # Several at once.
    "[digest]\nhour = 'six'\nmax_stories = 'x'\nzzz = 1": "axiswatch.example.toml holds the known ones (and 2 more",
}


@pytest.mark.parametrize(("text", "told"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_is_told_with_what_to_write(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "axiswatch.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(file)
    said = str(raised.value)
    assert told in said
    assert said.startswith(f"{file}: ")
    assert "\n" not in said


def test_a_secret_in_the_wrong_place_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "axiswatch.toml"
    for text in ("[delivery.smtp]\npassword = 'hushhush'", "[delivery.smtp]\nport = 'hushhush'"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as raised:
            load_config(file)
        assert "hushhush" not in str(raised.value) + str(raised.value.__cause__)
    file.write_text("[delivery.smtp]\npassword = 'hushhush'", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"did you mean password_block in \[delivery.smtp\]\?"):
        load_config(file)
