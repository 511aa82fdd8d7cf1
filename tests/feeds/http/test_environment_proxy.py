"""The proxy that the environment names: used on request, with its login and its exceptions."""

from __future__ import annotations

import pytest

from flows.config.settings import ConfigError
from flows.feeds.http.proxy import is_excepted
from flows.feeds.parsing.records import FeedFailure, FeedResponse
from tests.support.forward_proxy import ForwardProxy, error_of, fetch, port_of, through
from tests.support.web_site import WebSite

pytestmark = pytest.mark.usefixtures("names")


async def test_the_environments_proxy_is_used_on_request_alone(
    proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{proxy.port}")
    monkeypatch.setenv("NO_PROXY", "other.example, .deep.example")
    url = "http://quay.example/ok"
    assert isinstance(await fetch(url, through("environment")), FeedResponse)
    assert proxy.asked == [f"GET {url}"]
    monkeypatch.setenv("no_proxy", "example")
    assert isinstance(await fetch(url, through("environment")), FeedFailure)
    assert isinstance(await fetch("http://deep.example/ok", through("")), FeedFailure)
    assert proxy.asked == [f"GET {url}"]


async def test_the_environments_login_counts_and_its_variable_is_named(
    behind: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ForwardProxy({"quay.example": port_of(behind)}, "desk:a/b c") as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.address.replace("//", "//desk:a%2Fb%20c@"))
        assert isinstance(await fetch("http://quay.example/ok", through("environment")), FeedResponse)
        monkeypatch.setenv("http_proxy", proxy.address.replace("//", "//desk:hushhush@"))
        told = await error_of("http://quay.example/ok", through("environment"))
        assert told.endswith("(HTTP 407); set user and password in http_proxy")
        assert "hushhush" not in told


@pytest.mark.parametrize("address", ["socks5://desk:hushhush@127.0.0.1:1080", "http://", "http://desk:hushhush@a:b"])
async def test_an_environment_that_names_no_http_proxy_is_a_fault_of_the_config(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", address)
    with pytest.raises(ConfigError, match="ALL_PROXY names no HTTP proxy; write it as http://host:port") as told:
        await fetch("http://quay.example/ok", through("environment"))
    assert "hushhush" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "listed", "excepted"),
    [
        ("quay.example", "", False),
        ("quay.example", "*", True),
        ("quay.example", "quay.example", True),
        ("news.quay.example", "quay.example", True),
        ("news.quay.example", ".quay.example", True),
        ("news.quay.example", "*.quay.example", True),
        ("notquay.example", "quay.example", False),
        ("QUAY.example.", "a.example QUAY.EXAMPLE", True),
        ("quay.example", "quay.example:80", True),
        ("quay.example", "quay.example:8080", False),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("[fd00::1]", "fd00::/8", True),
        ("fd00::1", "[fd00::1]:80", True),
        ("quay.example", ",, .", False),
    ],
)
def test_exceptions_are_read_as_other_programs_read_them(host: str, listed: str, excepted: bool) -> None:
    assert is_excepted(host, 80, listed) is excepted
