"""A voice message instead of waiting: the menu's own task, with the way back into the queue."""

from collections.abc import Mapping

from acd.contracts.menu import tasks
from acd.contracts.vocabulary import IvrOutcome, QueueExit
from ivr.flows.dialog import TaskOver, good_bye
from ivr.flows.hotline import find_caller
from ivr.flows.message import message
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.ports import Unavailable
from ivr.steps import CallFacts, Flow, HungUp, Leave, PickTree, ask, queue_left

NODE = "queue_message"
ABOUT: Mapping[str, str] = {"complaint": "complaint"}
"""Queue to what the message is about, where that is not the general."""


def leave_message(call: CallFacts) -> Flow[Leave]:
    """To the agents again when nothing was left, or when the caller asks for them."""
    caller = yield from find_caller(call)
    published = yield from ask(PickTree(call.did, caller.center))
    session = Session(call, caller, published.tree, call.language, node=NODE)
    outcome = tasks.FAILED
    try:
        yield from message(session, Job({"about": ABOUT.get(call.queue, "general")}, 0))
    except TaskOver as over:
        outcome = over.outcome
    except Unavailable:
        session.served = True  # the recording is there: agent_api makes a ticket of it when it is back
    except HungUp:
        if session.served:
            yield from ask(queue_left(QueueExit.MESSAGE))
        raise
    if session.served:
        yield from ask(queue_left(QueueExit.MESSAGE))
    if not session.served or outcome == tasks.AGENT:
        return Leave(IvrOutcome.AGENT, call.queue, reason=NODE)
    return (yield from good_bye())
