"""Hands the fees of orders that are done to billing, however often billing is away. A job."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from agent_api.auth.principal import SYSTEM
from agent_api.customers.billing import BillingPort, Charge
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.errors import Refused, Unavailable
from agent_api.orders import repository, service
from agent_api.orders.models import OrderRow
from agent_api.orders.offers import OFFERS
from agent_api.orders.workflow import Fact

log = structlog.get_logger(__name__)


class Cashier:
    def __init__(self, db: Database, billing: BillingPort, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._billing = billing
        self._clock = clock
        self._zone = zone

    async def look(self) -> None:
        """Billing knows the order's number: twice is as good as once."""
        async with self._db.read() as session:
            waiting = await repository.uncharged(session)
        for row in waiting:
            try:
                await self._billing.charge(ProductType(row.product_type), row.number, self._charge(row))
            except Unavailable as error:
                log.warning("a fee waits for billing", order_no=row.order_no, what=error.what)
                return
            await self._note(row)

    def _charge(self, row: OrderRow) -> Charge:
        offer = OFFERS[ProductType(row.product_type), row.service]
        now = self._clock()
        day = offer.charged_on(row.choice, row.promised_for, now.astimezone(self._zone).date())
        return Charge(row.order_no, offer.title, row.fee, day)

    async def _note(self, row: OrderRow) -> None:
        async with self._db.write() as session:
            fresh = await service.get(session, row.order_no, for_update=True)
            try:
                await service.happen(session, fresh, Fact.CHARGE, SYSTEM, "", self._clock(), self._zone)
            except Refused:
                return  # put away meanwhile
