"""Editions posted to a site that takes them, puts them off, refuses them, is slow, or does not answer."""

from __future__ import annotations

import hashlib
import hmac
import logging
import signal
import subprocess
import sys
import time
from base64 import b64decode
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from db import deliveries
from db.connect import open_store
from db.records import Delivery, Edition
from flows.config.settings import Config, ConfigError
from flows.digest.delivery.webhook_way import signature
from flows.digest.dispatch import deliver_edition, deliver_waiting
from flows.runtime.clock import Clock
from flows.runtime.flow_config import read_config
from tests.support.hook_site import Answer, HookSite
from tests.support.mail_delivery import NOW
from tests.support.mail_server import MailSite

ROOT = Path(__file__).parents[3]


def config_file(folder: Path, *hooks: str, port: int = 0) -> Path:
    """One recipient by mail, or in the outbox, and webhooks, each as lines of its table."""
    way = "mail" if port else "outbox"
    text = (
        f"[store]\npath = 'watch.db'\n[delivery]\nway = '{way}'\noutbox = 'out'\nrecipients = ['a@x.example']\n"
        f"[delivery.smtp]\nhost = '127.0.0.1'\nport = {port or 25}\nsecurity = 'none'\n"
    )
    text += "".join(f"[[delivery.webhook]]\n{hook}\n" for hook in hooks)
    file = folder / "axiswatch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def hook(site: HookSite, *more: str, name: str = "desk", url: str = "") -> str:
    return "\n".join((f"name = '{name}'", f"url = '{url or site.secret}'", "allow_private = true", *more))


def configured(folder: Path, *hooks: str, port: int = 0) -> Config:
    return read_config(config_file(folder, *hooks, port=port))


def posted(current: Config, edition: Edition, now: datetime = NOW) -> Delivery:
    """Where the delivery to the webhook stands after a sending."""
    done = deliver_edition(current, edition, Clock(now.isoformat()), "").deliveries
    return next(each for each in done if each.way == "webhook")


def test_it_is_posted_once_signed_and_known_again(
    store: Path, told: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AXISWATCH_WEBHOOK_SECRET_DESK", "a secret of the desk")
    with HookSite() as site:
        current = configured(tmp_path, hook(site))
        done = posted(current, told)
        again = posted(current, told)
    (post,) = site.posts
    assert (done.state, done.recipient, done.detail, again.state) == (
        "accepted",
        "webhook:desk",
        "127.0.0.1 answered 200: ok",
        "accepted",
    )
    assert post.path == "/services/T0/s3cr3t"
    assert post.headers["content-type"] == "application/json; charset=utf-8"
    assert post.headers["content-length"] == str(len(post.body))
    assert "transfer-encoding" not in post.headers
    assert f"<{post.headers['webhook-id']}>" == done.message_id
    moment = post.headers["webhook-timestamp"]
    assert abs(int(moment) - time.time()) < 60
    signed = f"{post.headers['webhook-id']}.{moment}.".encode() + post.body
    wanted = hmac.new(b"a secret of the desk", signed, hashlib.sha256).digest()
    assert b64decode(post.headers["webhook-signature"].removeprefix("v1,")) == wanted
    assert (post.json["edition"], post.json["stories"][0]["headline"]) == ("2026-11-21", "Headline number 1")


def test_the_signature_is_that_of_the_published_example() -> None:
    """The example of the description of standard webhooks."""
    identity, moment, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    found = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", identity, moment, body)
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_without_a_secret_it_is_not_signed(store: Path, told: Edition, tmp_path: Path) -> None:
    with HookSite() as site:
        posted(configured(tmp_path, hook(site)), told)
    assert "webhook-signature" not in site.posts[0].headers


@pytest.mark.parametrize(
    ("answer", "state", "minutes", "words"),
    [
        (Answer(204, body=b""), "accepted", None, "127.0.0.1 answered 204"),
        (Answer(410), "refused", None, "answered 410: ok; see url and format of 'desk' in [[delivery.webhook]]"),
        (Answer(400, body=b"invalid_payload"), "refused", None, "answered 400: invalid_payload"),
        (Answer(500, body=b"<b>\x1b[31m\noops</b>"), "deferred", 5, "answered 500: <b> [31m oops</b>"),
        (Answer(429, {"Retry-After": "3600"}), "deferred", 60, "answered 429"),
        (Answer(503, {"Retry-After": "1"}), "deferred", 5, "answered 503"),
        (Answer(429, {"Retry-After": "nonsense"}), "deferred", 5, "answered 429"),
        (Answer(404, body=b"no_service"), "deferred", 5, "no_service; see the url of 'desk'"),
        (Answer(302, {"Location": "http://127.0.0.1:1/"}), "deferred", 5, "answered 302"),
    ],
)
def test_each_answer_has_its_meaning(
    store: Path, told: Edition, tmp_path: Path, answer: Answer, state: str, minutes: int | None, words: str
) -> None:
    with HookSite(answer) as site:
        done = posted(configured(tmp_path, hook(site)), told)
    assert len(site.posts) == 1
    assert done.state == state
    assert words in done.detail
    assert "s3cr3t" not in done.detail
    assert done.next_try_at == (None if minutes is None else NOW + timedelta(minutes=minutes))


def test_no_word_of_ours_and_no_log_holds_the_key(
    store: Path, told: Edition, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with HookSite(Answer(404, body=b"there is no /services/T0/s3cr3t here"), Answer(200)) as site:
        current = configured(tmp_path, hook(site))
        done = posted(current, told)
        posted(current, told)
    assert len(site.posts) == 2
    assert done.detail.startswith("127.0.0.1 answered 404: there is no /…/T0/… here; see the url")
    assert "s3cr3t" not in caplog.text


def test_a_date_after_which_to_try_again_is_kept(store: Path, told: Edition, tmp_path: Path) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    with HookSite(Answer(503, {"Retry-After": until})) as site:
        done = posted(configured(tmp_path, hook(site)), told)
    assert done.next_try_at is not None
    assert timedelta(minutes=118) < done.next_try_at - NOW <= timedelta(minutes=120)


def test_a_slow_one_may_have_it_and_gets_one_more_at_the_most(store: Path, told: Edition, tmp_path: Path) -> None:
    with HookSite(*[Answer(seconds=30)] * 3) as site:
        current = configured(tmp_path, hook(site, "timeout_seconds = 0.3"))
        first = posted(current, told)
        assert first.next_try_at is not None
        deliver_waiting(current, Clock((NOW + timedelta(minutes=5)).isoformat()), "")
        assert deliver_waiting(current, Clock((NOW + timedelta(days=1)).isoformat()), "") == []
        with closing(open_store(store)) as opened:
            last = next(each for each in deliveries.of_edition(opened, told.id) if each.way == "webhook")
    assert (first.state, first.unsure, first.detail) == (
        "deferred",
        1,
        "127.0.0.1: no answer within 0.3 s; it may have arrived",
    )
    assert (last.given_up, last.unsure, len(site.posts)) == (True, 2, 2)
    assert len({post.headers["webhook-id"] for post in site.posts}) == 1


def test_what_is_out_of_reach_was_not_tried(store: Path, told: Edition, tmp_path: Path) -> None:
    with HookSite() as gone:
        lost = hook(gone)
    done = posted(configured(tmp_path, lost), told)
    assert (done.state, done.attempts, done.unsure) == ("deferred", 0, 0)
    assert done.detail == "127.0.0.1: connection refused; nothing was sent"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "10.0.0.7", "[::1]", "169.254.169.254"])
