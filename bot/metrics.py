"""Figures for whoever watches the bot, in Prometheus' format: no name of anybody is in them."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import Database
from models.company.queues import in_force
from models.company.resources import Hold
from models.deals.rows import WaysFound
from models.digests.schedules import Occurrence
from models.workspace.outbox import News, Outbox, is_blocked

SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
REGISTRY = CollectorRegistry()
REQUESTS = Counter("belay_requests", "Requests that were answered", ["door", "outcome"], registry=REGISTRY)
LATENCY = Histogram("belay_request_seconds", "Time to answer", ["door"], buckets=SECONDS, registry=REGISTRY)
CALLS = Counter("belay_calls", "Messages that were tried, by what Slack said", ["outcome"], registry=REGISTRY)
FOUND = Counter("belay_reconciled", "Messages whose answer was lost and that stood there already", registry=REGISTRY)


def observe(door: str, outcome: str, seconds: float) -> None:
    """A request was answered."""
    REQUESTS.labels(door, outcome).inc()
    LATENCY.labels(door).observe(seconds)


def page(database: Database, now: datetime) -> bytes:
    """All figures of this process, and of the database that it shares with others."""
    rows = CollectorRegistry()
    with database.reading() as session:
        rows.register(_Rows(list(_gauges(session, now))))
        return generate_latest(REGISTRY) + generate_latest(rows)


def seconds_behind(session: Session, now: datetime) -> float:
    """For how long the oldest message that is due, and that nobody has to unblock, has waited."""
    waiting = select(func.min(Outbox.not_before)).where(
        Outbox.settled_at.is_(None), Outbox.kind != News.WEBHOOK, ~is_blocked()
    )
    oldest = session.scalar(waiting)
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0


class _Rows:
    """A collector of figures that were read already."""

    def __init__(self, gauges: list[GaugeMetricFamily]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures."""
        yield from self._gauges


def _gauges(session: Session, now: datetime) -> Iterator[GaugeMetricFamily]:
    unsent = Outbox.settled_at.is_(None) & (Outbox.kind != News.WEBHOOK)
    counts = {
        "belay_outbox_waiting": ("Messages that are to be sent", Outbox.id, (unsent,)),
        "belay_outbox_stuck": ("Messages that wait for somebody to act", Outbox.id, (unsent, Outbox.is_stuck)),
        "belay_outbox_given_up": (
            "Messages that Slack can never take",
            Outbox.id,
            (Outbox.settled_at.is_not(None), Outbox.error.is_not(None), Outbox.kind != News.WEBHOOK),
        ),
        "belay_holds": ("Holds in force", Hold.id, in_force(now)),
        "belay_occurrences": ("Digests that were made", Occurrence.id, ()),
        "belay_searches_not_proven": ("Searches that ran out of time", WaysFound.id, (~WaysFound.is_complete,)),
    }
    for name, (help_, column, where) in counts.items():
        yield GaugeMetricFamily(name, help_, session.scalar(select(func.count(column)).where(*where)) or 0)
    yield GaugeMetricFamily("belay_outbox_seconds_behind", "Age of the oldest due", seconds_behind(session, now))
