"""Smaller matters of an account: points, the electronic invoice, why the line is stopped."""

from ivr.flows.bill import account_of
from ivr.flows.dialog import say
from ivr.flows.leaf import refuse, tell
from ivr.flows.proof import proven_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.accounts import SendCopy
from ivr.phrases import Phrase, Template
from ivr.speech.values import Count, Digits, Money, Saying, Value
from ivr.steps import Flow, ask


def points(session: Session, job: Job) -> Flow[None]:
    _, account = yield from account_of(session, job)
    yield from tell(session, Saying(Template.POINTS, {"points": Count(account.points or 0)}))


def invoice(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    result = (yield from ask(SendCopy(number, job.product, "invoice", session.call.call_id, "email"))).result
    if result != "ok":
        yield from refuse(Phrase.NO_ADDRESS if result == "no_address" else Phrase.UNKNOWN_NUMBER)
    yield from tell(session, Phrase.INVOICE_SENT)


def suspension_notice(session: Session, job: Job) -> Flow[None]:
    """The amount is for the line itself only; whoever else calls hears no more than that it is stopped."""
    owed = session.caller.arrears
    if session.on_own_line and owed > 0:
        facts: dict[str, Value] = {"number": Digits(session.own), "amount": Money(owed)}
        yield from say(Saying(Template.SUSPENDED_NOTICE, facts))
    else:
        yield from say(Phrase.SUSPENDED_PLAIN)
