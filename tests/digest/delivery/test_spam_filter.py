"""Mails as a filter of spam sees them: SpamAssassin by its own rules, without asking the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from flows.config.settings import DeliverySettings
from flows.digest.delivery.mail import build_message
from flows.digest.delivery.mail_headers import POLICY
from tests.support import sample_editions
from tests.support.edition_records import edition

PROGRAM = shutil.which("spamassassin")
MOST = 0.5
"""Points; mails count as spam from 5 on."""
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no spamassassin on this machine: apt-get install it")


def points(raw: bytes, home: Path) -> tuple[float, str]:
    """The points of a mail, and the rules that gave them."""
    assert PROGRAM is not None
    call = [PROGRAM, "-L", "-t", "-x"]
    done = subprocess.run(
        call, input=raw, capture_output=True, check=True, timeout=120, env={"HOME": str(home), "PATH": os.defpath}
    )
    told = done.stdout.decode("utf-8", "replace")
    found = re.search(r"Content analysis details:\s+\((-?[\d.]+) points", told)
    assert found is not None, told
    return float(found[1]), told[found.start() :]


@pytest.mark.parametrize("one_click", ["", "https://news.example/unsubscribe/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF"])
def test_no_sample_day_looks_like_spam(tmp_path: Path, one_click: str) -> None:
    for told in (*sample_editions.editions(date(2024, 11, 16)), edition([])):
        mail = build_message(told, "analyst@desk.example", DeliverySettings(), one_click=one_click)
        given, why = points(mail.as_bytes(), tmp_path)
        assert given < MOST, f"{told.name}: {why}"


def test_the_filter_is_awake(tmp_path: Path) -> None:
    mail = build_message(edition([]), "analyst@desk.example", DeliverySettings())
    raw = mail.as_bytes(policy=POLICY).replace(b"display:none", b"display:none;font-size:0px")
    raw = raw.replace(b"Subject: ", b"Subject: V1AGRA CIALIS 100% FREE!!! $$$ ")
    assert points(raw, tmp_path)[0] > MOST
