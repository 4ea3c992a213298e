"""Everything a call's first second needs to know of the number calling, in one query over the tables that know it.

The one place that reads other features' tables: seven questions one after another would cost every call a core's 5 ms.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import String, and_, bindparam, literal, or_, select

from agent_api.auth.models import Staff
from agent_api.customers.accounts import OVERDUE
from agent_api.customers.models import BlockedNumber, Customer, Product
from agent_api.customers.rules import is_senior
from agent_api.db import Database
from agent_api.dealers.models import Dealer
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import FINISHED, INTERNAL_TYPES


@dataclass(frozen=True, slots=True)
class Caller:
    customer_id: str | None = None
    own_number: str | None = field(default=None, repr=False)
    level: str = "normal"
    senior: bool = False
    language: str | None = None
    """None: not known, the menu may ask."""
    suspended: bool = False
    arrears: Decimal = Decimal(0)
    center_id: str | None = None
    area: str | None = None
    has_email: bool = False
    open_ticket: str | None = None
    dealer_code: str | None = None
    blocked: bool = False
    manager: str = ""
    """Agent number of the own manager, and the telephone outside the house."""
    manager_phone: str = field(default="", repr=False)


_NUMBER = bindparam("number", type_=String)
_DEALER = select(Dealer.code).where(Dealer.phone == _NUMBER).scalar_subquery()
_BLOCKED = (
    select(BlockedNumber.number)
    .where(BlockedNumber.number == _NUMBER, or_(BlockedNumber.until.is_(None), BlockedNumber.until > bindparam("now")))
    .scalar_subquery()
)
_OPEN_TICKET = (
    select(TicketRow.ticket_no)
    .where(
        TicketRow.customer_id == Customer.customer_id,
        # Not `not_in`: SQLAlchemy writes a list out anew for every execution, which takes longer than the query.
        *(TicketRow.state != state.value for state in FINISHED),
        *(TicketRow.type != kind.value for kind in INTERNAL_TYPES),
    )
    .order_by(TicketRow.created_at.desc())
    .limit(1)
    .correlate(Customer)
    .scalar_subquery()
)
_ONE_ROW = select(literal(1).label("one")).subquery()
_LINE = (
    select(Product.product_id).where(Product.number == _NUMBER, Product.status != "closed").limit(1).scalar_subquery()
)
_CALLER = (
    select(
        Product.number,
        Product.status,
        OVERDUE.label("arrears"),
        Customer.customer_id,
        Customer.level,
        Customer.birth_date,
        Customer.language,
        Customer.center_id,
        Customer.area,
        Customer.email,
        _OPEN_TICKET.label("open_ticket"),
        _DEALER.label("dealer_code"),
        _BLOCKED.label("blocked"),
        Staff.agent_no.label("manager"),
        Staff.mobile.label("manager_phone"),
    )
    .select_from(_ONE_ROW)
    .outerjoin(Product, Product.product_id == _LINE)
    .outerjoin(Customer, Customer.customer_id == Product.customer_id)
    .outerjoin(Staff, and_(Staff.agent_no == Customer.manager, Staff.disabled.is_(False)))
)


async def find(db: Database, number: str, today: date, now: datetime) -> Caller:
    """`number` as our records hold it. A stranger's is an empty Caller."""
    (row,) = await db.ask(_CALLER, number=number, today=today, now=now)
    blocked = row.blocked is not None
    if row.customer_id is None:
        return Caller(dealer_code=row.dealer_code, blocked=blocked)
    return Caller(
        row.customer_id,
        row.number,
        row.level,
        is_senior(row.birth_date, today),
        row.language or None,
        row.status == "suspended",
        row.arrears,
        row.center_id,
        row.area or None,
        bool(row.email),
        row.open_ticket,
        row.dealer_code,
        blocked,
        row.manager or "",
        row.manager_phone or "",
    )
