"""Logging in at a real mail server with names and passwords of any characters."""

from __future__ import annotations

import pytest

from flows.config.settings import SmtpSettings
from flows.digest.delivery.smtp import MailServer
from flows.digest.delivery.way import SendResult
from tests.support.mail_server import CramPostbox, MailSite

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

PASSWORDS = ["open sesame", "pässwörd€1", "пароль", "密码 🗝", " ", "a:b%c@d\\\"e'f", "x" * 200, "e\u0301"]
MECHANISMS = {"PLAIN": ("LOGIN",), "LOGIN": ("PLAIN",), "either": ()}


def sent(site: MailSite, password: str, username: str = "desk") -> SendResult:
    smtp = SmtpSettings(host="127.0.0.1", port=site.port, security="none", username=username, timeout_seconds=5)
    with MailServer(smtp, password) as server:
        outcome = server.send(b"Subject: tugs\r\n\r\nTwo.\r\n", "a@x.example", "b@x.example", lambda: True)
    assert outcome is not None
    return outcome


@pytest.mark.parametrize("without", MECHANISMS.values(), ids=MECHANISMS)
@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_of_any_characters_opens_the_server(password: str, without: tuple[str, ...]) -> None:
    with MailSite(login=True, without=without) as site:
        site.postbox.password = password
        assert sent(site, password, "jürgen").state == "accepted"
        assert site.postbox.logins == [("jürgen".encode(), password.encode())]
        assert len(site.postbox.mails) == 1


@pytest.mark.parametrize("password", PASSWORDS)
def test_the_riddle_is_answered_by_a_password_of_any_characters(password: str) -> None:
    with MailSite(login=True, postbox=CramPostbox()) as site:
        site.postbox.password = password
        assert sent(site, password, "jürgen").state == "accepted"
        ((user, told),) = site.postbox.logins
        assert (user.decode(), password.encode() in told) == ("jürgen", False)


@pytest.mark.parametrize("without", MECHANISMS.values(), ids=MECHANISMS)
def test_a_wrong_password_is_told_in_the_servers_words_and_not_shown(without: tuple[str, ...]) -> None:
    with MailSite(login=True, without=without) as site:
        outcome = sent(site, "hüshhush")
        assert (outcome.state, outcome.tried) == ("deferred", False)
        assert f"cannot use the mail server 127.0.0.1:{site.port}: 535 5.7.8 " in outcome.detail
        assert "see [delivery.smtp] and AXISWATCH_SMTP_PASSWORD" in outcome.detail
        assert "hushhush" not in outcome.detail
        assert site.postbox.mails == []


def test_a_server_that_offers_no_login_is_told_as_that() -> None:
    with MailSite(without=("PLAIN", "LOGIN")) as site:
        assert "it offers no login; leave username empty" in sent(site, "open sesame").detail
