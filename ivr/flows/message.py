"""语音留言: record, hear it, send it. Who hangs up after having spoken has sent it, too."""

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, say
from ivr.flows.leaf import tell
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.tickets import SubmitMessage
from ivr.lookups.words import digits_of
from ivr.phrases import Phrase, Template
from ivr.speech.values import Digits, Saying
from ivr.steps import Flow, HungUp, PlayRecording, Record, Recording, ask

SHORTEST_SECONDS = 3
MOST_LISTENINGS = 10


def message(session: Session, job: Job) -> Flow[None]:
    about = job.settings.get("about", "general")
    for _ in range(MAX_TRIES):
        yield from say(Phrase.MESSAGE_SPEAK)
        session.recordings += 1
        recording = yield from ask(Record(session.recordings))
        if recording.seconds < SHORTEST_SECONDS:
            yield from say(Phrase.MESSAGE_TOO_SHORT)
        elif (yield from _wanted(session, recording, about)):
            taken = yield from ask(_submission(session, recording, about))
            number = Digits(digits_of(taken.ticket_no))
            yield from tell(session, Saying(Template.MESSAGE_ACCEPTED, {"number": number}))
    raise TaskOver(tasks.FAILED)


def _wanted(session: Session, recording: Recording, about: str) -> Flow[bool]:
    """False: record again. Silence and three mistakes send it; the caller has said what he wanted to say."""
    try:
        if recording.hung_up:
            raise HungUp
        return (yield from _listen_or_send(recording))
    except HungUp:
        yield from ask(_submission(session, recording, about))
        session.served = True
        raise
    except TaskOver as over:
        if over.outcome in (tasks.FAILED, tasks.SILENT):
            return True
        raise


def _listen_or_send(recording: Recording) -> Flow[bool]:
    for _ in range(MOST_LISTENINGS):
        choice = yield from choose((Phrase.MESSAGE_MENU,), {"1": "listen", "2": "send", "3": "again"})
        if choice != "listen":
            return choice == "send"
        yield from ask(PlayRecording(recording.name))
    return True


def _submission(session: Session, recording: Recording, about: str) -> SubmitMessage:
    call = session.call
    return SubmitMessage(call.call_id, about, recording.name, recording.seconds, call.caller_number)
