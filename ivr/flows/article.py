"""业务咨询: an article is spoken, and sent by text message to a caller whose mobile number is known."""

from ivr.flows.leaf import refuse, tell
from ivr.flows.line import own_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.accounts import SendCopy
from ivr.lookups.documents import FetchArticle
from ivr.phrases import Phrase
from ivr.steps import Flow, ask


def article(session: Session, job: Job) -> Flow[None]:
    topic = job.settings.get("topic", "")
    found = yield from ask(FetchArticle(topic, session.language, session.caller.center))
    if found.result != "ok":
        yield from refuse(Phrase.NOT_AVAILABLE)
    mobile = own_line(session, "mobile")
    copy = SendCopy(mobile, "mobile", "article", session.call.call_id, topic=topic)
    yield from tell(session, found.prompt, copy=copy if mobile and found.sent_by_sms else None)
