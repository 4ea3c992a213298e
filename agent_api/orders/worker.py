"""Carries out what machines can do, lets late answers go on, puts old orders away. A job; several may run at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agent_api.auth.principal import SYSTEM
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.errors import Refused, Unavailable
from agent_api.orders import repository, service
from agent_api.orders.fulfilment import CannotBeDone, FulfilmentPort, Task
from agent_api.orders.models import OrderRow
from agent_api.orders.workflow import INFO_PAUSE, Fact, State

RETRY_AFTER = timedelta(minutes=1)
"""Also how long a replica has for an order it started, before another one tries."""
ARCHIVED_AFTER = timedelta(days=30)


class OrderWorker:
    def __init__(self, db: Database, fulfilment: FulfilmentPort, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._fulfilment = fulfilment
        self._clock = clock
        self._zone = zone

    async def look(self) -> None:
        now = self._clock()
        for row in await self._in_state(State.SUBMITTED, now):
            if self._takes(row) and await self._happened(row.order_no, Fact.START):
                await self._carry_out(row)
        for row in await self._in_state(State.IN_PROGRESS, now - RETRY_AFTER):
            if self._takes(row):
                await self._carry_out(row)

    async def tidy(self) -> None:
        now = self._clock()
        for row in await self._in_state(State.INFO_REQUIRED, now - INFO_PAUSE):
            await self._happened(row.order_no, Fact.INFO_LATE)
        for row in await self._in_state(State.NOTIFIED, now - ARCHIVED_AFTER):
            await self._happened(row.order_no, Fact.ARCHIVE)

        await self._look_for_late(now)

    async def _look_for_late(self, now: datetime) -> None:
        """The promised day is over (telecom regulations, article 31: one per cent a day)."""
        today = now.astimezone(self._zone).date()
        async with self._db.write() as session:
            for row in await repository.late(session, today):
                days = (today - row.promised_for).days if row.promised_for else 0
                reason = f"逾期{days}天,每日按费用1%支付违约金"
                await service.open_exception(session, row, service.Trouble.LATE, reason, now, self._zone)

    async def _in_state(self, state: State, changed_before: datetime) -> list[OrderRow]:
        async with self._db.glance() as session:
            return list(await repository.in_state(session, [state.value], changed_before))

    def _takes(self, row: OrderRow) -> bool:
        return self._fulfilment.takes(ProductType(row.product_type), row.service)

    async def _carry_out(self, row: OrderRow) -> None:
        today = self._clock().astimezone(self._zone).date()
        task = Task(
            row.order_no,
            row.product_id,
            ProductType(row.product_type),
            row.service,
            row.choice,
            row.promised_for or today,
        )
        try:
            await self._fulfilment.carry_out(task)
        except CannotBeDone as refusal:
            await self._happened(row.order_no, Fact.FAIL, refusal.reason)
        except Unavailable as error:
            await self._happened(row.order_no, Fact.TRY_FAILED, f"系统暂不可用: {error.what}")
        else:
            await self._happened(row.order_no, Fact.COMPLETE)

    async def _happened(self, order_no: str, fact: Fact, reason: str = "") -> bool:
        """False when somebody else was faster and the order's state forbids it now."""
        async with self._db.write() as session:
            row = await service.get(session, order_no, for_update=True)
            try:
                await service.happen(session, row, fact, SYSTEM, reason, self._clock(), self._zone)
            except Refused:
                return False
        return True
