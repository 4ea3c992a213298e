"""Subscribers and what the embedded billing keeps: products, bills, payments, service passwords."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Customer(Base):
    __tablename__ = "customer"

    customer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    level: Mapped[str] = mapped_column(String(10))
    """normal or vip."""
    star_level: Mapped[int]
    birth_date: Mapped[date]
    language: Mapped[str] = mapped_column(String(8))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    contact_number: Mapped[str] = mapped_column(String(32))
    address: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(120))
    credit_level: Mapped[str] = mapped_column(String(2))
    protected: Mapped[bool] = mapped_column(default=False)
    """Minor, deceased or under court protection: never called about a debt."""


class Product(Base):
    """One line or account of a subscriber."""

    __tablename__ = "product"

    product_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(32), index=True)
    plan: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(20))
    """active, suspended or closed."""
    balance: Mapped[Decimal]
    """Money in the line's account that no bill has used yet."""


class ServicePassword(Base):
    """The customer's six digits of one line, hashed, and today's wrong tries."""

    __tablename__ = "service_password"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    wrong_day: Mapped[date | None]


class Bill(Base):
    __tablename__ = "bill"
    __table_args__ = (UniqueConstraint("product_id", "month"), Index("ix_bill_customer_month", "customer_id", "month"))

    bill_id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.product_id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"))
    month: Mapped[str] = mapped_column(String(7))
    total: Mapped[Decimal]
    paid: Mapped[Decimal]
    due_date: Mapped[date]
    components: Mapped[list[dict[str, Any]]]
    """[{"name": "套餐月费", "amount": "59.00"}, ...]; they add up to the total."""


class Payment(Base):
    __tablename__ = "payment"

    payment_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    at: Mapped[datetime]
    amount: Mapped[Decimal]
    registered_by: Mapped[str] = mapped_column(String(16))
