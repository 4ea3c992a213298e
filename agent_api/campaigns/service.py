"""Dunning cases, dials, payments, and what attempts' results change. Never commits, except where it says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.commands import CancelDial, Debtor, DialDebtor, PastAttempt
from acd.contracts.events import AttemptAnswered, AttemptFinished, AttemptStarted
from acd.contracts.ids import AttemptId
from acd.contracts.menu.tree import Language
from acd.contracts.vocabulary import AttemptCode
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, system
from agent_api.campaigns import repository
from agent_api.campaigns.models import DunningAttempt, DunningCase
from agent_api.campaigns.rules import CaseState, Stage, consequence, open_again, stage_of
from agent_api.customers import service as customers
from agent_api.customers.billing import Arrears
from agent_api.customers.models import Customer
from agent_api.errors import NotFound, Refused
from agent_api.menus import service as menus
from agent_api.tickets import service as tickets
from agent_api.tickets.words import TicketType

UNDER_WAY = timedelta(minutes=10)
"""An attempt without an end that is older than this was lost."""
DISPUTE_CATEGORY = "T.CHARGE.1"
AttemptEvent = AttemptStarted | AttemptAnswered | AttemptFinished


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case with what billing and the customer file say of it."""

    case: DunningCase
    customer: Customer
    arrears: Arrears
    stage: Stage
    days_overdue: int


def case_id_of(customer_id: str) -> str:
    return f"D-{customer_id}"


async def ensure_cases(session: AsyncSession, debtors: Sequence[Arrears], now: datetime) -> None:
    """A case for every debtor; cases without a debt are paid, cases whose waiting time is over are open again."""
    known = {case.customer_id: case for case in await repository.cases(session)}
    owing = {debtor.customer_id for debtor in debtors}
    for customer_id in owing - known.keys():
        session.add(
            DunningCase(
                case_id=case_id_of(customer_id), customer_id=customer_id, state=CaseState.OPEN.value, opened_at=now
            )
        )
    for case in known.values():
        state = CaseState(case.state)
        if case.customer_id not in owing:
            case.state = CaseState.PAID.value
        elif state is CaseState.PAID or open_again(state, case.next_allowed_at, now):
            case.state = CaseState.OPEN.value
    await session.flush()


async def list_cases(
    session: AsyncSession, debtors: Sequence[Arrears], now: datetime, zone: ZoneInfo
) -> list[CaseFacts]:
    """Longest overdue first."""
    cases = {case.customer_id: case for case in await repository.cases(session)}
    people = await customers.get_many(session, [debtor.customer_id for debtor in debtors])
    today = now.astimezone(zone).date()
    found = [
        CaseFacts(
            case,
            people[debtor.customer_id],
            debtor,
            stage_of(debtor.oldest_due, today, debtor.owed),
            (today - debtor.oldest_due).days,
        )
        for debtor in debtors
        if (case := cases.get(debtor.customer_id)) is not None
    ]
    return sorted(found, key=lambda facts: (-facts.days_overdue, facts.case.case_id))


async def get_case(session: AsyncSession, case_id: str) -> DunningCase:
    case = await repository.case(session, case_id)
    if case is None:
        raise NotFound("dunning case", case_id)
    return case


async def attempts_of(session: AsyncSession, case_id: str) -> Sequence[DunningAttempt]:
    return await repository.attempts(session, case_id)


async def prepare_dial(
    session: AsyncSession,
    case_id: str,
    arrears: Arrears | None,
    who: Principal,
    now: datetime,
    not_after: datetime,
    zone: ZoneInfo,
) -> DialDebtor:
    """The attempt's row and the command with the facts the gate needs; `zone` is the debtor's home area.

    Refused where this side already knows a no.
    """
    case = await get_case(session, case_id)
    customer = await customers.get(session, case.customer_id)
    if arrears is None or arrears.owed <= 0:
        raise Refused("dunning.no_debt")
    if case.state == CaseState.BLOCKED.value:
        raise Refused("dunning.number_blocked")
    if await repository.unfinished(session, case_id, now - UNDER_WAY):
        raise Refused("dunning.in_progress")
    past = await repository.attempts(session, case_id, now - timedelta(days=8))
    attempt = DunningAttempt(
        attempt_id=uuid4().hex,
        case_id=case_id,
        number=customer.contact_number,
        requested_by=who.agent_no,
        requested_at=now,
    )
    session.add(attempt)
    await session.flush()
    return DialDebtor(
        command_id=uuid4(),
        not_after=not_after,
        attempt_id=AttemptId(attempt.attempt_id),
        number=attempt.number,
        language=await _language_for(session, customer),
        debtor=_debtor(case, customer, arrears, past, now, zone),
    )


