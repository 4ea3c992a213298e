"""Goes through who owes and compares it with the limits, so that nobody has to open the page for it. A job."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from agent_api.credit import service
from agent_api.credit.models import CreditProfile
from agent_api.credit.rules import is_over
from agent_api.customers.billing import ZERO, Arrears, BillingPort
from agent_api.db import Database


class CreditWatch:
    def __init__(self, db: Database, billing: BillingPort, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db, self._billing, self._clock, self._zone = db, billing, clock, zone

    async def look(self) -> int:
        """How many have crossed their limit, or are seen for the first time."""
        now = self._clock()
        debtors = {each.customer_id: each for each in await self._billing.debtors(now.astimezone(self._zone).date())}
        crossed = await self._crossed(debtors)
        for customer_id in crossed:
            async with self._db.write() as session:
                await service.read(session, customer_id, debtors.get(customer_id), now, self._zone)
        return len(crossed)

    async def _crossed(self, debtors: dict[str, Arrears]) -> list[str]:
        async with self._db.read() as session:
            known = {row.customer_id: row for row in await session.scalars(select(CreditProfile))}
        return sorted(
            {
                customer_id
                for customer_id, row in known.items()
                if is_over(_owed(debtors.get(customer_id)), row.credit_limit) is not (row.over_limit_since is not None)
            }
            | (debtors.keys() - known.keys())
        )


def _owed(arrears: Arrears | None) -> Decimal:
    return arrears.owed if arrears else ZERO
