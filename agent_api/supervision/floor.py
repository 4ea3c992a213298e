"""Calls and agents as supervisors see them at this moment, out of what is known in memory. Pure."""

from collections.abc import Mapping
from typing import Any

from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import TargetKind
from agent_api.calls.live_call import LiveCall
from agent_api.calls.projection import CallStory
from agent_api.masking import mask_number
from agent_api.supervision.schemas import FloorAgent, FloorCall, HelpWanted, SpyOut


def floor_row(story: CallStory, agent_center: str) -> dict[str, Any] | None:
    """The call's row as it is sent to desks. It belongs to the agent's centre, before that to the caller's."""
    live = story.live
    if live is None or live.state is None:
        return None
    person = story.person
    row = FloorCall(
        call_id=story.call_id,
        state=live.state,
        queue=live.queue,
        agent_no=live.agent_no,
        since=live.since,
        caller_masked=mask_number(story.caller_number),
        customer_name_masked=person.name_masked if person else None,
        center_id=agent_center or (person.center_id if person else ""),
        consulting=_asked(live),
        conference=list(live.conference),
        spies=[SpyOut(supervisor=who, mode=mode, hears=hears) for who, (mode, hears) in sorted(live.spies.items())],
        help=HelpWanted(note=live.help[0], at=live.help[1]) if live.help else None,
        recording=live.recording,
    )
    return row.model_dump(mode="json")


def _asked(live: LiveCall) -> str | None:
    if live.consulting is None:
        return None
    kind, to = live.consulting
    return mask_number(to) if kind is TargetKind.EXTERNAL else to


def floor_agent(snapshot: AgentSnapshot, skills: Mapping[str, int], desk: bool) -> FloorAgent:
    """`skills`: those of the account, for an ACD that does not tell what it works with."""
    return FloorAgent(
        agent_no=snapshot.agent_id,
        name=snapshot.name,
        center_id=snapshot.center_id,
        state=snapshot.state,
        reason=snapshot.reason,
        since=snapshot.since,
        call_id=snapshot.call_id,
        queues=list(snapshot.queues),
        skills=dict(snapshot.skills or skills),
        desk=desk,
    )
