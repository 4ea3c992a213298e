"""紧急服务: stop a lost line, release it, restore it for a day, report fraud."""

from typing import Literal

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import ANY_NUMBER, SHAPES, key_number
from ivr.flows.proof import key_id, key_password, proven_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.emergencies import ReleaseLine, ReportNumber, RestoreLine, StopLine
from ivr.lookups.words import digits_of
from ivr.phrases import Phrase, Template
from ivr.speech.values import Digits, Saying
from ivr.steps import Flow, ask


def suspend(session: Session, job: Job) -> Flow[None]:
    """The caller rings from another telephone: the line and one proof of it are keyed."""
    shape = SHAPES["mobile"]
    number = yield from key_number(Phrase.EMERGENCY_NUMBER, shape.pattern, shape.length)
    for _ in range(MAX_TRIES):
        proof, secret = yield from _proof()
        result = (yield from ask(StopLine(number, proof, secret, session.call.call_id))).result
        match result:
            case "ok" | "already":
                yield from tell(session, Saying(Template.EMERGENCY_STOPPED, {"number": Digits(number)}))
            case "locked":
                yield from refuse(Phrase.AUTH_LOCKED)
            case "unknown":
                yield from refuse(Phrase.UNKNOWN_NUMBER)
        yield from say(Phrase.AUTH_WRONG if proof == "password" else Phrase.ID_WRONG)
    raise TaskOver(tasks.FAILED)


def _proof() -> Flow[tuple[Literal["password", "id"], str]]:
    if (yield from choose((Phrase.EMERGENCY_PROOF,), {"1": "password", "2": "id"})) == "password":
        return "password", (yield from key_password(Phrase.ASK_PASSWORD))
    return "id", (yield from key_id())


def release(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    result = (yield from ask(ReleaseLine(number, session.call.call_id))).result
    if result != "ok":
        yield from refuse(Phrase.EMERGENCY_NOT_POSSIBLE if result == "not_possible" else Phrase.UNKNOWN_NUMBER)
    yield from tell(session, Saying(Template.EMERGENCY_RELEASED, {"number": Digits(number)}))


def restore(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    result = (yield from ask(RestoreLine(number, session.call.call_id))).result
    if result != "ok":
        yield from refuse(Phrase.EMERGENCY_NOT_POSSIBLE if result == "not_possible" else Phrase.UNKNOWN_NUMBER)
    yield from tell(session, Phrase.EMERGENCY_RESTORED)


def report(session: Session, job: Job) -> Flow[None]:
    number = yield from key_number(Phrase.EMERGENCY_REPORT_NUMBER, ANY_NUMBER, 20)
    taken = yield from ask(ReportNumber(number, session.call.caller_number, session.call.call_id))
    if taken.result != "ok":
        yield from refuse(Phrase.NOT_AVAILABLE)
    ticket = Digits(digits_of(taken.ticket_no))
    yield from tell(session, Saying(Template.EMERGENCY_REPORTED, {"number": ticket}))
