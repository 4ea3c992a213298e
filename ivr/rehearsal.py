"""Plays a flow without a telephone: for tests and for people who want to read a menu by walking through it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ivr.ports import Bill, Caller, DunningScript, Unavailable, Verification
from ivr.steps import FetchBill, FetchDunningScript, FindCaller, Flow, Leave, Step, VerifyPassword

Answer = Callable[[Step[Any]], Any]


def rehearse(flow: Flow[Leave], answer: Answer) -> Leave:
    """Run to the end. `answer` performs a step; an Unavailable it raises reaches the flow."""
    reply: Any = None
    failure: Unavailable | None = None
    while True:
        try:
            step = flow.send(reply) if failure is None else flow.throw(failure)
        except StopIteration as end:
            leave: Leave = end.value
            return leave
        reply, failure = None, None
        try:
            reply = answer(step)
        except Unavailable as error:
            failure = error


@dataclass
class SampleCompany:
    """A directory of one subscriber. Any part can be replaced, or set to None: that part is then unavailable."""

    caller: Caller | None = field(default_factory=lambda: Caller(True, "C1", own_number="13900000001"))
    password: str | None = "135790"
    bill: Bill | None = field(
        default_factory=lambda: Bill("ok", "2026-10", Decimal("128.50"), Decimal("35.20"), Decimal(0))
    )
    dunning_script: DunningScript | None = field(
        default_factory=lambda: DunningScript("open", "3068", "2026-10", Decimal("88.00"))
    )
    wrong_entries: int = 0

    def answer(self, step: Step[Any]) -> Any:
        match step:
            case FindCaller():
                return _there(self.caller)
            case VerifyPassword(_, password):
                return self._verify(password)
            case FetchBill():
                return _there(self.bill)
            case FetchDunningScript():
                return _there(self.dunning_script)
            case _:
                raise TypeError(f"no look-up: {type(step).__name__}")

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
