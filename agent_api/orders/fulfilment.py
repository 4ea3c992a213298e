"""The port to whoever switches lines, and the embedded one, which changes our own product table."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from agent_api.customers.models import Product
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.orders.offers import BROADBAND, OFFERS, PLANS, Work


@dataclass(frozen=True, slots=True)
class Task:
    order_no: str
    product_id: str
    product: ProductType
    service: str
    choice: str | None = field(repr=False)
    from_day: date
    """First day it counts; of a renewal the last day it pays for."""


class CannotBeDone(Exception):
    """Not now and not later; the reason is for the customer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FulfilmentPort(Protocol):
    def takes(self, product: ProductType, service: str) -> bool:
        """Whether a machine can do it; people do the rest."""

    async def carry_out(self, task: Task) -> None:
        """Twice is as good as once. Raises Unavailable (try again) or CannotBeDone."""


class EmbeddedFulfilment:
    """Opens its own units of work, as a remote system would."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def takes(self, product: ProductType, service: str) -> bool:
        offer = OFFERS.get((product, service))
        return offer is not None and offer.work is not Work.VISIT

    async def carry_out(self, task: Task) -> None:
        async with self._db.write() as session:
            line = await session.get(Product, task.product_id, with_for_update=True)
            if line is None or line.status == "closed":
                raise CannotBeDone("号码已销户")
            if task.service not in ("resume", "renew", "recharge") and line.suspended_for in ("arrears", "loss"):
                raise CannotBeDone("号码已停机")
            change(line, task)


def change(line: Product, task: Task) -> None:
    """The order's effect on the line."""
    choice = task.choice or ""
    switch, _, way = task.service.partition("_")
    match task.service:
        case "suspend_keep":
            line.status, line.suspended_for = "suspended", "keep"
        case "resume":
            line.status, line.suspended_for = "active", None
        case "change_plan":
            line.plan = (PLANS | BROADBAND)[choice]
        case "add_service":
            line.services = {**line.services, choice: task.from_day.isoformat()}
        case "remove_service":
            line.services = {name: day for name, day in line.services.items() if name != choice}
        case "call_forwarding":
            line.forward_to = choice or None
        case "renew":
            line.paid_until = max(line.paid_until or task.from_day, task.from_day)
        case _ if way == "on":
            line.services = {**line.services, switch: task.from_day.isoformat()}
        case _ if way == "off":
            line.services = {name: day for name, day in line.services.items() if name != switch}
        case _:
            pass  # done while the customer waited
