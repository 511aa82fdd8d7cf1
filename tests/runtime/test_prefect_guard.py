"""The attack on the Prefect server that our commands bring along.

Whoever may write to its API runs code as the operator. Three attackers: a program of another user of this machine (no
login), a page that a browser shows from another port of this machine (a foreign Origin), a name on the web that was
made to point here (a foreign Host).
"""

from __future__ import annotations

import base64
import json
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import websockets.exceptions
from websockets.sync.client import connect

from tests.support import browser
from tests.support.chrome import visitor
from tests.support.command import environment, wait_for
from tests.support.prefect_home import PrefectHomes

CHROMIUM = browser.find()
HOLD = """
import sys, time
from pathlib import Path
from flows.runtime.prefect_server import local_api
with local_api(Path(sys.argv[1]), schedules=True) as url:
    print(url, flush=True)
    time.sleep(600)
"""
OPEN_PATHS = {("GET", "/api/health"), ("GET", "/api/ready")}
"""What answers without a login, so that a program can ask whether the server is there."""


FOREIGN_HOSTS = ("evil.example", "evil.example:{port}", "localhost:{port}", "127.0.0.1", "[::1]:{port}")


@dataclass(frozen=True)
class Api:
    """A server as `axiswatch serve` brings it along."""

    url: str
    home: Path

    @property
    def root(self) -> str:
        return self.url.removesuffix("/api")

    @property
    def login(self) -> str:
        return (self.home / "login").read_text()

    def ask(self, path: str, method: str = "GET", body: object = None, **headers: str) -> tuple[int, dict[str, str]]:
        """(status, headers) of the answer; ``path`` begins at the root of the server."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.root}{path}", data=data, method=method)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, {name.lower(): value for name, value in answer.headers.items()}
        except urllib.error.HTTPError as error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}

    @property
    def credentials(self) -> str:
        return "Basic " + base64.b64encode(self.login.encode()).decode()

    def flows(self) -> Any:
        """How many flows the server knows, as its operator asks."""
        request = urllib.request.Request(f"{self.url}/flows/count", data=b"{}")
        request.add_header("Authorization", self.credentials)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes) -> Iterator[Api]:
    home = prefect_homes.fill(tmp_path_factory.mktemp("attacked") / "prefect")
    call = [sys.executable, "-c", HOLD, str(home)]
    # A login of the operator's own, for another server, must not become ours.
    env = environment({"PREFECT_API_AUTH_STRING": "admin:admin", "PREFECT_SERVER_API_AUTH_STRING": "admin:admin"})
    with subprocess.Popen(call, env=env, stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        url = command.stdout.readline().strip()
        wait_for(url, home / "server.log")
        yield Api(url, home)
        command.kill()


def operations(api: Api) -> list[tuple[str, str]]:
    """Every (method, path) of Prefect's API, with something in the place of each parameter."""
    with urllib.request.urlopen(f"{api.root}/openapi.json", timeout=30) as answer:
        paths = json.load(answer)["paths"]
    identity = "00000000-0000-0000-0000-000000000000"
    filled = {path: "/".join(identity if part.startswith("{") else part for part in path.split("/")) for path in paths}
    prefix = "" if next(iter(paths)).startswith("/api") else "/api"
    return [(method.upper(), prefix + filled[path]) for path, methods in paths.items() for method in methods]


def test_without_the_login_every_operation_is_refused(api: Api) -> None:
    asked = operations(api)
    assert len(asked) > 150
    answered = {(method, path): api.ask(path, method, {} if method != "GET" else None)[0] for method, path in asked}
    assert {each for each, status in answered.items() if status != 401} == OPEN_PATHS


@pytest.mark.parametrize("login", ["admin:admin", "axiswatch:", "axiswatch", ":", "axiswatch:x"])
def test_a_login_that_is_guessed_is_refused(api: Api, login: str) -> None:
    guess = "Basic " + base64.b64encode(login.encode()).decode()
    assert api.ask("/api/flows/count", "POST", {}, Authorization=guess)[0] == 401


def test_with_the_login_it_answers(api: Api) -> None:
    assert api.ask("/api/flows/count", "POST", {}, Authorization=api.credentials)[0] == 200


@pytest.mark.parametrize("path", ["/api/health", "/api/ready", "/", "/docs", "/openapi.json", "/ui-settings"])
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_another_name_for_this_machine_is_refused_on_every_path(api: Api, path: str, host: str) -> None:
    port = urlsplit(api.url).port
    assert api.ask(path, Host=host.format(port=port))[0] == 403
    assert api.ask(path, Host=host.format(port=port), Authorization=api.credentials)[0] == 403


