"""Dealers, the cards they sell, what they earn and what they ordered."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Dealer(Base):
    __tablename__ = "dealer"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    phone: Mapped[str] = mapped_column(String(32), unique=True)
    """Calls from here get the dealers' menu; notices go there."""
    password_hash: Mapped[str] = mapped_column(String(200))
    wrong_tries: Mapped[int]
    """Three in a row lock the code until the channel manager unlocks it."""


class DealerCard(Base):
    __tablename__ = "dealer_card"

    card: Mapped[str] = mapped_column(String(20), primary_key=True)
    dealer_code: Mapped[str] = mapped_column(ForeignKey("dealer.code"), index=True)
    activated_at: Mapped[datetime | None]


class DealerCommission(Base):
    __tablename__ = "dealer_commission"

    dealer_code: Mapped[str] = mapped_column(ForeignKey("dealer.code"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    amount: Mapped[Decimal]


class DealerOrder(Base):
    __tablename__ = "dealer_order"

    order_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    dealer_code: Mapped[str] = mapped_column(ForeignKey("dealer.code"), index=True)
    done: Mapped[bool]
    created_at: Mapped[datetime]
