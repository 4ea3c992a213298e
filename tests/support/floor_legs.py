"""Channels as Asterisk lists them at a resync, for tests of the core."""

from acd.contracts.ids import AgentId, CallId, ChannelName, QueueName
from acd.core.facts import LegState, LiveLeg
from tests.support.floor import caller_channel, phone_channel


def live_caller(call_id: str, context: str, *, age_seconds: int = 60, **told: object) -> LiveLeg:
    return _live(caller_channel(call_id), call_id, context, LegState.UP, age_seconds, None, told)


def live_phone(
    agent_id: str, call_id: str, state: LegState = LegState.UP, *, age_seconds: int = 30, context: str = "cc-agent"
) -> LiveLeg:
    return _live(phone_channel(agent_id), call_id, context, state, age_seconds, AgentId(agent_id), {})


def _live(
    channel: ChannelName,
    call_id: str,
    context: str,
    state: LegState,
    age_seconds: int,
    agent_id: AgentId | None,
    told: dict[str, object],
) -> LiveLeg:
    known: dict[str, object] = {
        "queue": QueueName("general"),
        "priority": 0,
        "did": "10010",
        "caller": "13900000001",
        "attempt_id": None,
        "queued_at": None,
        "served_by": None,
        **told,
    }
    return LiveLeg(channel, f"n1-{channel}", CallId(call_id), state, context, age_seconds, agent_id, **known)  # type: ignore[arg-type]
