"""密码服务: change and reset the service password, set the charge reminder."""

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import choose_line, own_line
from ivr.flows.proof import PASSWORD, key_id, key_password, key_secret, proven_line, send_code
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.passwords import ChangePassword, PasswordChanged, ResetPassword, SetReminder
from ivr.phrases import Phrase
from ivr.steps import Flow, ask


def change(session: Session, job: Job) -> Flow[None]:
    """The old password is the proof: also the initial one, which proves nothing else."""
    number = yield from choose_line(session, job.product)
    old = yield from key_password(Phrase.ASK_PASSWORD)
    for _ in range(MAX_TRIES):
        new = yield from key_new()
        answer = yield from ask(ChangePassword(number, old, new))
        if answer.result == "fail":
            yield from say(Phrase.AUTH_WRONG)
            old = yield from key_password(Phrase.ASK_PASSWORD)
        else:
            if answer.result == "ok":
                session.initial.discard((job.product, number))
            yield from _told(session, answer)
    raise TaskOver(tasks.FAILED)


def reset(session: Session, job: Job) -> Flow[None]:
    """Code to the line itself, then the owner's identity card (requirements.md 4.5, PWD)."""
    number = own_line(session, "mobile")
    if not number or not session.on_own_line:
        yield from refuse(Phrase.PASSWORD_ONLY_OWN)
    yield from send_code(number)
    for _ in range(MAX_TRIES):
        code = yield from key_secret(Phrase.CODE_SENT, PASSWORD, 6)
        card = yield from key_id()
        for _ in range(MAX_TRIES):
            new = yield from key_new()
            answer = yield from ask(ResetPassword(number, code, card, new))
            if answer.result == "fail":
                yield from say(Phrase.CODE_WRONG)
                break
            yield from _told(session, answer)
    raise TaskOver(tasks.FAILED)


def _told(session: Session, answer: PasswordChanged) -> Flow[None]:
    """Returns when another new password may be tried."""
    match answer.result:
        case "ok":
            yield from tell(session, Phrase.PASSWORD_CHANGED)
        case "weak":
            yield from say(Phrase.PASSWORD_WEAK)
        case "locked":
            yield from refuse(Phrase.AUTH_LOCKED)
        case "unknown":
            yield from refuse(Phrase.UNKNOWN_NUMBER)
        case _:
            yield from refuse(Phrase.PASSWORD_REFUSED)


def key_new() -> Flow[str]:
    """Keyed twice."""
    for _ in range(MAX_TRIES):
        first = yield from key_password(Phrase.PASSWORD_NEW)
        if first == (yield from key_password(Phrase.PASSWORD_AGAIN)):
            return first
        yield from say(Phrase.PASSWORD_DIFFER)
    raise TaskOver(tasks.FAILED)


def reminder(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    wish = yield from choose((Phrase.REMINDER,), {"1": "on", "2": "off"})
    answer = yield from ask(SetReminder(number, wish == "on"))
    if answer.result != "ok":
        yield from refuse(Phrase.UNKNOWN_NUMBER)
    yield from tell(session, Phrase.REMINDER_SET)
