"""Every metric of the platform, named and explained in one place; served as Prometheus text at `/metrics`."""

from prometheus_client import Counter, Gauge, Histogram

RECORDS = Counter(
    "bantin_stage_records_total",
    "Records that a stage has settled, by outcome: emitted, dead or undecodable.",
    ("stage", "outcome"),
)
RETRIES = Counter("bantin_stage_retries_total", "Deliveries that had to wait and were tried again.", ("stage",))
BATCH_SECONDS = Histogram(
    "bantin_stage_batch_seconds",
    "From a batch's arrival until all of it is settled.",
    ("stage",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
LAG = Gauge("bantin_stage_lag_records", "Records that a stage's group has not committed yet.", ("stage", "topic"))
STOPPED = Gauge("bantin_stage_stopped", "1 while a stage has stopped itself and waits for an operator.", ("stage",))
DEAD_LETTERS = Gauge(
    "bantin_dead_letters_open",
    "Dead letters that no operator has decided about yet; every ingest instance counts all.",
    ("stage", "reason"),
)
REFUSED = Counter("bantin_access_refused_total", "Requests turned away at the door.", ("reason",))
