"""The text that others scrape, read by the library's own parser."""

from __future__ import annotations

from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.doctor.conftest import SetUp


def _samples(text: str) -> dict[str, float]:
    families = text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
    return {sample.name: sample.value for each in families for sample in each.samples}


def test_every_figure_is_there(set_up: SetUp) -> None:
    code, told = set_up.call("health", "--metrics")
    found = _samples(told)
    assert code == 0
    assert found["axiswatch_ok"] == 1
    assert found["axiswatch_passes_total"] == 1
    assert found["axiswatch_entries_total"] == found["axiswatch_flagged_total"] == 0
    assert found["axiswatch_feeds_failing_ratio"] == 0
    assert found["axiswatch_disk_free_bytes"] > 0
    assert found["axiswatch_last_pass_age_seconds"] >= 0
    assert found["axiswatch_model_info"] == 1
    assert "axiswatch_deliveries" in told


def test_of_a_store_that_cannot_be_read_no_figure_is_told(set_up: SetUp) -> None:
    set_up.store.unlink()
    code, told = set_up.call("health", "--metrics")
    assert code == 2
    assert _samples(told).keys() == {"axiswatch_ok", "axiswatch_disk_free_bytes", "axiswatch_alarms_open"}
    assert _samples(told)["axiswatch_ok"] == 0
