"""A call row as the desk's JSON, masked unless it is the reader's own call."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_api.calls.models import AgentLeg, Call
from agent_api.calls.schemas import (
    CallDetail,
    CallOut,
    CallRecording,
    DecisionOut,
    LegOut,
    MenuStep,
    ReasonOut,
    StoryStep,
)
from agent_api.masking import mask_number
from agent_api.reasons.shipped import SHIPPED_TITLES
from agent_api.reasons.tree import Branch, Leaf, Reason


def call_out(
    call: Call, ticket_nos: list[str], full_number: bool, titles: Mapping[str, str] = SHIPPED_TITLES
) -> CallOut:
    return CallOut(
        call_id=call.call_id,
        direction=call.direction,
        did=call.did,
        queue=call.queue,
        caller_masked=mask_number(call.caller_number),
        caller_number=call.caller_number if full_number else None,
        customer_id=call.customer_id,
        auth_level=call.auth_level,
        offered_at=call.offered_at,
        queued_at=call.queued_at,
        connected_at=call.connected_at,
        ended_at=call.ended_at,
        wait_ms=call.wait_ms,
        talk_ms=call.talk_ms,
        hold_ms=call.hold_ms,
        agent_no=call.agent_no,
        ivr_path=[MenuStep.model_validate(step) for step in call.ivr_path],
        decision=call.decision,
        satisfaction=call.satisfaction,
        ended=call.ended_at is not None,
        hangup_side=call.hangup_side,
        disposition=call.disposition,
        disposition_title=titles.get(call.disposition or ""),
        notes=call.notes,
        resolved=call.resolved,
        ticket_nos=ticket_nos,
        incomplete=call.incomplete,
    )


def call_detail(
    call: Call,
    legs: Sequence[AgentLeg],
    ticket_nos: list[str],
    full_number: bool,
    recording: CallRecording | None,
    titles: Mapping[str, str],
) -> CallDetail:
    return CallDetail(
        **call_out(call, ticket_nos, full_number, titles).model_dump(),
        decisions=[DecisionOut.model_validate(each) for each in call.decisions],
        story=[_step(each) for each in call.happenings],
        legs=[LegOut.model_validate(leg, from_attributes=True) for leg in legs],
        queue_exit=call.queue_exit,
        recording=recording,
    )


def _step(happening: dict[str, Any]) -> StoryStep:
    step = StoryStep.model_validate(happening)
    outside = step.to_kind == "external" and step.to is not None
    return step.model_copy(update={"to": mask_number(step.to or "")}) if outside else step


def reason_tree(reasons: Sequence[Reason | Branch | Leaf]) -> list[ReasonOut]:
    return [
        ReasonOut(
            code=reason.code,
            title=reason.title,
            children=reason_tree(() if isinstance(reason, Leaf) else reason.children),
        )
        for reason in reasons
    ]
