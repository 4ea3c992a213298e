"""Figures of the exchange, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter


class ExchangeMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        names = ("peer",)
        self.sent = Counter("desk_exchange_acked_total", "Messages a peer has answered", names, registry=registry)
        self.failures = Counter("desk_exchange_failures_total", "Tries without an answer", names, registry=registry)
        self.dead = Counter(
            "desk_exchange_dead_total", "Messages that were given up or refused", names, registry=registry
        )
        self.received = Counter(
            "desk_exchange_received_total", "Messages of a peer", ("peer", "state"), registry=registry
        )
