"""The machine of a supervision order (督办): signed by the leader, reported on daily, answered, accepted. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from agent_api.tickets.words import Refusal


class OrderState(StrEnum):
    ISSUED = "ISSUED"
    SIGNED = "SIGNED"
    REPORTED = "REPORTED"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class OrderAct(StrEnum):
    ISSUE = "issue"
    SIGN = "sign"
    REPORT = "report"
    ANSWER = "answer"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


S, A = OrderState, OrderAct
NEXT: dict[tuple[OrderState, OrderAct], OrderState] = {
    (S.ISSUED, A.SIGN): S.SIGNED,
    (S.SIGNED, A.REPORT): S.REPORTED,
    (S.REPORTED, A.REPORT): S.REPORTED,
    (S.SIGNED, A.ANSWER): S.ANSWERED,
    (S.REPORTED, A.ANSWER): S.ANSWERED,
    (S.ANSWERED, A.ACCEPT): S.CLOSED,
    (S.ANSWERED, A.REJECT): S.SIGNED,
    **{(state, A.WITHDRAW): S.CLOSED for state in (S.ISSUED, S.SIGNED, S.REPORTED)},
}
TITLES = {
    A.ISSUE: "下达",
    A.SIGN: "签收",
    A.REPORT: "日报",
    A.ANSWER: "回复",
    A.ACCEPT: "认可",
    A.REJECT: "不认可",
    A.WITHDRAW: "撤销",
}
BY_THE_UNIT = frozenset({A.SIGN, A.REPORT, A.ANSWER})
BY_THE_ISSUER = frozenset({A.ACCEPT, A.REJECT, A.WITHDRAW})
IN_WORDS = frozenset({A.REPORT, A.ANSWER, A.REJECT, A.WITHDRAW})
SIGN_WITHIN = timedelta(hours=2)
REPORT_EVERY = timedelta(days=1)


def step(state: OrderState, act: OrderAct, text: str) -> OrderState:
    target = NEXT.get((state, act))
    if target is None:
        raise Refusal("supervision.wrong_state")
    if act in IN_WORDS and not text.strip():
        raise Refusal("ticket.comment_required")
    return target


def due_after(state: OrderState, at: datetime) -> datetime | None:
    """By when the unit must do its next step; None when it is not the unit's turn."""
    match state:
        case S.ISSUED:
            return at + SIGN_WITHIN
        case S.SIGNED | S.REPORTED:
            return at + REPORT_EVERY
        case _:
            return None
