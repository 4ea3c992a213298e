"""What becomes of calls to debtors."""

from dataclasses import dataclass

from acd.contracts.ids import AttemptId
from acd.contracts.vocabulary import AttemptCode
from acd.core.facts.base import Fact
from acd.core.facts.caller import CallFact


@dataclass(frozen=True, slots=True)
class AttemptPickedUp(CallFact):
    attempt_id: AttemptId


@dataclass(frozen=True, slots=True)
class AttemptJudged(CallFact):
    attempt_id: AttemptId
    code: AttemptCode


@dataclass(frozen=True, slots=True)
class CallbackNotDialled(Fact):
    """Of the leg that was asked for, the customer's or the agent's."""

    unique_id: str


@dataclass(frozen=True, slots=True)
class OriginateFailed(Fact):
    attempt_id: AttemptId
    reason: int