@pytest.mark.parametrize("path", ["/api/health", "/", "/docs", "/openapi.json", "/ui-settings"])
@pytest.mark.parametrize("origin", ["http://127.0.0.1:1", "http://localhost:8000", "https://evil.example", "null"])
def test_a_page_from_elsewhere_is_refused_on_every_path(api: Api, path: str, origin: str) -> None:
    for method in ("GET", "OPTIONS", "POST"):
        status, headers = api.ask(path, method, Origin=origin, Access_Control_Request_Method="PATCH")
        assert status == 403
        assert "access-control-allow-origin" not in headers


def test_what_a_foreign_page_loads_without_an_origin_is_refused_but_a_click_is_not(api: Api) -> None:
    assert api.ask("/api/health", Sec_Fetch_Site="same-site", Sec_Fetch_Mode="no-cors")[0] == 403
    assert api.ask("/api/health", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="cors")[0] == 403
    frame = {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}
    assert api.ask("/", **frame)[0] == 403
    click = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert api.ask("/", **click)[0] == 200
    assert api.ask("/api/health", Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors", Origin=api.root)[0] == 200


@pytest.mark.parametrize("path", ["/api/events/in", "/api/events/out", "/api/logs/out"])
def test_web_sockets_ask_for_the_login_too(api: Api, path: str) -> None:
    address = f"ws{api.root.removeprefix('http')}{path}"
    for said in ({"type": "auth"}, {"type": "auth", "token": "admin:admin"}, {"type": "filter", "filter": {}}):
        with connect(address, subprotocols=["prefect"], proxy=None) as line:  # type: ignore[list-item]
            line.send(json.dumps(said))
            with pytest.raises(websockets.exceptions.ConnectionClosed):
                line.recv(timeout=10)
    with pytest.raises(websockets.exceptions.WebSocketException), connect(address, proxy=None) as line:
        line.recv(timeout=10)


def test_a_web_socket_of_a_foreign_page_is_refused_at_the_door(api: Api) -> None:
    address = f"ws{api.root.removeprefix('http')}/api/events/in"
    with (
        pytest.raises(websockets.exceptions.InvalidStatus, match="403"),
        connect(address, origin="http://127.0.0.1:1", subprotocols=["prefect"], proxy=None),  # type: ignore[arg-type, list-item]
    ):
        pass


def test_the_login_lies_in_one_file_that_only_its_owner_reads(api: Api) -> None:
    secret = api.login.partition(":")[2].encode()
    assert len(secret) > 30
    holders = [file for file in api.home.rglob("*") if file.is_file() and secret in file.read_bytes()]
    assert holders == [api.home / "login"]
    assert stat.S_IMODE((api.home / "login").stat().st_mode) == 0o600


ATTACK = """
(async () => {
  const said = [], api = %s;
  const tell = async (what, doing) => {
    try { said.push(what + ': ' + await doing()); } catch (error) { said.push(what + ': refused'); }
  };
  const json = {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{"name": "planted"}'};
  await tell('read', async () => (await fetch(api + '/admin/version')).text());
  await tell('read what needs no login', async () => (await fetch(api + '/health')).text());
  await tell('write', async () => (await fetch(api + '/flows/', json)).status);
  await tell('write unseen', async () =>
    (await fetch(api + '/flows/', {method: 'POST', mode: 'no-cors', body: new Blob(['{"name": "planted"}'])})).type);
  await tell('listen', () => new Promise((yes, no) => {
    const line = new WebSocket(api.replace('http', 'ws') + '/events/out', ['prefect']);
    line.onopen = () => yes('open'); line.onerror = no;
  }));
  await tell('load', () => new Promise((yes, no) => {
    const script = document.createElement('script');
    script.src = api.replace('/api', '/openapi.json'); script.onload = () => yes('loaded'); script.onerror = no;
    document.head.append(script);
  }));
  window.said = said;
})()
"""


@pytest.mark.skipif(CHROMIUM is None, reason=browser.MISSING)
def test_a_page_on_another_port_of_this_machine_gets_nowhere(api: Api, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<!doctype html><title>a page</title>")
    before = api.flows()
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site, visitor(CHROMIUM, tmp_path) as guest:
        Thread(target=site.serve_forever, daemon=True).start()
        guest.go(f"http://127.0.0.1:{site.server_port}/")
        guest.run(ATTACK % json.dumps(api.url))
        guest.until("window.said !== undefined")
        said = guest.run("window.said")
        site.shutdown()
    # A write whose answer the page may not see is sent all the same: what counts is that nothing came of it.
    assert [line for line in said if not line.endswith(": refused")] == ["write unseen: opaque"]
    assert api.flows() == before


@pytest.mark.skipif(CHROMIUM is None, reason=browser.MISSING)
def test_its_own_pages_work_in_the_browser(api: Api, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    with visitor(CHROMIUM, tmp_path) as guest:
        guest.call("Page.navigate", url=f"{api.root}/")
        guest.until("document.querySelector('input[type=password]') !== null")
        assert "401" not in guest.run("document.body.innerText")
