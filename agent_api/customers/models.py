"""Subscribers and what the embedded billing keeps: products, bills, payments, service passwords.

The columns search goes by are kept right by the models themselves.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from agent_api.customers.rules import TAIL, initials
from agent_api.db import Base

PREFIX = "varchar_pattern_ops"
"""PostgreSQL finds the start of a text by an index of this kind only."""


class Customer(Base):
    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_name_start", "name", postgresql_ops={"name": PREFIX}),
        Index("ix_customer_initials_start", "initials", postgresql_ops={"initials": PREFIX}),
    )

    customer_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    level: Mapped[str] = mapped_column(String(10))
    """normal or vip."""
    star_level: Mapped[int]
    birth_date: Mapped[date]
    language: Mapped[str] = mapped_column(String(8))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    contact_number: Mapped[str] = mapped_column(String(32), index=True)
    address: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(120))
    credit_level: Mapped[str] = mapped_column(String(2))
    protected: Mapped[bool] = mapped_column(default=False)
    """Minor, deceased or under court protection: never called about a debt."""
    area: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """Area code of the home, e.g. 025: announcements and mass faults are for an area."""
    alternative_number: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Where to write to when the own telephone is lost."""
    id_last6_hash: Mapped[str | None] = mapped_column(String(200))
    """The last six characters of the identity card, hashed; the card's number itself is not kept."""
    points: Mapped[int] = mapped_column(default=0, server_default="0")
    kind: Mapped[str] = mapped_column(String(8), default="person", server_default="person")
    """person or group (a key account with many lines)."""
    account_no: Mapped[str] = mapped_column(String(40), default="", server_default="", index=True)
    external_id: Mapped[str | None] = mapped_column(String(60), unique=True, index=True)
    """What the system the record came from calls it."""
    initials: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """Of the name in pinyin: 张三 is zs."""
    consent: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """What the customer agreed to, e.g. {"marketing_sms": true}; nothing said is no."""
    manager: Mapped[str] = mapped_column(String(6), default="", server_default="")
    """Agent number of a key account's own manager; empty: none."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @validates("name")
    def _named(self, _key: str, name: str) -> str:
        self.initials = initials(name)
        return name


class CustomerVersion(Base):
    """What a change of a customer's record replaced, and who did it."""

    __tablename__ = "customer_version"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    """The one that was replaced."""
    before: Mapped[dict[str, Any]]
    changed_by: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(String(20))
    """desk, import or the name of another system."""
    reason: Mapped[str] = mapped_column(String(200))


class GroupContract(Base):
    """What a group agreed with us, and who looks after it."""

    __tablename__ = "group_contract"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True)
    contract_no: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    manager_no: Mapped[str] = mapped_column(String(6))
    terms: Mapped[str] = mapped_column(String(500))


class AuthorisedContact(Base):
    """Who may order and ask on behalf of a group (经办人)."""

    __tablename__ = "authorised_contact"

    contact_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(32))
    role: Mapped[str] = mapped_column(String(40))
    valid_until: Mapped[date | None]


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
    suspended_for: Mapped[str | None] = mapped_column(String(10))
    """Why it is suspended: arrears, loss or keep (the owner's wish)."""
    valid_until: Mapped[date | None]
    """Last day of a card."""
    paid_until: Mapped[date | None]
    """Last day that is paid for (paging)."""
    minutes_left: Mapped[int | None]
    mb_left: Mapped[int | None]
    messages_left: Mapped[int | None]
    services: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Name of a service to the first day it is on, e.g. {"roaming": "2026-11-22"}."""
    forward_to: Mapped[str | None] = mapped_column(String(32))
    reminder: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether the owner wants to be told of charges by message."""
    tail: Mapped[str] = mapped_column(String(4), default="", server_default="", index=True)
    """The number's last four digits."""

    @validates("number")
    def _numbered(self, _key: str, number: str) -> str:
        self.tail = number[-TAIL:]
        return number


class ServicePassword(Base):
    """The customer's six digits of one line, hashed, and today's wrong tries."""

    __tablename__ = "service_password"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    wrong_day: Mapped[date | None]
    initial: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Not yet changed by its owner: it proves level 1 only."""


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
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.product_id"), index=True)
    """The line it was paid for; None for a payment towards everything owed."""


class AccountCredit(Base):
    """Money given to a customer; the reference makes twice as good as once."""

    __tablename__ = "account_credit"

    reference: Mapped[str] = mapped_column(String(40), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    amount: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class TopUpCard(Base):
    """A card with money on it, used once. The first eight digits of what is keyed find it, the hash proves the rest."""

    __tablename__ = "top_up_card"

    serial: Mapped[str] = mapped_column(String(8), primary_key=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal]
    valid_until: Mapped[date]
    used_at: Mapped[datetime | None]
    used_for: Mapped[str | None] = mapped_column(ForeignKey("product.product_id"))


class BlockedNumber(Base):
    """A number we do not talk to: harassing callers, by court order."""

    __tablename__ = "blocked_number"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
