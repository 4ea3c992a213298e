"""What agents wrote down in the demo's past: reasons, tickets in several states, attempts to reach debtors."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import EVENT, Event
from agent_api import effects
from agent_api.auth import service as auth
from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.campaigns.models import DunningAttempt
from agent_api.campaigns.service import case_id_of
from agent_api.demo import showcase
from agent_api.demo.subscribers import mobile_number
from agent_api.reasons.shipped import SHIPPED_TITLES
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, Level, TicketType

HANDLER = "8301"
RECEIVER = "8302"
REPLY = {"result": "经核实为系统误开通,已退费并取消业务", "duty_reason": "业务误开通"}
STEPS: tuple[tuple[str, Act, dict[str, str]], ...] = (
    (HANDLER, Act.TO_DISPATCH, {}),
    (HANDLER, Act.ASSIGN, {"target": "js-nj", "leader": "8303"}),
    (HANDLER, Act.ACCEPT, {}),
    (HANDLER, Act.REPLY, REPLY),
    (HANDLER, Act.OPEN_REPLY, {}),
    (HANDLER, Act.AUDIT_OK, {}),
    (HANDLER, Act.SATISFIED, {}),
    (HANDLER, Act.ARCHIVE, {}),
)
MATTERS: tuple[tuple[TicketType, str, str, Level, int], ...] = (
    # type, title, category, level, how many of STEPS were done
    (TicketType.COMPLAINT, "10月账单多收增值业务费", "T.CHARGE.2", Level.NORMAL, 0),
    (TicketType.COMPLAINT, "小区信号差,经常掉线", "T.QUALITY.1", Level.NORMAL, 1),
    (TicketType.COMPLAINT, "缴费后一天未复机", "T.CHARGE.4", Level.URGENT, 2),
    (TicketType.COMPLAINT, "宽带装维人员未按约上门", "T.SERVICE.3", Level.NORMAL, 3),
    (TicketType.COMPLAINT, "已缴费仍接到催缴电话", "T.DUNNING.1", Level.NORMAL, 4),
    (TicketType.COMPLAINT, "套餐外流量费用有疑问", "T.CHARGE.3", Level.NORMAL, 5),
    (TicketType.COMPLAINT, "营业厅排队两小时", "T.SERVICE.1", Level.NORMAL, 7),
    (TicketType.COMPLAINT, "误扣滞纳金", "T.CHARGE.4", Level.NORMAL, 8),
    (TicketType.CONSULT, "国际漫游资费(非洲方向)", "C.TARIFF.2", Level.NORMAL, 0),
    (TicketType.CONSULT, "集团客户电子发票抬头变更", "C.SERVICE.5", Level.NORMAL, 0),
)
ATTEMPT_RESULTS = ("NO_ANSWER", "PROMISE", "PLAYED_CONFIRMED", "BUSY", "POWER_OFF", "HANGUP_EARLY")


async def write_down(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    rng = Random(77)
    answered = [
        call
        for call in await calls.page(session, 1000, None)
        if call.connected_at is not None and call.ended_at and call.agent_no not in showcase.AGENTS
    ]
    answered.sort(key=lambda call: call.call_id)
    _wrap_up(answered, rng)
    with_customer = [call for call in answered if call.customer_id]
    for call, matter in zip(rng.sample(with_customer, len(MATTERS)), MATTERS, strict=True):
        await _ticket(session, call, matter, now, zone)


def _wrap_up(answered: Sequence[Call], rng: Random) -> None:
    codes = sorted(SHIPPED_TITLES)
    for call in answered:
        if rng.random() < 0.9 and call.ended_at is not None:
            call.disposition, call.resolved, call.notes = rng.choice(codes), rng.random() < 0.88, "演示数据"
            call.wrapped_up_by, call.wrapped_up_at = call.agent_no, call.ended_at + timedelta(seconds=20)


async def _ticket(
    session: AsyncSession,
    call: Call,
    matter: tuple[TicketType, str, str, Level, int],
    now: datetime,
    zone: ZoneInfo,
) -> None:
    kind, title, category, level, steps = matter
    assert call.agent_no is not None
    assert call.connected_at is not None
    at = call.connected_at + timedelta(minutes=2)
    author = await auth.principal(session, call.agent_no)
    new = tickets.NewTicket(
        type=kind, title=title, description=f"{title}(演示数据)", category=category, level=level, call_id=call.call_id
    )
    row = (await tickets.create(session, new, author, at, zone)).row
    for actor_no, act, data in STEPS[:steps]:
        at = min(at + timedelta(minutes=35), now)
        actor = await auth.principal(session, RECEIVER if act is Act.ACCEPT else actor_no)
        await tickets.act(session, row.ticket_no, act, actor, at, "", data)


async def call_debtors(session: AsyncSession, customer_ids: Sequence[str], today: date, zone: ZoneInfo) -> None:
    """Yesterday's attempts, through the same events a real one would cause."""
    yesterday = today - timedelta(days=1)
    events: list[Event] = []
    for index, customer_id in enumerate(customer_ids):
        at = datetime.combine(yesterday, time(10), zone).astimezone(UTC) + timedelta(minutes=7 * index)
        attempt_id = uuid5(NAMESPACE_URL, f"hotline-demo:{yesterday}:{customer_id}").hex
        session.add(
            DunningAttempt(
                attempt_id=attempt_id,
                case_id=case_id_of(customer_id),
                number=mobile_number(int(customer_id[1:])),
                requested_by="8103",
                requested_at=at,
            )
        )
        events += _attempt_events(attempt_id, ATTEMPT_RESULTS[index % len(ATTEMPT_RESULTS)], at, len(events), yesterday)
    await session.flush()
    await effects.apply(session, events, zone)


def _attempt_events(attempt_id: str, code: str, at: datetime, before: int, day: date) -> list[Event]:
    stream = uuid5(NAMESPACE_URL, f"hotline-demo-dunning:{day}")
    answered = code in ("PROMISE", "PLAYED_CONFIRMED", "HANGUP_EARLY")
    rows: list[dict[str, object]] = [{"type": "attempt.started", "at": at}]
    if answered:
        rows.append({"type": "attempt.answered", "at": at + timedelta(seconds=8), "call_id": f"demo-{attempt_id[:12]}"})
    talk_ms = 31_000 if answered else 0
    rows.append({"type": "attempt.finished", "at": at + timedelta(seconds=45), "code": code, "talk_ms": talk_ms})
    return [
        EVENT.validate_python(
            row
            | {
                "attempt_id": attempt_id,
                "event_id": uuid5(stream, f"{attempt_id}:{index}"),
                "stream": stream,
                "seq": before + index,
            }
        )
        for index, row in enumerate(rows, 1)
    ]
