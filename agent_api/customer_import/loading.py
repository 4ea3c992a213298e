"""Loads checked rows into the store: new customers, changes of known ones (by their external id), their lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customer_import.rows import PRODUCTS, Record, Wrong
from agent_api.customers import records
from agent_api.customers.models import Customer, Product
from agent_api.customers.rules import ProductType

UNKNOWN_AGE = 30
"""Of a record that does not tell it: nobody is put into the senior line by a missing date."""
SOURCE = "import"


@dataclass(frozen=True, slots=True)
class Loader:
    """Who loads, when, and where customers live whose row does not say."""

    who: str
    now: datetime
    center_id: str

    async def load(self, session: AsyncSession, record: Record) -> Literal["created", "changed", "same"]:
        """Wrong when the store holds something that contradicts the row."""
        query = select(Customer).where(Customer.external_id == record.external_id)
        customer = await session.scalar(query.with_for_update())
        if customer is None:
            await self._create(session, record)
            return "created"
        changed = await records.change(session, customer, record.customer, self.who, self.now, source=SOURCE)
        lines = await self._line(session, customer, record.line) if record.line else False
        return "changed" if changed or lines else "same"

    async def _create(self, session: AsyncSession, record: Record) -> None:
        defaults: dict[str, Any] = {
            "level": "normal",
            "star_level": 0,
            "birth_date": date(self.now.year - UNKNOWN_AGE, 1, 1),
            "language": "",
            "center_id": self.center_id,
            "contact_number": record.line["number"] if record.line else "",
            "address": "",
            "email": "",
            "credit_level": "C",
        }
        customer = Customer(
            customer_id=f"I{uuid4().hex[:15]}", external_id=record.external_id, **(defaults | dict(record.customer))
        )
        session.add(customer)
        await session.flush()
        if record.line:
            await self._line(session, customer, record.line)

    async def _line(self, session: AsyncSession, customer: Customer, line: Mapping[str, str]) -> bool:
        """Whether anything about the line is different now."""
        kind = PRODUCTS.get(line.get("product_type", ""), ProductType.MOBILE.value)
        query = select(Product).where(
            Product.number == line["number"], Product.type == kind, Product.status != "closed"
        )
        product = await session.scalar(query)
        if product is None:
            product = Product(
                product_id=uuid4().hex,
                customer_id=customer.customer_id,
                type=kind,
                number=line["number"],
                plan=line.get("plan", ""),
                status="active",
                balance=Decimal(0),
                services={},
            )
            session.add(product)
            await session.flush()
            return True
        if product.customer_id != customer.customer_id:
            raise Wrong("业务号码:已属于其他客户")
        different = product.plan != line.get("plan", product.plan)
        product.plan = line.get("plan", product.plan)
        return different
