"""What every fact has: when, and on which node."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import NodeName


@dataclass(frozen=True, slots=True)
class Fact:
    at: datetime
    node: NodeName
