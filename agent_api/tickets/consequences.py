"""What follows from an act: cases answered with their incident, orders issued, people told. Never commits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Refused
from agent_api.tickets import alerts, incidents, recipients, repository, supervision, supervision_link, writing
from agent_api.tickets.calendar.exceptions import working_days
from agent_api.tickets.calendar.legal import ZONE, regulator_due
from agent_api.tickets.flows.complaint_guards import HIGHER_TIER, working_tier
from agent_api.tickets.flows.parts import moment
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.opening import submission
from agent_api.tickets.words import Act, Happening, State

SENT_TO_A_UNIT = frozenset({Act.ASSIGN, Act.REASSIGN, Act.FORWARD})


async def prepared(session: AsyncSession, case: TicketCase, done: Happening, who: Principal) -> Mapping[str, str]:
    """What the act needs to know besides what its form asked for; checks what only the database can tell."""
    data = dict(done.data)
    match done.act:
        case Act.SUBMIT if case.ticket.flow == "complaint":
            return data | dict((await submission(session, case.row, done.at)).data)
        case act if act in SENT_TO_A_UNIT and data.get("target"):
            return data | await _unit(session, data["target"], who)
        case Act.ESCALATE | Act.DISSATISFIED | Act.REOPEN if "target" not in data:
            return data | await _above(session, case)
        case Act.REGULATOR:
            days = await working_days(session, case.row.center_id)
            due = regulator_due(moment(data.get("due", "")), done.at, days, ZONE)
            return data | {"due": due.isoformat()}
        case Act.MERGE if data.get("merged_into"):
            await _check_merge(session, case, data["merged_into"])
        case Act.JOIN if data.get("parent"):
            await incidents.check_parent(session, case, data["parent"])
        case _:
            pass
    return data


async def _unit(session: AsyncSession, target: str, who: Principal) -> dict[str, str]:
    """A centre, or a department: of the centre named, else of one's own. Another province is reached over the top."""
    center_id, slash, department = target.partition("/")
    levels = {each.center_id: each.level for each in await auth.all_centers(session)}
    if slash and (center_id not in levels or not department):
        raise Refused("ticket.unknown_unit", {"target": target})
    if center_id not in levels:
        return {"target": f"{who.center.center_id}/{target}"[:40], "target_tier": ""}
    return {"target": target[:40], "target_tier": "" if slash else levels[center_id]}


async def _above(session: AsyncSession, case: TicketCase) -> dict[str, str]:
    """The centre of the next tier, on the line from the unit that works on it; of a closed one, that accepted it."""
    tier = case.ticket.tier if case.ticket.closed_at else working_tier(case.ticket)
    wanted = HIGHER_TIER.get(tier, tier)
    levels = {each.center_id: each.level for each in await auth.all_centers(session)}
    parents = await auth.parents(session)
    unit_works = case.ticket.target_tier and not case.ticket.closed_at
    center: str | None = case.ticket.target if unit_works else case.row.center_id
    while center is not None and levels.get(center) != wanted:
        center = parents.get(center)
    return {"target": center} if center else {}


async def _check_merge(session: AsyncSession, case: TicketCase, other_no: str) -> None:
    other = await repository.by_number(session, other_no)
    if other is None or other.ticket_no == case.row.ticket_no or other.closed_at or other.type != case.row.type:
        raise Refused("ticket.bad_merge", {"merged_into": other_no})


async def follow(session: AsyncSession, case: TicketCase, done: Happening, who: Principal) -> None:
    """In the transaction of the act. The customer hears of it from the side of the accepting centre alone."""
    await _tell_people(session, case, done)
    if done.act is Act.SUPERVISE:
        await supervision.issue(session, case.row, done.comment, who, done.at)
    if done.act is Act.CORRESPOND:
        await supervision_link.heard(session, case.row.ticket_no, done.data, done.actor or who.agent_no, done.at)
    if done.act is Act.REPAIR or case.ticket.state is State.CLOSED:
        await incidents.silence(session, case.row, done.at)
    if not await auth.works_here(session, case.row.center_id):
        return
    await writing.write(session, case, done)
    for child, followed in await incidents.answer_cases(session, case, done, who):
        await _tell_people(session, child, followed)
        await writing.write(session, child, followed)


async def _tell_people(session: AsyncSession, case: TicketCase, done: Happening) -> None:
    found = recipients.concerned(case.ticket, done)
    if found is None:
        return
    kind, groups = found
    people = await recipients.people(session, case, groups)
    shown = {name: done.data[name] for name in ("clock", "percent", "reason") if name in done.data}
    alerts.tell(session, people - {done.actor}, case.row.ticket_no, kind, shown, done.at)


async def opened(session: AsyncSession, case: TicketCase, now: datetime) -> None:
    await incidents.suspect(session, case.row, now)
