"""障碍申告: which line, then a ticket with its limit; or the reason why the line does not work."""

from ivr.flows.leaf import refuse, tell
from ivr.flows.line import any_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.tickets import ReportFault
from ivr.lookups.words import digits_of
from ivr.phrases import Phrase, Template
from ivr.speech.values import Count, Digits, Saying, Value
from ivr.steps import Flow, ask


def fault(session: Session, job: Job) -> Flow[None]:
    number = yield from any_line(session)
    answer = yield from ask(ReportFault(number, job.settings.get("fault", "other"), session.call.call_id))
    match answer.result:
        case "ok":
            facts: dict[str, Value] = {"number": Digits(digits_of(answer.ticket_no)), "hours": Count(answer.hours)}
            yield from tell(session, Saying(Template.FAULT_ACCEPTED, facts))
        case "arrears":
            yield from tell(session, Phrase.FAULT_ARREARS)
        case "mass":
            yield from tell(session, Phrase.FAULT_MASS)
        case _:
            yield from refuse(Phrase.UNKNOWN_NUMBER)
