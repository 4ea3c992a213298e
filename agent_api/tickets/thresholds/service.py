"""Limits and thresholds in force at a centre: shipped, then as each above it and it itself has set. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_above
from agent_api.documents import service as documents
from agent_api.documents.models import CenterDocument
from agent_api.errors import Invalid
from agent_api.tickets.thresholds import rules
from agent_api.tickets.thresholds.rules import CenterLimits

KIND = "thresholds"


async def in_force(session: AsyncSession, center_id: str) -> CenterLimits:
    return rules.applied(await rows_of(session, center_id))


async def rows_of(session: AsyncSession, center_id: str, *, without_own: bool = False) -> dict[str, list[int]]:
    """A centre's word on a row goes before that of the one above it, unless the one above has become stricter."""
    found, last = rules.shipped(), await documents.last_of_each(session, KIND)
    for each in reversed(centers_above(center_id, await auth.parents(session))):
        if each in last and not (without_own and each == center_id):
            own = rows_in(last[each])
            found |= {name: values for name, values in own.items() if not rules.problems({name: values}, found)}
    return found


def rows_in(row: CenterDocument) -> dict[str, list[int]]:
    return {each["name"]: list(each["values"]) for each in row.content}


async def publish(
    session: AsyncSession,
    who: Principal,
    center_id: str,
    rows: Mapping[str, Sequence[int]],
    note: str,
    based_on: int,
    now: datetime,
) -> CenterDocument:
    """For tickets opened from now on. Only what differs from the centre above is kept."""
    await auth.center(session, center_id)
    above = await rows_of(session, center_id, without_own=True)
    if wrong := rules.problems(rows, above) or rules.misordered(rows, above):
        raise Invalid("thresholds.wrong", {"rows": wrong})
    content = [{"name": name, "values": list(values)} for name, values in rows.items() if list(values) != above[name]]
    return await documents.publish(session, who, KIND, center_id, content, note, based_on, now)
