"""传真索取: a document goes out on this call when the menu has been left, or to another machine that is dialled."""

import re

from acd.contracts.menu import tasks
from ivr.flows.dialog import TaskOver, choose
from ivr.flows.leaf import refuse, served, tell
from ivr.flows.line import key_number
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.documents import FetchFaxDocument, OrderFax
from ivr.phrases import Phrase
from ivr.steps import Flow, ask

MACHINE = re.compile(r"[0-9]{5,15}")


def faxback(session: Session, job: Job) -> Flow[None]:
    document = job.settings.get("document", "")
    if (yield from choose((Phrase.FAX_HOW,), {"1": "here", "2": "elsewhere"})) == "here":
        yield from _here(session, document)
    number = yield from key_number(Phrase.FAX_NUMBER, MACHINE, 15)
    if (yield from ask(OrderFax(document, number, session.call.call_id))).result != "ok":
        yield from refuse(Phrase.NOT_AVAILABLE)
    yield from tell(session, Phrase.FAX_QUEUED)


def _here(session: Session, document: str) -> Flow[None]:
    """The dialplan says `fax/start` itself, directly before the machine's tone."""
    found = yield from ask(FetchFaxDocument(document))
    if found.result != "ok":
        yield from refuse(Phrase.NOT_AVAILABLE)
    yield from served(session)
    session.fax_file = found.file
    raise TaskOver(tasks.END)
