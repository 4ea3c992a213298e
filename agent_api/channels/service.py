"""Written contacts for other features: taking them in, moving them on, showing them. Never commits."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import SYSTEM, Principal
from agent_api.channels import flow, repository
from agent_api.channels.arrivals import BODY_LENGTH, Arrived
from agent_api.channels.flow import Fact, State
from agent_api.channels.models import Interaction, InteractionFile, InteractionReply, InteractionStep
from agent_api.channels.repository import Wanted
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import Denied, NotFound, Refused
from agent_api.tickets import service as tickets

PREFIX = "JC"
ENTERED_BY_HAND = frozenset({"letter", "counter"})


async def known(session: AsyncSession, source: str) -> Interaction | None:
    return await repository.by_source(session, source)


async def receive(
    session: AsyncSession, arrived: Arrived, now: datetime, zone: ZoneInfo, who: Principal | None = None
) -> Interaction:
    """Stored and read, or unreadable. Ask `known` first. `who`: the person that typed a letter in."""
    customer = await customer_of(session, arrived)
    center = who.center if who else await auth.accepting_center(session, customer.center_id if customer else None)
    row = Interaction(
        interaction_id=await tickets.next_number(session, PREFIX, now, zone),
        channel=arrived.channel.value,
        direction="inbound",
        center_id=center.center_id,
        customer_id=customer.customer_id if customer else None,
        address=arrived.address[:200],
        contact_number=arrived.contact_number[:32] or (customer.contact_number if customer else ""),
        name=arrived.name[:100] or (customer.name if customer else ""),
        at=arrived.at,
        reason_code=arrived.reason_code,
        kind=arrived.kind.value if arrived.kind else "",
        state=State.RECEIVED.value,
        call_id=arrived.call_id,
        subject=arrived.subject[:200],
        body=arrived.body[:BODY_LENGTH],
        source=arrived.source,
        thread=arrived.thread[:250],
        assigned_to="",
        note=arrived.note[:200],
        updated_at=now,
    )
    session.add(row)
    await session.flush()
    fact = Fact.READ if arrived.readable else Fact.NOT_READABLE
    await advance(session, row, fact, who.agent_no if who else SYSTEM, now, arrived.note)
    return row


async def customer_of(session: AsyncSession, arrived: Arrived) -> Customer | None:
    """Who wrote, as far as the number or the address says."""
    if arrived.customer_id:
        return await customers.get(session, arrived.customer_id)
    for number in (arrived.contact_number, arrived.address):
        if number.isdigit() and (line := await customers.find_line(session, number)) is not None:
            return line.customer
    if "@" in arrived.address:
        found = await customers.with_email(session, arrived.address)
        return found[0] if len(found) == 1 else None
    return None


async def advance(
    session: AsyncSession, row: Interaction, fact: Fact, actor: str, now: datetime, comment: str = ""
) -> None:
    """One step, as the table allows it."""
    before = State(row.state)
    try:
        after = flow.step(before, fact)
    except flow.WrongState:
        raise Refused("contact.wrong_state", {"state": row.state, "fact": fact.value}) from None
    entry = InteractionStep(
        interaction_id=row.interaction_id,
        seq=await repository.count_steps(session, row.interaction_id) + 1,
        fact=fact.value,
        from_state=before.value,
        to_state=after.value,
        at=now,
        actor=actor,
        comment=comment[:500],
    )
    session.add(entry)
    row.state, row.updated_at = after.value, now
    await session.flush()


async def get_for(session: AsyncSession, interaction_id: str, who: Principal, for_update: bool = False) -> Interaction:
    """The contact, if this person's centre or one below it has it."""
    row = await repository.by_id(session, interaction_id, for_update)
    if row is None:
        raise NotFound("interaction", interaction_id)
    if row.center_id not in who.visible_centers:
        raise Denied("auth.forbidden", {"interaction_id": interaction_id})
    return row


async def page(
    session: AsyncSession, who: Principal, wanted: Wanted, limit: int, offset: int
) -> tuple[Sequence[Interaction], int]:
    return await repository.page(session, who.visible_centers, wanted, limit, offset)


async def counts(session: AsyncSession, who: Principal) -> dict[str, int]:
    return await repository.count_by_state(session, who.visible_centers)


async def of_customer(session: AsyncSession, customer_id: str, limit: int = 100) -> Sequence[Interaction]:
    """Written contacts of a customer, latest first. Calls are with `calls`: timeline.py puts them together."""
    return await repository.of_customer(session, customer_id, limit)


async def of_ticket(session: AsyncSession, ticket_no: str) -> Sequence[Interaction]:
    return await repository.of_ticket(session, ticket_no)


async def steps_of(session: AsyncSession, row: Interaction) -> Sequence[InteractionStep]:
    return await repository.steps(session, row.interaction_id)


async def files_of(session: AsyncSession, rows: Sequence[Interaction]) -> Sequence[InteractionFile]:
    return await repository.files(session, [row.interaction_id for row in rows])


async def replies_of(session: AsyncSession, row: Interaction) -> Sequence[InteractionReply]:
    return await repository.replies(session, row.interaction_id)


async def forget_before(session: AsyncSession, at: datetime, files_folder: Path) -> int:
    """Words, names, addresses and files of contacts that were over before then; what became of them stays."""
    old = await repository.finished_before(session, at, [state.value for state in State if state not in flow.OPEN])
    for file in await repository.files(session, [row.interaction_id for row in old]):
        (files_folder / file.file_id).unlink(missing_ok=True)
        (files_folder / "quarantine" / file.file_id).unlink(missing_ok=True)
        await session.delete(file)
    for row in old:
        row.address = row.contact_number = row.name = row.subject = row.body = row.thread = ""
        for reply in await repository.replies(session, row.interaction_id):
            reply.subject = reply.text = ""
    return len(old)
