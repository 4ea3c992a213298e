"""How a line stands and what a month cost, each in one query: the voice menu asks this for every second caller."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from agent_api.customers.bill_parts import parts_of
from agent_api.customers.billing import Account, MonthBill, PaymentMade
from agent_api.customers.models import Bill, Customer, Payment, Product
from agent_api.customers.rules import ProductType, month_of, months_between
from agent_api.db import Database

LAST_PAYMENTS = 3
MONTHS_BACK = 6

OVERDUE = (
    select(func.coalesce(func.sum(Bill.total - Bill.paid), Decimal(0)))
    .where(Bill.product_id == Product.product_id, Bill.paid < Bill.total, Bill.due_date < bindparam("today"))
    .correlate(Product)
    .scalar_subquery()
)
"""What a line owes past its due date; needs the parameter `today`."""

_LAST_PAYMENTS = (
    select(Payment.payment_id)
    .where(Payment.product_id == Product.product_id)
    .order_by(Payment.at.desc())
    .limit(LAST_PAYMENTS)
    .correlate(Product)
)
_THE_LINE = (Product.type == bindparam("product"), Product.number == bindparam("number"), Product.status != "closed")
_ACCOUNT = (
    select(
        Product.balance,
        OVERDUE.label("arrears"),
        Product.plan,
        Product.valid_until,
        Product.paid_until,
        Product.minutes_left,
        Product.mb_left,
        Product.messages_left,
        Customer.points,
        Payment.at.label("paid_at"),
        Payment.amount.label("paid_amount"),
    )
    .join(Customer, Customer.customer_id == Product.customer_id)
    .outerjoin(Payment, Payment.payment_id.in_(_LAST_PAYMENTS))
    .where(*_THE_LINE)
    .order_by(Payment.at.desc())
)
_LAST_BILL = (
    select(Bill.month, Bill.total, Bill.components)
    .join(Product, Product.product_id == Bill.product_id)
    .where(*_THE_LINE, Bill.month < bindparam("this_month"))
    .order_by(Bill.month.desc())
    .limit(1)
)
"""The last one issued: a month that has not ended may have fees already, but no bill to read out."""
_BILL_OF = _LAST_BILL.where(Bill.month == bindparam("month"))


async def account(db: Database, product: ProductType, number: str, today: date, zone: ZoneInfo) -> Account:
    rows = await db.ask(_ACCOUNT, product=product.value, number=number, today=today)
    if not rows:
        return Account("unknown")
    line = rows[0]
    if line.valid_until is not None and line.valid_until < today:
        return Account("expired")
    return Account(
        "ok",
        line.balance,
        line.arrears,
        line.plan,
        line.valid_until,
        line.paid_until,
        line.minutes_left,
        line.mb_left,
        line.messages_left,
        tuple(
            PaymentMade(row.paid_at.astimezone(zone).date(), row.paid_amount) for row in rows if row.paid_at is not None
        ),
        line.points,
    )


async def month_bill(db: Database, product: ProductType, number: str, month: str | None, today: date) -> MonthBill:
    if month is not None and months_between(month, today) > MONTHS_BACK:
        return MonthBill("too_old")
    line = {"product": product.value, "number": number, "this_month": month_of(today)}
    query, parameters = (_LAST_BILL, line) if month is None else (_BILL_OF, line | {"month": month})
    rows = await db.ask(query, **parameters)
    if not rows:
        return MonthBill("no_data")
    row = rows[0]
    components = [(part["name"], Decimal(part["amount"])) for part in row.components]
    return MonthBill("ok", row.month, row.total, parts_of(components, row.total))
