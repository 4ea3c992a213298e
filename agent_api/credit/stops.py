"""Usage over the limit asks for a stop (requirements.md U-4.8): work for people, once. Stops no line, never commits."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.customers.models import Customer
from agent_api.tickets import reports
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, Happening, State, TicketType

CATEGORY = "O.CREDIT_STOP"
OPEN = (State.NEW, State.WORKING)


async def ask(
    session: AsyncSession, customer: Customer, figures: str, since: datetime, now: datetime, zone: ZoneInfo
) -> None:
    """The same time over the limit twice is one request."""
    source = _source(customer, since)
    if await reports.known(session, source) is not None:
        return
    report = reports.Report(
        TicketType.ORDER,
        f"超信用额度停机申请 {customer.customer_id}",
        f"客户欠费超过信用额度({figures}),请核实后办理停机。",
        CATEGORY,
        customer,
        source=source,
    )
    await reports.open_ticket(session, report, now, zone)


async def withdraw(session: AsyncSession, customer: Customer, since: datetime, now: datetime) -> None:
    """Back under the limit. What people have answered already stays as they left it."""
    row = await reports.known(session, _source(customer, since))
    if row is None or row.state not in OPEN:
        return
    case = await tickets.case(session, row.ticket_no, for_update=True)
    who = system(await auth.center(session, row.center_id))
    await tickets.do(session, case, Happening(Act.WITHDRAW, now, "已回到信用额度内"), who)


def figures_of(owed: Decimal, limit: Decimal) -> str:
    return f"欠费 {owed:.2f} 元,额度 {limit:.2f} 元"


def _source(customer: Customer, since: datetime) -> str:
    return f"credit:{customer.customer_id}:{int(since.timestamp())}"
