"""Visits: planned, taken, called, recorded; nobody gets what another holds. Never commits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.errors import Denied, Invalid, NotFound, Refused
from agent_api.tickets import service as tickets
from agent_api.visits import flow, remedies, repository
from agent_api.visits.flow import Outcome, State
from agent_api.visits.models import Visit, VisitAttempt
from agent_api.visits.repository import Wanted
from agent_api.visits.rules import Remedy, Rule, Subject, calling, rules

PREFIX = "HF"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a customer is asked about."""

    subject: Subject
    number: str
    title: str
    center_id: str
    contact_number: str = field(repr=False)
    customer_id: str | None = None
    round: int = 1
    first_owner: str = ""
    fast: bool = False
    plan_id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What an agent writes down after a call."""

    outcome: Outcome
    comment: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    next_at: datetime | None = None


def scope(who: Principal) -> frozenset[str] | None:
    return None if who.center.level == "N" else who.visible_centers


async def plan(session: AsyncSession, rule: Rule, matter: Matter, now: datetime, zone: ZoneInfo) -> Visit:
    row = Visit(
        visit_no=await tickets.next_number(session, PREFIX, now, zone),
        rule_id=rule.id,
        subject_kind=matter.subject.value,
        subject_no=matter.number,
        round=matter.round,
        plan_id=matter.plan_id,
        title=matter.title[:200],
        customer_id=matter.customer_id,
        contact_number=matter.contact_number,
        center_id=matter.center_id,
        first_owner=matter.first_owner,
        priority=1 if matter.fast else 0,
        state=State.PLANNED.value,
        result="",
        agent_no="",
        attempts=0,
        planned_at=now,
        next_at=flow.callable_from(now, calling(), zone),
        due_at=matter.due_at or now + (rule.fast if matter.fast else rule.within),
        overdue=False,
        answers={},
        follow_up="",
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, visit_no: str, who: Principal, for_update: bool = False) -> Visit:
    row = await repository.get(session, visit_no, for_update)
    centers = scope(who)
    if row is None or (centers is not None and row.center_id not in centers):
        raise NotFound("visit", visit_no)
    return row


async def take(session: AsyncSession, who: Principal, now: datetime, visit_no: str | None = None) -> Visit | None:
    """This one, or the next that may be called now; None when nothing waits."""
    if visit_no is None:
        row = await repository.next_one(session, Wanted(centers=scope(who), due_now=now), who.agent_no)
        if row is None:
            return None
    else:
        row = await get(session, visit_no, who, for_update=True)
        if State(row.state) not in flow.OPEN or (row.agent_no not in ("", who.agent_no) and not _free(row, now)):
            raise Refused("visit.taken", {"visit_no": visit_no})
    row.agent_no, row.state, row.held_until = who.agent_no, State.CALLING.value, now + calling().held
    await session.flush()
    return row


def _free(row: Visit, now: datetime) -> bool:
    return row.held_until is None or row.held_until <= now


async def give_back(session: AsyncSession, visit_no: str, who: Principal) -> Visit:
    row = await _held(session, visit_no, who)
    _release(row)
    return row


def _release(row: Visit) -> None:
    row.state, row.agent_no, row.held_until, row.called_at = State.PLANNED.value, "", None, None


async def number_to_call(session: AsyncSession, visit_no: str, who: Principal, now: datetime) -> str:
    """In clear, for the telephone of whoever has it. Audited."""
    row = await _held(session, visit_no, who)
    if not row.contact_number:
        raise Refused("visit.no_number", {"visit_no": visit_no})
    row.called_at, row.held_until = now, now + calling().held
    await audit.record(session, who, "visit.called", now, subject="visit", subject_id=visit_no)
    return row.contact_number


async def record(
    session: AsyncSession, visit_no: str, told: Result, who: Principal, now: datetime, zone: ZoneInfo
) -> Visit:
    """One attempt, and what it leads to: in the ticket that waits for it, or as the rule says."""
    row = await _held(session, visit_no, who)
    rule = rules()[row.rule_id]
    if unknown := set(told.answers) - set(rule.questions):
        raise Invalid("visit.unknown_question", {"questions": "、".join(sorted(unknown))})
    before = (await repository.attempts(session, [visit_no]))[visit_no]
    known = [(Outcome(each.outcome), each.at) for each in before]
    try:
        step = flow.after_attempt(State(row.state), known, told.outcome, now, told.next_at, calling(), zone)
    except flow.Refusal as refusal:
        _refuse(refusal, row)
    if rule.dissatisfied is Remedy.RETURN:
        step = await remedies.in_the_flow(session, row, told.outcome, told.comment, step, who, now)
    call_id = await repository.call_made(session, who.agent_no, row.called_at) if row.called_at else None
    session.add(
        VisitAttempt(
            visit_no=visit_no,
            seq=len(before) + 1,
            at=now,
            agent_no=who.agent_no,
            outcome=told.outcome.value,
            comment=told.comment,
            next_at=step.next_at,
            call_id=call_id,
        )
    )
    row.attempts, row.answers = len(before) + 1, {**row.answers, **told.answers}
    if step.state is State.PLANNED:
        _release(row)
        row.next_at = step.next_at or row.next_at
    else:
        await _finish(session, row, step.result, told.comment, rule, who, now, zone)
    await session.flush()
    return row


def _refuse(refusal: flow.Refusal, row: Visit) -> NoReturn:
    raise Refused(refusal.code, {"state": row.state}) from refusal


async def _finish(
    session: AsyncSession,
    row: Visit,
    result: str,
    comment: str,
    rule: Rule,
    who: Principal,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    row.state, row.result, row.closed_at, row.held_until = State.DONE.value, result, now, None
    if result == Outcome.DISSATISFIED and rule.dissatisfied is not Remedy.RETURN:
        row.follow_up = await remedies.remedy(session, row, rule, comment, who, now, zone)
    if result == flow.UNREACHED and rule.dissatisfied is not Remedy.RETURN and row.customer_id:
        customer = await customers.get(session, row.customer_id)
        await notices.tell(
            session, customer, "visit.unreached", {"title": rule.title}, now, numbers=(row.contact_number,),
            about=row.visit_no,
        )  # fmt: skip
    remedies.tell_first_owner(session, row, now)


async def cancel(session: AsyncSession, visit_no: str, reason: str, who: Principal, now: datetime) -> Visit:
    row = await get(session, visit_no, who, for_update=True)
    if State(row.state) not in flow.OPEN:
        raise Refused("visit.wrong_state", {"state": row.state})
    row.state, row.closed_at, row.held_until = State.CANCELLED.value, now, None
    await audit.record(session, who, "visit.cancelled", now, subject="visit", subject_id=visit_no, reason=reason)
    return row


async def _held(session: AsyncSession, visit_no: str, who: Principal) -> Visit:
    who.require(Permission.VISIT_WORK)
    row = await get(session, visit_no, who, for_update=True)
    if row.agent_no != who.agent_no or row.state != State.CALLING:
        raise Denied("visit.not_yours", {"visit_no": visit_no})
    return row
