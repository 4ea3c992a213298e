"""Plays a flow without a telephone: for tests and for people who want to read a menu by walking through it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from acd.contracts.menu.tree import PublishedTree
from ivr.lookups.callers import Caller, FindCaller
from ivr.lookups.dunning import FetchDunningScript
from ivr.lookups.identity import Proof, Verification, VerifyCode, VerifyIdentityCard, VerifyPassword
from ivr.menus import shipped
from ivr.ports import Unavailable
from ivr.sample_answers import ANSWERS, CODE, DUNNING, IDENTITY_CARD, PASSWORD, SUBSCRIBER
from ivr.steps import Flow, HungUp, Leave, LookUp, Now, PickTree, PlayRecording, Record, Recording, SetLanguage, Step

Answer = Callable[[Step[Any]], Any]


def rehearse(flow: Flow[Leave], answer: Answer) -> Leave:
    """Run to the end. `answer` performs a step; an Unavailable or HungUp it raises reaches the flow."""
    reply: Any = None
    failure: Exception | None = None
    while True:
        try:
            step = flow.send(reply) if failure is None else flow.throw(failure)
        except StopIteration as end:
            leave: Leave = end.value
            return leave
        reply, failure = None, None
        try:
            reply = answer(step)
        except (Unavailable, HungUp) as error:
            failure = error


@dataclass
class SampleCompany:
    """A directory of one subscriber. Any part can be replaced, or set to None: that part is then unavailable."""

    caller: Caller | None = field(default_factory=lambda: SUBSCRIBER)
    password: str | None = PASSWORD
    dunning_script: Any = DUNNING
    answers: dict[type[LookUp[Any]], Any] = field(default_factory=dict)
    """Question to its answer, where it is not the usual one of ivr.sample_answers."""
    menus: PublishedTree = field(default_factory=shipped)
    now: datetime = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    message_seconds: int = 12
    wrong_entries: int = 0

    def answer(self, step: Step[Any]) -> Any:
        match step:
            case PickTree():
                return self.menus
            case Now():
                return self.now
            case SetLanguage():
                return None
            case Record(take):
                return Recording(f"rehearsal-{take}.wav", self.message_seconds)
            case PlayRecording():
                return True
            case LookUp():
                return self.look_up(step)
            case _:
                raise TypeError(f"no such step: {type(step).__name__}")

    def look_up(self, question: LookUp[Any]) -> Any:
        if type(question) in self.answers:
            return _there(self.answers[type(question)])
        match question:
            case FindCaller():
                return _there(self.caller)
            case FetchDunningScript():
                return _there(self.dunning_script)
            case VerifyPassword(_, password):
                return self._verify(password)
            case VerifyIdentityCard(_, card):
                return Proof("pass" if card == IDENTITY_CARD else "fail")
            case VerifyCode(_, code):
                return Proof("pass" if code == CODE else "fail")
        return _there(ANSWERS[type(question)])

    def _verify(self, password: str) -> Verification:
        if password == _there(self.password) and self.wrong_entries < 3:
            return Verification("pass", 3, "C1")
        self.wrong_entries += 1
        left = max(0, 3 - self.wrong_entries)
        return Verification("fail" if left else "locked", left)


def _there(value: Any) -> Any:
    if value is None:
        raise Unavailable("sample")
    return value
