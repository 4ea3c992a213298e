"""The hotline's front door: greeting, recording notice, the way past the menu for VIP and senior callers, main menu."""

from collections.abc import Mapping

from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.bill import bill
from ivr.flows.dialog import Turn, choose, hand_over, say, say_all
from ivr.flows.identify import find_caller
from ivr.phrases import Phrase
from ivr.ports import Caller
from ivr.steps import CallFacts, Collect, Flow, Leave, ask, visited

VIP_DID = "10018"
VIP_PRIORITY = 10

KEYS: Mapping[str, str] = {
    "1": "bill",
    "2": "consult",
    "3": "order",
    "4": "fault",
    "5": "complaint",
    "6": "emergency",
    "7": "password",
    "8": "other",
    "9": Turn.REPEAT,
    "0": Turn.AGENT,
    "*": "greeting",
}


def main_menu(call: CallFacts) -> Flow[Leave]:
    caller = yield from find_caller(call)
    leave = yield from greet(call, caller)
    if leave is not None:
        return leave
    while True:
        choice = yield from choose("main", (Phrase.MENU_MAIN,), KEYS)
        match choice:
            case "bill":
                leave = yield from bill(call, caller)
                if leave is not None:
                    return leave
            case Turn.AGENT | Turn.TOO_MANY | Turn.SILENT:
                return (yield from hand_over(choice, "general"))
            case "greeting":
                yield from say(Phrase.WELCOME)
            case _:
                yield from say(Phrase.NOT_AVAILABLE)


def greet(call: CallFacts, caller: Caller) -> Flow[Leave | None]:
    """Greeting and the mandatory notice. VIP and senior callers go straight to their agents unless they decline."""
    if call.did == VIP_DID or caller.level == "vip":
        return (yield from _straight_to("vip", Phrase.VIP_WELCOME, decline="#", priority=VIP_PRIORITY))
    if caller.is_senior:
        return (yield from _straight_to("senior", Phrase.SENIOR_WELCOME, decline="1"))
    if not call.restarted:
        yield from say(Phrase.WELCOME)
        yield from say_all(Phrase.NOTICE_RECORDING)
    return None


def _straight_to(queue: str, welcome: Phrase, decline: str, priority: int = 0) -> Flow[Leave | None]:
    entry = yield from ask(Collect((welcome,), first_key_seconds=1.0))
    declined = entry.key == decline
    yield from ask(visited(queue, entry.key, "declined" if declined else Turn.AGENT))
    yield from say_all(Phrase.NOTICE_RECORDING)
    return None if declined else Leave(IvrOutcome.AGENT, queue, priority, reason=queue)
