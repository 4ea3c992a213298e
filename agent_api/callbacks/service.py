"""Promises to call back: projected from events, booked and cancelled by command; callers who gave up. Never commits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import CallbackEvent, CallbackEventBase
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.callbacks import repository
from agent_api.callbacks.models import Callback
from agent_api.callbacks.projection import OPEN, Promise, tell
from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.customers import service as customers
from agent_api.customers.rules import normal_number
from agent_api.errors import Invalid, NotFound
from agent_api.eventlog import service as eventlog

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Missed:
    call: Call
    times: int
    promise: Callback | None


def apply(connection: Connection, events: Sequence[CallbackEvent]) -> None:
    """`events` are stored already; every promise they are about is told anew."""
    ids = {event.callback_id for event in events}
    if promises := [promise for each in sorted(ids) if (promise := _told(connection, each)) is not None]:
        repository.save(connection, promises)


def rebuild(connection: Connection) -> None:
    promises = [_told(connection, each) for each in eventlog.subjects(connection, "callback")]
    if told := [promise for promise in promises if promise is not None]:
        repository.save(connection, told)


def _told(connection: Connection, callback_id: str) -> Promise | None:
    stored = eventlog.events_of(connection, "callback", [callback_id])[callback_id]
    events = [event for event in stored if isinstance(event, CallbackEventBase)]
    if not events:
        return None
    promise = tell(events)
    promise.customer_id = customers.owner_of(connection, promise.number) if promise.number else None
    return promise


async def page(session: AsyncSession, who: Principal, state: str, queue: str) -> Sequence[Callback]:
    """`state`: one, "open", or empty for all. Agents see those of their own queues."""
    states: Collection[str] = OPEN if state == "open" else [state] if state else ()
    return await repository.page(session, states, _queues(who, queue), SHOWN)


def _queues(who: Principal, queue: str) -> Collection[str] | None:
    """None: all of them."""
    if who.may(Permission.CALL_READ_ALL):
        return [queue] if queue else None
    return [queue] if queue in who.queues else [] if queue else who.queues


async def get(session: AsyncSession, who: Principal, callback_id: str) -> Callback:
    row = await repository.by_id(session, callback_id)
    queues = _queues(who, "")
    if row is None or (queues is not None and row.queue not in queues):
        raise NotFound("callback", callback_id)
    return row


async def number_to_call(session: AsyncSession, number: str | None, call_id: str | None) -> str:
    """As dialled: what was keyed, or the number of the call's caller."""
    dialled = normal_number(number or (await calls.get(session, call_id or "")).caller_number)
    if not dialled.isdecimal() or not 3 <= len(dialled) <= 15:
        raise Invalid("callback.no_number")
    return dialled


def new_id() -> str:
    return uuid4().hex


async def missed(session: AsyncSession, who: Principal, since: datetime) -> list[Missed]:
    """Latest first. Who was served by a later call is not missed any more; who hides the number cannot be called."""
    everything = await calls.inbound_since(session, since)
    given_up, served = _given_up(everything)
    queues = _queues(who, "")
    if queues is not None:
        given_up = {number: found for number, found in given_up.items() if found[-1].queue in queues}
    open_ones = {
        number: found for number, found in given_up.items() if served.get(number, since) <= found[-1].offered_at
    }
    promises = await _promises(session, open_ones, since)
    rows = [Missed(found[-1], len(found), promises.get(number)) for number, found in open_ones.items()]
    return sorted(rows, key=lambda row: row.call.offered_at, reverse=True)[:SHOWN]


def _given_up(everything: Sequence[Call]) -> tuple[dict[str, list[Call]], dict[str, datetime]]:
    """By number: calls given up in order of time, and when the caller last talked with an agent."""
    given_up: dict[str, list[Call]] = {}
    served: dict[str, datetime] = {}
    for call in sorted(everything, key=lambda each: each.offered_at):
        number = normal_number(call.caller_number)
        if not number:
            continue
        if call.connected_at is not None:
            served[number] = call.connected_at
        elif call.abandon_stage in ("queue", "ring"):
            given_up.setdefault(number, []).append(call)
    return given_up, served


async def _promises(
    session: AsyncSession, given_up: Mapping[str, Sequence[Call]], since: datetime
) -> dict[str, Callback]:
    """The latest promise to each of these callers."""
    numbers = sorted(given_up)
    found: dict[str, Callback] = {}
    for chunk in (numbers[at : at + 400] for at in range(0, len(numbers), 400)):
        call_ids = [call.call_id for number in chunk for call in given_up[number]]
        rows = await repository.about(session, call_ids, chunk, since)
        for row in sorted(rows, key=lambda each: each.booked_at):
            found[normal_number(row.number)] = row
    return found


async def forget_numbers_before(session: AsyncSession, at: datetime) -> None:
    await repository.forget_numbers_before(session, at)
