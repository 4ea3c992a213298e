"""What the process needs of the exchange, as one value: the wire, the figures, who carries."""

from dataclasses import dataclass

from agent_api.exchange.carrier import Carrier
from agent_api.exchange.http_link import HttpLink
from agent_api.exchange.metrics import ExchangeMetrics


@dataclass(frozen=True, slots=True)
class Office:
    link: HttpLink
    metrics: ExchangeMetrics
    carrier: Carrier
