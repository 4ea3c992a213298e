"""What a customer's word leads to: acts of the ticket that waits for it, reopening, a new complaint. Never commits."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.errors import Refused
from agent_api.tickets import alerts
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, Channel, Happening, TicketType
from agent_api.tickets.words import State as TicketState
from agent_api.visits.flow import UNREACHED, Outcome, State, Step
from agent_api.visits.models import Visit
from agent_api.visits.rules import Remedy, Rule, Subject

SAID = {
    Outcome.SATISFIED: "满意",
    Outcome.NEUTRAL: "一般",
    Outcome.DISSATISFIED: "不满意",
    Outcome.REFUSED: "拒绝回访",
    Outcome.NO_ANSWER: "无人接听",
    Outcome.BUSY: "占线",
    Outcome.POWER_OFF: "关机",
    Outcome.WRONG_NUMBER: "号码有误",
    Outcome.LATER: "约定再联系",
}


async def in_the_flow(
    session: AsyncSession, row: Visit, outcome: Outcome, comment: str, step: Step, who: Principal, now: datetime
) -> Step:
    """The ticket counts its attempts and decides when it is given up; the visit follows it."""
    done = _act(row, outcome, comment, now, (await tickets.case(session, row.subject_no)).ticket.type)
    if done is None:
        return step
    case = await tickets.case(session, row.subject_no, for_update=True)
    after = await tickets.do(session, case, done, who)
    if done.act is not Act.UNREACHED:
        row.follow_up = row.subject_no if outcome is Outcome.DISSATISFIED else ""
        return step
    if after.ticket.state is TicketState.CLOSED:
        return Step(State.DONE, UNREACHED)
    return step if step.state is State.PLANNED else Step(State.PLANNED, "", row.next_at)


def _act(row: Visit, outcome: Outcome, comment: str, now: datetime, kind: TicketType) -> Happening | None:
    text = comment or f"回访{row.visit_no}: {SAID[outcome]}"
    match outcome:
        case Outcome.SATISFIED | Outcome.NEUTRAL:
            return Happening(Act.SATISFIED, now, text, {"satisfaction": outcome.value})
        case Outcome.REFUSED:
            return Happening(Act.SATISFIED, now, text, {"satisfaction": "neutral"})
        case Outcome.DISSATISFIED:
            return Happening(Act.NOT_FIXED if kind is TicketType.FAULT else Act.DISSATISFIED, now, text)
        case Outcome.LATER:
            return None
        case _:
            return Happening(Act.UNREACHED, now, text)


async def remedy(
    session: AsyncSession, row: Visit, rule: Rule, comment: str, who: Principal, now: datetime, zone: ZoneInfo
) -> str:
    """Number of the ticket that was reopened or opened; one that can no longer be reopened gets a new one."""
    if rule.dissatisfied is Remedy.REOPEN and row.subject_kind == Subject.TICKET:
        case = await tickets.case(session, row.subject_no, for_update=True)
        text = comment or f"回访{row.visit_no}: 客户不满意"
        try:
            return (await tickets.do(session, case, Happening(Act.REOPEN, now, text), who)).row.ticket_no
        except Refused:
            pass  # beyond thirty days, or merged: a matter of its own
    new = tickets.NewTicket(
        type=TicketType.COMPLAINT,
        title=f"回访不满意: {row.title}"[:200],
        description=comment or "客户在回访中表示不满意",
        category="T.SERVICE.1",
        customer_id=row.customer_id,
        contact_number=row.contact_number or None,
        channel=Channel.OUTBOUND,
        source=f"visit:{row.visit_no}",
    )
    return (await tickets.create(session, new, who, now, zone)).row.ticket_no


def tell_first_owner(session: AsyncSession, row: Visit, now: datetime) -> None:
    """Who took the matter down learns what the customer said of it (首问负责)."""
    about = row.subject_no if row.subject_kind == Subject.TICKET else row.follow_up
    if about and row.first_owner not in ("", row.agent_no):
        alerts.tell(session, {row.first_owner}, about, "visited", {"result": row.result}, now)
