"""What the soak asks the Prefect server that is under test, and what a stranger is answered by it."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any

WORKING = ["PENDING", "RUNNING", "CANCELLING"]


class PrefectApi:
    """The API at an address (``…/api``) with the login of its owner."""

    def __init__(self, url: str, login: str) -> None:
        self._url, self._login = url, login

    def ask(self, path: str, body: dict[str, Any], *, login: bool = True) -> Any:
        """Post to it. Raises OSError, of which HTTPError is one."""
        headers = {"Content-Type": "application/json"}
        if login:
            headers["Authorization"] = "Basic " + base64.b64encode(self._login.encode()).decode()
        request = urllib.request.Request(f"{self._url}{path}", data=json.dumps(body).encode(), headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def is_idle(self, now: datetime) -> bool:
        """Whether no run is under way and none should be by now. Raises OSError."""
        return not self._names({"type": {"any_": WORKING}}) and not self._names({"type": {"any_": ["SCHEDULED"]}}, now)

    def under_way(self) -> list[str]:
        """The names of the runs that it takes for being under way. Raises OSError."""
        return self._names({"type": {"any_": WORKING}})

    def _names(self, state: dict[str, Any], before: datetime | None = None) -> list[str]:
        asked: dict[str, Any] = {"state": state}
        if before:
            asked["next_scheduled_start_time"] = {"before_": before.isoformat()}
        return [run["name"] for run in self.ask("/flow_runs/filter", {"flow_runs": asked, "limit": 50})]

    def attack(self) -> list[int]:
        """What a program without the login is answered that looks for a deployment and has it run. Raises OSError where
        nobody answers at all."""
        found = self.ask("/deployments/filter", {"limit": 1})
        target = found[0]["id"] if found else "00000000-0000-0000-0000-000000000000"
        calls = ("/deployments/filter", f"/deployments/{target}/create_flow_run", "/flow_runs/")
        return [self._status(path) for path in calls]

    def _status(self, path: str) -> int:
        try:
            self.ask(path, {}, login=False)
        except urllib.error.HTTPError as error:
            return error.code
        return 200
