"""Figures of the recordings, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class RecordingMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.stored = Counter("desk_recordings_stored_total", "Recordings put away", registry=registry)
        self.lost = Counter("desk_recordings_lost_total", "Recordings of which no file was found", registry=registry)
        self.failures = Counter("desk_recording_failures_total", "Tries that did not succeed", registry=registry)
        self.purged = Counter("desk_recordings_purged_total", "Recordings deleted after their time", registry=registry)
        self.waiting = Gauge("desk_recordings_waiting", "Recordings not put away yet", registry=registry)
        self.oldest = Gauge(
            "desk_recordings_oldest_seconds", "Since when the oldest of them waits, 0 without", registry=registry
        )
