"""Which centre a call belongs to: who answered it; else the caller's home, the dialled number's centre, the top."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.calls.models import AgentLeg, Call
from agent_api.customers import service as customers
from agent_api.menus import service as menus


async def agents_of(session: AsyncSession, centers: frozenset[str]) -> frozenset[str]:
    return frozenset(each.agent_no for each in await auth.all_staff(session) if each.center_id in centers)


async def homes(session: AsyncSession, found: Sequence[Call], legs: Mapping[str, Sequence[AgentLeg]]) -> dict[str, str]:
    """Call to centre. Each call has exactly one, so that the centres' figures add up to the whole."""
    staff = {each.agent_no: each.center_id for each in await auth.all_staff(session)}
    dialled = await menus.centers_of_numbers(session)
    top = next((center for center, parent in (await auth.parents(session)).items() if parent is None), "")
    callers = await _callers(session, [call for call in found if call.call_id not in legs])
    found_homes = {}
    for call in found:
        answered = legs.get(call.call_id)
        home = staff.get(answered[0].agent_no) if answered else callers.get(call.customer_id or "")
        found_homes[call.call_id] = home or dialled.get(call.did) or top
    return found_homes


async def _callers(session: AsyncSession, unanswered: Sequence[Call]) -> dict[str, str]:
    ids = sorted({call.customer_id for call in unanswered if call.customer_id})
    centers: dict[str, str] = {}
    for chunk in (ids[index : index + 500] for index in range(0, len(ids), 500)):
        people = await customers.get_many(session, chunk)
        centers |= {customer_id: person.center_id for customer_id, person in people.items()}
    return centers
