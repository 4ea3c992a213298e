"""Walks the table of a call's states. What each fact does, and what is published: `acd.core.calls.steps`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from acd.core import facts
from acd.core.calls.call import (
    NEXT,
    AgentChosen,
    AgentGone,
    AgentReleased,
    AgentVanished,
    Call,
    CallerGone,
    ConsultBegan,
    ConsultEnded,
    FallbackEntered,
    FallbackRingOver,
    RoomEntered,
)
from acd.core.calls.steps import consult, end, menu, room, talk
from acd.core.calls.steps.base import Stepped
from acd.core.errors import Code, Refused


def step(call: Call, fact: facts.Fact) -> Stepped:
    """Return the call after the fact and what to publish. Raises Refused where the table has no entry."""
    target = NEXT.get((call.state, type(fact)))
    if target is None:
        raise Refused(Code.CALL_WRONG_STATE)
    after, published = _APPLY[type(fact)](call, fact)
    return replace(after, state=target), published


_APPLY: dict[type[facts.Fact], Callable[[Call, Any], Stepped]] = {
    facts.MenuAnswered: menu.menu_answered,
    facts.MenuVisited: menu.menu_visited,
    facts.CallerIdentified: menu.identified,
    facts.PasswordChecked: menu.password_checked,
    facts.AgentWanted: menu.agent_wanted,
    facts.MenuLeft: menu.menu_left,
    RoomEntered: room.entered,
    FallbackEntered: room.entered,
    facts.CallerAsked: room.asked,
    facts.QueueLeft: room.left,
    AgentChosen: room.chosen,
    AgentReleased: room.released,
    facts.PhoneDialled: room.dialled,
    facts.PhoneAlerted: room.alerted,
    facts.PhoneFailed: room.failed,
    FallbackRingOver: room.fallback_ring_over,
    facts.PhoneAnswered: talk.answered,
    facts.PhoneHeld: talk.held,
    facts.PhoneResumed: talk.resumed,
    ConsultBegan: consult.began,
    ConsultEnded: consult.ended,
    facts.BlindTransferred: talk.transferred,
    AgentGone: talk.agent_gone,
    AgentVanished: talk.agent_vanished,
    facts.CallerSurveyed: talk.surveyed,
    facts.HangupAsked: end.hangup_asked,
    CallerGone: end.caller_gone,
}