def test_a_private_address_is_refused_unless_the_webhook_allows_it(
    store: Path, told: Edition, tmp_path: Path, host: str
) -> None:
    with HookSite() as site:
        plain = f"name = 'desk'\nurl = 'http://{host}:{site.port}/'"
        done = posted(configured(tmp_path, plain), told)
    assert site.posts == []
    assert (done.state, done.attempts) == ("deferred", 0)
    assert "is a private address; set allow_private = true for 'desk' in [[delivery.webhook]]" in done.detail


def test_a_failing_webhook_keeps_no_mail_from_leaving(
    store: Path, told: Edition, tmp_path: Path, post: MailSite
) -> None:
    with HookSite(Answer(None), Answer(seconds=30), Answer(410)) as site:
        names = ["one", "two", "three"]
        hooks = [hook(site, "timeout_seconds = 0.3", name=name) for name in names]
        done = deliver_edition(configured(tmp_path, *hooks, port=post.port), told, Clock(NOW.isoformat()), "")
    assert [to for to, _ in post.postbox.mails] == ["a@x.example"]
    found = {each.recipient: each.state for each in done.deliveries}
    assert found == {
        "a@x.example": "accepted",
        "webhook:one": "deferred",
        "webhook:two": "deferred",
        "webhook:three": "refused",
    }


def test_a_kill_while_the_answer_is_awaited_costs_one_more_copy(store: Path, told: Edition, tmp_path: Path) -> None:
    told_how = (
        "import sys\nfrom flows.digest.dispatch import deliver_waiting\nfrom flows.runtime.clock import Clock\n"
        "from flows.runtime.flow_config import config_at\n"
        "deliver_waiting(config_at(sys.argv[1]), Clock(sys.argv[2]), '')"
    )
    with HookSite(Answer(seconds=30)) as site:
        file = config_file(tmp_path, hook(site, "timeout_seconds = 20"))
        process = subprocess.Popen([sys.executable, "-c", told_how, str(file), NOW.isoformat()], cwd=ROOT)
        patience = time.monotonic() + 60
        while not site.posts:
            assert time.monotonic() < patience, "nothing was posted"
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        deliver_waiting(read_config(file), Clock((NOW + timedelta(minutes=1)).isoformat()), "")
    with closing(open_store(store)) as opened:
        states = {each.recipient: each.state for each in deliveries.of_edition(opened, told.id)}
    assert states == {"a@x.example": "accepted", "webhook:desk": "accepted"}
    assert len(site.posts) == 2
    assert len({(post.headers["webhook-id"], post.body) for post in site.posts}) == 1


def test_an_address_may_come_from_the_environment_alone(
    store: Path, told: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match="set its url, or AXISWATCH_WEBHOOK_URL_DESK_CHAT in the environment"):
        configured(tmp_path, "name = 'desk-chat'\nallow_private = true")
    with HookSite() as site:
        monkeypatch.setenv("AXISWATCH_WEBHOOK_URL_DESK_CHAT", site.secret)
        posted(configured(tmp_path, "name = 'desk-chat'\nallow_private = true"), told)
    assert len(site.posts) == 1
