"""Figures of each agent: stints in calls, and time in states. Reads only."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents import service as agents
from agent_api.auth import service as auth
from agent_api.calls import service as calls
from agent_api.stats.facts import StateFact
from agent_api.stats.formulas import Facts, occupancy
from agent_api.stats.schemas import AgentFigures


async def figures(
    session: AsyncSession, start: datetime, end: datetime, centers: frozenset[str] | None, now: datetime
) -> list[AgentFigures]:
    """Agents of these centres (None: of all) who had a call or were signed in."""
    stints: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for leg in await calls.legs_between(session, start, end):
        stints[leg.agent_no].append((leg.talk_ms / 1000, leg.hold_ms / 1000, leg.consult_ms / 1000))
    states: defaultdict[str, list[StateFact]] = defaultdict(list)
    for span in await agents.spans_between(session, start, end):
        seconds = (min(span.ended_at or now, end) - max(span.started_at, start)).total_seconds()
        if seconds > 0:
            states[span.agent_no].append(StateFact(span.agent_no, span.state, span.reason, seconds))
    staff = {each.agent_no: each for each in await auth.all_staff(session)}
    return [
        AgentFigures(
            agent_no=number,
            name=staff[number].name,
            center_id=staff[number].center_id,
            stints=len(stints[number]),
            talk_seconds=sum(talk for talk, _, _ in stints[number]),
            hold_seconds=sum(hold for _, hold, _ in stints[number]),
            consult_seconds=sum(consult for _, _, consult in stints[number]),
            wrap_up_seconds=_seconds(states[number], "wrap_up"),
            signed_in_seconds=sum(state.seconds for state in states[number]),
            paused_seconds=_seconds(states[number], "paused"),
            occupancy=occupancy(Facts(states=states[number])).value,
        )
        for number in sorted(stints.keys() | states.keys())
        if number in staff and (centers is None or staff[number].center_id in centers)
    ]


def _seconds(states: list[StateFact], state: str) -> float:
    return sum(each.seconds for each in states if each.state == state)
