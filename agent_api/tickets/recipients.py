"""Whom each act on a ticket concerns: groups as data, people looked up. Never writes."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.roles import Permission
from agent_api.tickets import workflow
from agent_api.tickets.alerts import leads_of, staff_with
from agent_api.tickets.ledger import TicketCase
from agent_api.tickets.warnings import RED, shares_of
from agent_api.tickets.words import Act, Happening, Ticket


class Group(StrEnum):
    FIRST = "first"  # who took the contact (首问负责)
    OWNER = "owner"  # who works on it, or everybody of the unit while nobody does
    LEADER = "leader"  # the named one
    UNIT_LEADS = "unit_leads"
    DISPATCHERS = "dispatchers"  # where it is dispatched now
    SUPERVISORS = "supervisors"  # of the accepting centre
    HIGHER = "higher"  # dispatchers one tier up
    ASKED = "asked"  # the unit that was asked for a sub-task last


G = Group
OF_ACT: dict[Act, tuple[str, tuple[Group, ...]]] = {
    # act: (kind of alert, whom it is for)
    Act.ASSIGN: ("assigned", (G.OWNER,)),
    Act.REASSIGN: ("assigned", (G.OWNER,)),
    Act.OVERRULE: ("assigned", (G.OWNER,)),
    Act.FORWARD: ("assigned", (G.OWNER,)),
    Act.HAND_OVER: ("assigned", (G.OWNER,)),
    Act.ADD_SUBTASK: ("subtask", (G.ASKED,)),
    Act.FINISH_SUBTASK: ("subtask_done", (G.OWNER,)),
    Act.RETURN: ("returned", (G.DISPATCHERS,)),
    Act.NOT_NATIONAL: ("returned", (G.FIRST, G.DISPATCHERS)),
    Act.ESCALATE: ("escalated", (G.DISPATCHERS,)),
    Act.REOPEN: ("reopened", (G.DISPATCHERS,)),
    Act.ASK_SUSPENSION: ("suspension_asked", (G.LEADER, G.UNIT_LEADS)),
    Act.REFUSE_SUSPENSION: ("suspension_decided", (G.OWNER,)),
    Act.SUSPEND: ("suspension_decided", (G.OWNER,)),
    Act.INFO_ARRIVED: ("info", (G.OWNER,)),
    Act.INFO_TIMEOUT: ("info", (G.OWNER,)),
    Act.NEED_INFO: ("info_required", (G.FIRST,)),
    Act.URGE: ("urged", (G.OWNER,)),
    Act.SUPERVISE: ("supervised", (G.OWNER, G.LEADER, G.UNIT_LEADS)),
    Act.REGULATOR: ("regulator", (G.OWNER, G.DISPATCHERS, G.UNIT_LEADS)),
    Act.AUDIT_FAIL: ("not_good_enough", (G.OWNER,)),
    Act.DISSATISFIED: ("not_good_enough", (G.OWNER, G.LEADER)),
    Act.NOT_FIXED: ("not_good_enough", (G.OWNER,)),
    Act.AUDIT_OK: ("answered", (G.FIRST,)),
    Act.AUDIT_OK_NO_CALLBACK: ("answered", (G.FIRST,)),
    Act.FOLLOW: ("answered", (G.FIRST,)),
    Act.ANSWER: ("answered", (G.FIRST,)),
    Act.REPAIR: ("answered", (G.FIRST,)),
    Act.CLOSE: ("answered", (G.FIRST,)),
    Act.DAILY_REPORT: ("daily_report", (G.DISPATCHERS, G.SUPERVISORS)),
    Act.NAME_LEADER: ("leader", (G.LEADER,)),
}
_WHEN_RED = (G.OWNER, G.LEADER, G.UNIT_LEADS)
_LATE = (G.OWNER, G.LEADER, G.UNIT_LEADS, G.SUPERVISORS, G.HIGHER)
OF_WARNING: dict[str, tuple[Group, ...]] = {
    "none": (),
    "info": (G.OWNER,),
    "yellow": (G.OWNER, G.LEADER),
    "red": _LATE,
    "escalate": _LATE,
    "supervise": _LATE,
}


def concerned(ticket: Ticket, done: Happening) -> tuple[str, tuple[Group, ...]] | None:
    if done.act in (Act.WARN, Act.OVERDUE):
        return "clock", OF_WARNING[shares_of(ticket.limits).name_of(int(done.data.get("percent", RED)))]
    if done.act is Act.URGE and ticket.red:
        return "urged_red", _WHEN_RED
    if done.act is Act.REPLY and not workflow.is_open(ticket):
        return "answered", (G.FIRST,)
    return OF_ACT.get(done.act)


async def people(session: AsyncSession, case: TicketCase, groups: Iterable[Group]) -> set[str]:
    found: set[str] = set()
    for group in groups:
        found |= await _people(session, case, group)
    return found


async def _people(session: AsyncSession, case: TicketCase, group: Group) -> set[str]:
    person, unit = workflow.responsible(case.ticket)
    unit_center, home = unit.partition("/")[0], case.row.center_id
    match group:
        case Group.FIRST:
            return {case.row.created_by}
        case Group.ASKED:
            return await _asked(session, case.ticket)
        case Group.OWNER | Group.LEADER if not await auth.works_here(session, unit_center):
            return set()  # a number of another installation is somebody else's here
        case Group.OWNER if person:
            return {person}
        case Group.OWNER:
            return await staff_with(session, unit_center, Permission.TICKET_UNIT)
        case Group.LEADER:
            return {case.ticket.leader}
        case Group.UNIT_LEADS:
            return await leads_of(session, unit_center)
        case Group.DISPATCHERS:
            return await staff_with(session, await _dispatching(session, case), Permission.TICKET_DISPATCH)
        case Group.SUPERVISORS:
            return await staff_with(session, home, Permission.TICKET_SUPERVISE)
        case Group.HIGHER:
            above = (await auth.parents(session)).get(await _dispatching(session, case))
            return await staff_with(session, above, Permission.TICKET_DISPATCH) if above else set()


async def _dispatching(session: AsyncSession, case: TicketCase) -> str:
    """The accepting centre, or the one that it was escalated to."""
    if case.ticket.target_tier == case.ticket.tier:
        return case.ticket.target
    levels = {each.center_id: each.level for each in await auth.all_centers(session)}
    parents = await auth.parents(session)
    center = case.row.center_id
    while levels.get(center) != case.ticket.tier and (above := parents.get(center)):
        center = above
    return center


async def _asked(session: AsyncSession, ticket: Ticket) -> set[str]:
    """Of a centre of this installation; a department by its name alone has nobody to tell."""
    center_id = ticket.subtasks[-1].unit.partition("/")[0] if ticket.subtasks else ""
    if center_id not in await auth.parents(session) or not await auth.works_here(session, center_id):
        return set()
    return await staff_with(session, center_id, Permission.TICKET_UNIT)
