"""充值缴费 with a card. Anybody may pay for any line, so no proof is asked."""

import re
from decimal import Decimal

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import choose_line
from ivr.flows.proof import key_secret
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.accounts import TopUp
from ivr.phrases import Phrase, Template
from ivr.speech.values import Money, Saying
from ivr.steps import Flow, ask

CARD = re.compile(r"[0-9]{15,18}")


def topup(session: Session, job: Job) -> Flow[None]:
    number = yield from choose_line(session, job.product)
    for _ in range(MAX_TRIES):
        card = yield from key_secret(Phrase.ASK_CARD, CARD, 18)
        answer = yield from ask(TopUp(number, card, job.product))
        match answer.result:
            case "ok":
                amounts = {"amount": Money(answer.amount), "balance": Money(max(answer.balance, Decimal(0)))}
                yield from tell(session, Saying(Template.TOPUP_DONE, amounts))
            case "locked":
                yield from refuse(Phrase.CARD_LOCKED)
            case "unknown":
                yield from refuse(Phrase.UNKNOWN_NUMBER)
        yield from say(Phrase.CARD_WRONG)
    raise TaskOver(tasks.FAILED)