async def _language_for(session: AsyncSession, customer: Customer) -> Language:
    """The customer's, where the hotline of his centre speaks it."""
    offered = await menus.languages(session, customer.center_id)
    return next((language for language in offered if language == customer.language), offered[0])


def _debtor(
    case: DunningCase,
    customer: Customer,
    arrears: Arrears,
    past: Sequence[DunningAttempt],
    now: datetime,
    zone: ZoneInfo,
) -> Debtor:
    return Debtor(
        owed_yuan=arrears.owed,
        balance_as_of=now,
        timezone=zone.key,
        disputed=case.state == CaseState.DISPUTED.value,
        protected=customer.protected,
        vip=customer.level == "vip",
        promised_until=case.promised_until,
        past_attempts=tuple(
            PastAttempt(
                at=(attempt.started_at or attempt.requested_at).astimezone(UTC),
                answered=attempt.answered_at is not None,
                counted=attempt.code != AttemptCode.CONGESTION,
            )
            for attempt in past
            if attempt.code not in (AttemptCode.BLOCKED, None)
        ),
    )


async def dial_refused(session: AsyncSession, attempt_id: str, code: str, now: datetime) -> None:
    """The ACD would not take the command; its own event may have said more already."""
    attempt = await repository.attempt(session, attempt_id)
    if attempt is not None and attempt.code is None:
        attempt.code, attempt.ended_at = AttemptCode.BLOCKED.value, now
        attempt.rule = code.rsplit(".", 1)[-1].upper()[:20]


async def cancels_after_payment(
    session: AsyncSession, case_id: str, now: datetime, not_after: datetime
) -> list[CancelDial]:
    """Commands that stop what is under way, for a case whose debt is paid."""
    case = await get_case(session, case_id)
    case.state, case.next_allowed_at = CaseState.PAID.value, None
    return [
        CancelDial(command_id=uuid4(), not_after=not_after, attempt_id=AttemptId(attempt.attempt_id))
        for attempt in await repository.unfinished(session, case_id, now - UNDER_WAY)
    ]


async def block_of(session: AsyncSession, attempt_id: str) -> str | None:
    """Rule of the gate that stopped this attempt, if one did."""
    attempt = await repository.attempt(session, attempt_id)
    return attempt.rule if attempt is not None and attempt.code == AttemptCode.BLOCKED else None


async def attempt_with_case(session: AsyncSession, attempt_id: str) -> tuple[DunningAttempt, DunningCase] | None:
    attempt = await repository.attempt(session, attempt_id)
    return None if attempt is None else (attempt, await get_case(session, attempt.case_id))


async def apply(session: AsyncSession, event: AttemptEvent, zone: ZoneInfo) -> None:
    """Take over what an attempt's event says. Attempts of another installation are not ours to know."""
    attempt = await repository.attempt(session, event.attempt_id)
    if attempt is None:
        return
    match event:
        case AttemptStarted():
            attempt.started_at = event.at
        case AttemptAnswered():
            attempt.answered_at, attempt.call_id = event.at, event.call_id
        case AttemptFinished():
            attempt.ended_at, attempt.code = event.at, event.code.value
            attempt.rule = event.rule.value if event.rule else None
            attempt.hangup_cause, attempt.talk_ms = event.hangup_cause, event.talk_ms
            attempt.call_id = event.call_id or attempt.call_id
            await _finish(session, attempt, event, zone)


async def _finish(session: AsyncSession, attempt: DunningAttempt, event: AttemptFinished, zone: ZoneInfo) -> None:
    case = await get_case(session, attempt.case_id)
    case.last_result = event.code.value
    result = consequence(event.code, event.at)
    if result is None or case.state in (CaseState.PAID.value, CaseState.DISPUTED.value):
        return
    case.state, case.next_allowed_at = result.state.value, result.next_allowed_at
    case.promised_until = result.promised_until
    if result.opens_dispute:
        case.dispute_ticket = await _open_dispute(session, case, attempt, event.at, zone)


async def _open_dispute(
    session: AsyncSession, case: DunningCase, attempt: DunningAttempt, at: datetime, zone: ZoneInfo
) -> str:
    """A complaint about the charge, accepted by the customer's own centre in the name of the system."""
    customer = await customers.get(session, case.customer_id)
    who = system(await auth.center(session, customer.center_id))
    new = tickets.NewTicket(
        type=TicketType.COMPLAINT,
        title="催缴外呼中客户对欠费有异议",
        description=f"外呼 {attempt.attempt_id} 中客户按键表示对费用有异议,催缴已暂停。",
        category=DISPUTE_CATEGORY,
        customer_id=case.customer_id,
        contact_number=attempt.number,
    )
    return (await tickets.create(session, new, who, at, zone)).row.ticket_no
