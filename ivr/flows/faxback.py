"""传真索取: a document goes out on this call, or to another machine, when the menu has been left."""

from acd.contracts.menu import tasks
from ivr.flows.dialog import TaskOver, choose, say
from ivr.flows.leaf import refuse, served
from ivr.flows.line import ANY_NUMBER, key_number
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.documents import FetchFaxDocument
from ivr.phrases import Phrase
from ivr.steps import Fax, Flow, ask


def faxback(session: Session, job: Job) -> Flow[None]:
    """The dialplan says `fax/start` itself, directly before the machine's tone."""
    document = yield from ask(FetchFaxDocument(job.settings.get("document", "")))
    if document.result != "ok":
        yield from refuse(Phrase.NOT_AVAILABLE)
    number = ""
    if (yield from choose((Phrase.FAX_HOW,), {"1": "here", "2": "elsewhere"})) == "elsewhere":
        number = yield from key_number(Phrase.FAX_NUMBER, ANY_NUMBER, 20)
    session.fax = Fax(document.file, number)
    yield from served(session)
    if number:
        yield from say(Phrase.FAX_QUEUED)
    raise TaskOver(tasks.END)
