"""What no log says: secrets, addresses, keys in links, in whatever form they come; and what is left alone."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from flows.runtime.log_mask import masked, without_secrets
from tests.support.command import ROOT, environment


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("no mail to jane.reader@quiet.example.org: 550", "no mail to <address>: 550"),
        ("<jane+watch@quiet.example.org>, 'b@c.example'", "<<address>>, '<address>'"),
        ("mailto:jane%40quiet.example.org?subject=x", "mailto:<address>?subject=x"),
        ("https://w.example/u?to=jane@quiet.example.org&x=1", "https://w.example/u?to=<address>&x=1"),
        ("Ольга@пошта.укр wrote", "<address> wrote"),
        ("http://user:p@ss@proxy.example:3128/", "http://<login>@proxy.example:3128/"),
        ("https://feed.example/rss?apikey=abc123&page=2", "https://feed.example/rss?apikey=<secret>&page=2"),
        ("http://127.0.0.1:8737/?key=abcDEF-_123", "http://127.0.0.1:8737/?key=<secret>"),
        ("/judge/2026-11-21/7/relevant?t=abc_def", "/judge/2026-11-21/7/relevant?t=<secret>"),
        ("https://d.example/unsubscribe/abc-_def now", "https://d.example/unsubscribe/<token> now"),
        ("/follow/12/abcdef and /follow/stop/3/ghijkl", "/follow/12/<token> and /follow/stop/3/<token>"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic <secret>"),
        ("{'authorization': 'Bearer abc.def'}", "{'authorization': 'Bearer <secret>'}"),
    ],
)
def test_what_is_masked_by_its_form(told: str, kept: str) -> None:
    assert masked(told) == kept


@pytest.mark.parametrize(
    "told",
    [
        "https://social.example/@ministry/feed failed: timed out",
        "https://social.example/@ministry.rss",
        "monitor: {'feeds': 300, 'new': 12}",
        "4 entries @ 3.5 s each",
        "https://news.example/follow/the-money/2026",
    ],
)
def test_what_is_none_of_it_stays(told: str) -> None:
    assert masked(told) == told


@pytest.mark.parametrize("piece", ["x", "x.", "%40a", "a@", "@a.", "://", "token=", "/follow/1"])
def test_a_line_of_a_megabyte_without_a_space_costs_little(piece: str) -> None:
    """Whoever writes a feed chooses what is logged of it; where each letter begins anew, this takes hours."""
    assert masked(piece * (1_000_000 // len(piece)) + " jane@quiet.example.org").endswith(" <address>")


CALLS = """
import logging, sys
from flows.runtime.log_mask import hide, mask_records, masked, without_secrets
hide(["open/sesame 'ü'", "abc", "https://chat.example/hooks/T1/B2"])
hide(["odd name@quiet"], "<address>")
mask_records()
mask_records()
logging.basicConfig(stream=sys.stdout, format="%(message)s")
log = logging.getLogger("some.library")
log.error("plain open/sesame 'ü', quoted open%2Fsesame%20%27%C3%BC%27")
log.error("coded b3Blbi9zZXNhbWUgJ8O8Jw== and %r", {"password": "open/sesame 'ü'"})
log.error("json %s", '{"p": "open/sesame \\'\\\\u00fc\\'"}')
log.error("to %s", "https://chat.example/hooks/T1/B2/x")
log.error("short: abc, but not in alphabcet")
log.error("wrong %d of %s", "open/sesame 'ü'")
log.error("for odd name@quiet")
log.error("x" * 50_000)
try:
    raise ValueError("refused jane@quiet.example.org with open/sesame 'ü'")
except ValueError:
    log.exception("it failed")
print(without_secrets("odd name@quiet, jane@quiet.example.org: open/sesame 'ü'"))
"""


def test_every_record_of_the_process_is_masked_whoever_makes_and_formats_it() -> None:
    call = [sys.executable, "-c", CALLS]
    done = subprocess.run(call, cwd=ROOT, env=environment({}), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    said = done.stdout
    for secret in ("sesame", "b3Blbi9z", "B2", "jane@quiet.example.org with"):
        assert secret not in said.rsplit("\n", 2)[0], secret
    assert "plain <secret>, quoted <secret>" in said
    assert "short: <secret>, but not in alphabcet" in said
    assert "for <address>\n" in said
    assert "x … and 30000 more characters" in said
    assert "ValueError: refused <address> with <secret>" in said
    assert said.splitlines()[-1] == "odd name@quiet, jane@quiet.example.org: <secret>"


def test_without_anything_known_the_text_stays() -> None:
    assert logging.getLogRecordFactory() is logging.LogRecord
    assert without_secrets("nothing is known here") == "nothing is known here"
