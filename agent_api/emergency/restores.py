"""Ends restores whose day is over. A job."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_api.customers.billing import BillingPort
from agent_api.customers.models import Product
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.emergency import repository, service
from agent_api.emergency.models import EmergencyCase


class RestoreWatch:
    def __init__(self, db: Database, billing: BillingPort, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._billing = billing
        self._clock = clock
        self._zone = zone

    async def look(self) -> int:
        """How many were ended."""
        now = self._clock()
        async with self._db.read() as session:
            over = await repository.restores_over(session, now)
        for case_id in over:
            owes = await self._owes(case_id, now)
            async with self._db.write() as session:
                await service.end_restore(session, case_id, owes, now)
        return len(over)

    async def _owes(self, case_id: int, now: datetime) -> bool:
        async with self._db.read() as session:
            case = await session.get_one(EmergencyCase, case_id)
            line = await session.get_one(Product, case.product_id)
        today = now.astimezone(self._zone).date()
        return (await self._billing.account(ProductType(line.type), line.number, today)).arrears > 0
