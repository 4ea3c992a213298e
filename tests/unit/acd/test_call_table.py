"""Every pair of call state and fact: allowed exactly where the table says so."""

from datetime import timedelta

import pytest

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import ConsultEnd, Direction, IvrOutcome, PasswordResult, QueueExit, TargetKind
from acd.core import facts
from acd.core.calls.call import (
    NEXT,
    AgentChosen,
    AgentGone,
    AgentReleased,
    AgentVanished,
    Call,
    CallerGone,
    CallState,
    ConsultBegan,
    ConsultEnded,
    FallbackEntered,
    FallbackRingOver,
    RoomEntered,
)
from acd.core.calls.call_step import step
from acd.core.calls.parties import Consult
from acd.core.errors import Code, Refused
from tests.support.floor import MONDAY_TEN, NODE, caller_channel, phone_channel

pytestmark = pytest.mark.unit

CALL_ID = CallId("n1-1.1")
AGENT = AgentId("8001")
S = CallState
_USER = (MONDAY_TEN, NODE, CALL_ID, caller_channel(CALL_ID))
_PHONE = (MONDAY_TEN, NODE, AGENT, phone_channel(AGENT), CALL_ID)
_ROOM = (MONDAY_TEN, NODE, QueueName("general"), 0, MONDAY_TEN, 1, caller_channel(CALL_ID))

FACTS: tuple[facts.Fact, ...] = (
    facts.MenuAnswered(*_USER),
    facts.MenuVisited(*_USER, visits=(facts.Visit("main", "1", "ok"),)),
    facts.CallerIdentified(*_USER, customer_id="c1", auth_level=2),
    facts.PasswordChecked(*_USER, result=PasswordResult.PASS),
    facts.AgentWanted(*_USER, queue=QueueName("general"), reason="key_0"),
    facts.MenuLeft(*_USER, outcome=IvrOutcome.AGENT),
    facts.CallerSurveyed(*_USER, satisfaction=1, reason=""),
    facts.CallerAsked(*_USER, what="callback"),
    facts.QueueLeft(*_USER, how=QueueExit.CALLBACK),
    RoomEntered(*_ROOM),
    FallbackEntered(*_ROOM),
    AgentChosen(MONDAY_TEN, NODE, AGENT, "idle longest"),
    AgentReleased(MONDAY_TEN, NODE),
    facts.PhoneDialled(*_PHONE),
    facts.PhoneAlerted(*_PHONE),
    facts.PhoneFailed(*_PHONE, status="BUSY"),
    FallbackRingOver(MONDAY_TEN, NODE),
    facts.PhoneAnswered(*_PHONE),
    facts.PhoneHeld(*_PHONE),
    facts.PhoneResumed(*_PHONE),
    facts.BlindTransferred(MONDAY_TEN, NODE, CALL_ID, phone_channel(AGENT), "8002"),
    ConsultBegan(MONDAY_TEN, NODE, Consult(TargetKind.AGENT, "8002", MONDAY_TEN)),
    ConsultEnded(MONDAY_TEN, NODE, ConsultEnd.RETURNED),
    AgentGone(MONDAY_TEN, NODE),
    AgentVanished(MONDAY_TEN, NODE),
    facts.HangupAsked(MONDAY_TEN, NODE, caller_channel(CALL_ID), CALL_ID, CALL_ID, None),
    CallerGone(MONDAY_TEN, NODE, 16),
)
BY_HAND = """
                  offered in_ivr waiting away fallback reserved ringing connected held consulting kept left ended
MenuAnswered         +      .       .     .      .        .        .        .      .       .       .    .     .
MenuVisited          +      +       +     +      +        +        +        +      +       +       +    +     .
CallerIdentified     +      +       +     +      +        +        +        +      +       +       +    +     .
PasswordChecked      +      +       +     +      +        +        +        +      +       +       +    +     .
AgentWanted          +      +       .     .      .        .        .        .      .       .       .    .     .
MenuLeft             +      +       .     .      .        .        .        .      .       .       .    .     .
CallerSurveyed       .      .       .     .      .        .        .        .      .       .       .    +     .
CallerAsked          .      .       +     +      .        .        .        .      .       .       .    .     .
QueueLeft            .      .       +     +      .        .        .        .      .       .       .    .     .
RoomEntered          +      +       +     +      +        +        +        .      .       .       +    +     .
FallbackEntered      +      +       +     +      +        +        +        .      .       .       +    +     .
AgentChosen          .      .       +     .      .        .        .        .      .       .       +    .     .
AgentReleased        .      .       .     .      .        +        .        .      .       .       .    .     .
PhoneDialled         .      .       +     +      +        +        +        .      .       .       +    +     .
PhoneAlerted         .      .       .     .      .        .        +        .      .       .       .    .     .
PhoneFailed          .      .       .     .      .        .        +        .      .       .       .    .     .
FallbackRingOver     .      .       .     .      .        .        +        .      .       .       .    .     .
PhoneAnswered        .      .       +     +      +        +        +        .      .       .       +    +     .
PhoneHeld            .      .       .     .      .        .        .        +      .       .       .    .     .
PhoneResumed         .      .       .     .      .        .        .        .      +       .       .    .     .
BlindTransferred     .      .       .     .      .        .        .        +      +       .       .    .     .
ConsultBegan         .      .       .     .      .        .        .        +      +       .       .    .     .
ConsultEnded         .      .       .     .      .        .        .        .      .       +       .    .     .
AgentGone            .      .       .     .      .        .        .        +      +       +       .    .     .
AgentVanished        .      .       .     .      .        +        +        +      +       +       .    +     .
HangupAsked          +      +       +     +      +        +        +        +      +       +       +    +     .
CallerGone           +      +       +     +      +        +        +        +      +       +       +    +     .
"""
"""The rule, drawn once more by hand: a change of the table must be meant."""


def by_hand() -> dict[tuple[str, str], bool]:
    heading, *rows = BY_HAND.strip().splitlines()
    return {
        (name, state): mark == "+"
        for name, *marks in (row.split() for row in rows)
        for state, mark in zip(heading.split(), marks, strict=True)
    }


def pairs() -> list[tuple[CallState, facts.Fact]]:
    return [(state, fact) for fact in FACTS for state in CallState]


def call_in(state: CallState) -> Call:
    return Call(
        CALL_ID,
        NODE,
        caller_channel(CALL_ID),
        Direction.INBOUND,
        MONDAY_TEN - timedelta(seconds=60),
        state=state,
        queue=QueueName("general"),
        queued_at=MONDAY_TEN - timedelta(seconds=30),
        agent_id=AGENT,
        agent_channel=phone_channel(AGENT),
    )


@pytest.mark.parametrize(("state", "fact"), pairs(), ids=lambda value: getattr(value, "value", type(value).__name__))
def test_every_pair_of_state_and_fact(state: CallState, fact: facts.Fact) -> None:
    allowed = by_hand()[type(fact).__name__, state]
    assert ((state, type(fact)) in NEXT) is allowed
    if allowed:
        after, _ = step(call_in(state), fact)
        assert after.state is NEXT[state, type(fact)]
    else:
        with pytest.raises(Refused) as refusal:
            step(call_in(state), fact)
        assert refusal.value.code is Code.CALL_WRONG_STATE


def test_the_table_knows_no_other_facts() -> None:
    assert {kind for _, kind in NEXT} == {type(fact) for fact in FACTS}


def test_a_call_that_ended_takes_no_fact() -> None:
    assert not [pair for pair in NEXT if pair[0] is S.ENDED]
