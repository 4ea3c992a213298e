"""分销商服务: sign in once a call, then cards, commission, orders and notices. No customer data here."""

import re
from collections.abc import Mapping

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import key_number
from ivr.flows.proof import key_secret
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.dealers import FetchActivation, FetchCommission, FetchDealerOrders, SendNotices, VerifyDealer
from ivr.phrases import Phrase, Template
from ivr.speech.values import Count, Money, Month, Saying, Value
from ivr.steps import Flow, ask, visited

CODE = re.compile(r"[0-9]{3,12}")
DEALER_PASSWORD = re.compile(r"[0-9]{4,12}")
CARD = re.compile(r"[0-9]{6,20}")
CARD_STATES: Mapping[str, Phrase] = {
    "active": Phrase.CARD_ACTIVE,
    "inactive": Phrase.CARD_INACTIVE,
    "unknown": Phrase.CARD_UNKNOWN,
}


def sign_in(session: Session, job: Job) -> Flow[None]:
    yield from _signed_in(session)


def _signed_in(session: Session) -> Flow[str]:
    """The dealer's code, proven; asked for when it has not been in this call."""
    for _ in range(0 if session.dealer else MAX_TRIES):
        code = yield from key_number(Phrase.DEALER_CODE, CODE, 12, zero_is_agent=False)
        password = yield from key_secret(Phrase.DEALER_PASSWORD, DEALER_PASSWORD, 12)
        result = (yield from ask(VerifyDealer(code, password))).result
        if result == "pass":
            session.dealer = code
            break
        yield from ask(visited("auth_dealer", "", result))
        if result == "locked":
            yield from refuse(Phrase.DEALER_LOCKED)
        yield from say(Phrase.DEALER_WRONG)
    if not session.dealer:
        raise TaskOver(tasks.FAILED)
    return session.dealer


def activation(session: Session, job: Job) -> Flow[None]:
    code = yield from _signed_in(session)
    card = yield from key_number(Phrase.DEALER_CARD, CARD, 20)
    answer = yield from ask(FetchActivation(code, card))
    yield from tell(session, CARD_STATES.get(answer.result, Phrase.CARD_UNKNOWN))


def commission(session: Session, job: Job) -> Flow[None]:
    code = yield from _signed_in(session)
    answer = yield from ask(FetchCommission(code))
    if answer.result != "ok":
        yield from refuse(Phrase.BILL_NO_DATA)
    facts: dict[str, Value] = {"month": Month(answer.month), "amount": Money(answer.amount)}
    yield from tell(session, Saying(Template.COMMISSION, facts))


def orders(session: Session, job: Job) -> Flow[None]:
    code = yield from _signed_in(session)
    answer = yield from ask(FetchDealerOrders(code))
    if answer.result != "ok":
        yield from refuse(Phrase.BILL_NO_DATA)
    facts = {"open": Count(answer.open), "done": Count(answer.done)}
    yield from tell(session, Saying(Template.DEALER_ORDERS, facts))


def notices(session: Session, job: Job) -> Flow[None]:
    code = yield from _signed_in(session)
    if (yield from ask(SendNotices(code))).result != "ok":
        yield from refuse(Phrase.COPY_FAILED)
    yield from tell(session, Phrase.DEALER_NOTICE)
