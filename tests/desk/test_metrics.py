"""The figures that the desk tells: on request, to programs on this machine alone."""

from __future__ import annotations

from pathlib import Path

from flows.desk import tokens
from flows.desk.server import open_desk
from tests.desk.conftest import DeskSite, filled

PUBLIC = "https://desk.example"


def test_they_are_told_where_the_config_asks(tmp_path: Path, site: DeskSite) -> None:
    assert site.ask("/metrics").status == 404
    (tmp_path / "more").mkdir()
    current = filled(tmp_path / "more", metrics=True)
    with open_desk(current) as desk:
        answer = DeskSite(desk, current).ask("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert "axiswatch_entries_total 5.0" in answer.page
    assert answer.page.endswith("# EOF\n")


def test_whoever_comes_through_a_proxy_needs_the_key(tmp_path: Path) -> None:
    current = filled(tmp_path, metrics=True, address=PUBLIC)
    with open_desk(current) as desk:
        site, key = DeskSite(desk, current), tokens.key(desk.secret)
        assert site.ask("/metrics").status == 200
        assert site.ask("/metrics", Host="desk.example").status == 403
        assert site.ask("/metrics", X_Forwarded_For="203.0.113.9").status == 403
        assert site.ask(f"/metrics?key={key}", Host="desk.example").status == 200
