"""Books what was approved with billing, however often billing is away. A job."""

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.compensations import service
from agent_api.compensations.models import Compensation
from agent_api.customers.billing import BillingPort
from agent_api.db import Database
from agent_api.errors import Unavailable
from agent_api.tickets import service as tickets

log = structlog.get_logger(__name__)


class CompensationBooker:
    def __init__(self, db: Database, billing: BillingPort, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._billing = billing
        self._clock = clock

    async def look(self) -> int:
        """How many were booked. Billing knows our number: twice is as good as once."""
        async with self._db.read() as session:
            waiting = [(row, await self._customer(session, row)) for row in await service.approved(session)]
        done = 0
        for row, customer_id in waiting:
            try:
                reference = f"compensation:{row.compensation_id}"
                await self._billing.credit(customer_id, row.amount, reference, f"工单{row.ticket_no}补偿")
            except Unavailable as error:
                log.warning("a compensation waits for billing", ticket_no=row.ticket_no, what=error.what)
                continue
            async with self._db.write() as session:
                await service.booked(session, row.compensation_id, self._clock())
            done += 1
        return done

    async def _customer(self, session: AsyncSession, row: Compensation) -> str:
        return (await tickets.case(session, row.ticket_no)).row.customer_id or ""
