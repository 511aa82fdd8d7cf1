"""The figures as OpenMetrics text, for programs that scrape: the one door to prometheus_client."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics import exposition
from prometheus_client.registry import Collector

from db.inspection import Figures
from flows.alarms.conditions import HEADLINES
from flows.doctor.health import Health, since_last_pass

MEDIA_TYPE = exposition.CONTENT_TYPE_LATEST


def openmetrics(health: Health) -> str:
    """The text, which ends in ``# EOF``. Where the store cannot be read it says so by ``axiswatch_ok 0`` and holds no
    figures of it: a missing figure alerts, a wrong one misleads."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(health))
    text: bytes = exposition.generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()


class _Once(Collector):
    """The figures of one moment. A registry of its own: the library's common one would add those of the process."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        health = self._health
        yield GaugeMetricFamily("axiswatch_ok", "1 where axiswatch health finds no fault", not health.faults)
        yield GaugeMetricFamily("axiswatch_disk_free_bytes", "Free on the disk of the store", health.disk_free)
        since = since_last_pass(health)
        if since is not None:
            yield GaugeMetricFamily("axiswatch_last_pass_age_seconds", "Since the last completed pass", since)
        alarms = GaugeMetricFamily("axiswatch_alarms_open", "Open alarms by kind", labels=["kind"])
        for kind in HEADLINES:
            alarms.add_metric([kind], sum(each.kind == kind for each in health.alarms))
        yield alarms
        if health.figures:
            yield from _of_store(health.figures)


def _of_store(found: Figures) -> Iterator[Metric]:
    yield CounterMetricFamily("axiswatch_entries", "Entries in the store", found.entries)
    yield CounterMetricFamily("axiswatch_flagged", "Entries that were ever flagged", found.flagged)
    yield CounterMetricFamily("axiswatch_passes", "Completed passes", found.passes)
    yield GaugeMetricFamily("axiswatch_feeds", "Feeds that are read", found.feeds)
    share = found.failing_feeds / found.feeds if found.feeds else 0.0
    yield GaugeMetricFamily("axiswatch_feeds_failing_ratio", "Share of the feeds whose last check failed", share)
    deliveries = GaugeMetricFamily("axiswatch_deliveries", "Deliveries by state", labels=["state"])
    for state, count in found.deliveries.items():
        deliveries.add_metric([state], count)
    yield deliveries
    made = found.model_made_at.isoformat() if found.model_made_at else ""
    yield InfoMetricFamily("axiswatch_model", "The model version that judges", {"id": found.model, "made": made})
