"""What the desk asks of the customer system: a stranger's number, a fresh copy, a change at the home, bills."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from agent_api.crm import mirror
from agent_api.crm.port import CustomerPort
from agent_api.customers.billing import BillingPort, IssuedBill
from agent_api.customers.models import Customer
from agent_api.db import Database
from agent_api.errors import NotFound

MONTHS = 6
AT_HOME = ("contact_number", "email", "address")
"""What the other system keeps; consent and language are ours."""


class CustomerDesk:
    """`elsewhere`: whether another system is the home of the customers that have an external id."""

    def __init__(
        self, db: Database, port: CustomerPort, billing: BillingPort, clock: Callable[[], datetime], elsewhere: bool
    ) -> None:
        self._db = db
        self._port = port
        self._billing = billing
        self._clock = clock
        self.elsewhere = elsewhere

    async def find(self, number: str) -> Customer | None:
        """A number that our store does not know, asked of the home; None without one."""
        if not self.elsewhere:
            return None
        found = await self._port.by_number(number)
        if found is None:
            return None
        async with self._db.write() as session:
            return await mirror.store(session, found, self._clock())

    async def refresh(self, customer: Customer) -> bool:
        """A fresh copy; False when its home is here."""
        if not self.elsewhere or customer.external_id is None:
            return False
        found = await self._port.get(customer.external_id)
        if found is None:
            raise NotFound("customer", customer.external_id)
        async with self._db.write() as session:
            await mirror.store(session, found, self._clock())
        return True

    async def change(self, customer: Customer, values: Mapping[str, str]) -> None:
        """At the home first: what it refuses is not changed here either."""
        theirs = {name: value for name, value in values.items() if name in AT_HOME}
        if self.elsewhere and customer.external_id is not None and theirs:
            await self._port.change(customer.external_id, theirs)

    async def bills(self, customer: Customer) -> Sequence[IssuedBill]:
        if self.elsewhere and customer.external_id is not None:
            return mirror.issued(await self._port.bills(customer.external_id, MONTHS))
        return await self._billing.bills(customer.customer_id)

    async def close(self) -> None:
        await self._port.close()
