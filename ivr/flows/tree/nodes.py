"""One function a kind of node: speaks it, takes the key, and says where the call goes from there."""

from typing import TypeAlias

from acd.contracts.menu import tasks
from acd.contracts.menu.tree import Agent, ChooseLanguage, End, Menu, NodeId, Say, Task
from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import MAX_TRIES, TaskOver, Turn, choose, pick
from ivr.flows.task import job_of
from ivr.flows.tasks import FLOWS
from ivr.flows.tree.hours import is_open
from ivr.flows.tree.way import Way
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.steps import Collect, Flow, Leave, Now, Play, Prompts, SetLanguage, ask, visited

Move: TypeAlias = NodeId | Leave
ENGLISH, GENERAL = "english", "general"
MENU_KEYS: dict[str, str] = {"9": Turn.REPEAT, "0": Turn.AGENT, "*": Turn.BACK}


def menu(way: Way, here: NodeId, node: Menu) -> Flow[Move]:
    way.enter_menu(here)
    keyed: dict[str, str] = {key: key for key in node.keys}
    tries = MAX_TRIES if node.if_silent is None else 1
    meaning, key = yield from pick(
        node.prompts, MENU_KEYS | keyed, tries=tries, first_key_seconds=node.first_key_seconds
    )
    if key in node.keys:
        target = outcome = node.keys[key]
    elif meaning in (Turn.SILENT, Turn.TOO_MANY) and node.if_silent is not None:
        target = outcome = node.if_silent
    elif meaning == Turn.BACK:
        target, outcome = way.back_from_menu(), meaning
    elif meaning == Turn.AGENT and node.if_silent is not None and way.leads_to_people(node.if_silent):
        # Silence would have led to this menu's own agents: so does the wish for one.
        way.reason = meaning
        target, outcome = node.if_silent, meaning
    else:
        target, outcome = way.to_operator(meaning, failed=meaning != Turn.AGENT), meaning
    yield from ask(visited(here, key, outcome))
    return target


def say(way: Way, here: NodeId, node: Say) -> Flow[Move]:
    """What must be heard in full is heard once a call, wherever it stands in the tree."""
    mandatory = not node.barge_in
    once = f"notice {' '.join(node.prompts)}"
    skipped = once in way.session.heard or (way.session.call.restarted and not way.past_greeting)
    if not skipped:
        yield from ask(Play(node.prompts, node.barge_in))
        if mandatory:
            way.session.heard.add(once)
        yield from ask(visited(here, "", node.next))
    return node.next


def language(way: Way, here: NodeId, node: ChooseLanguage) -> Flow[Move]:
    """Asked in each language, of callers whose language nobody knows."""
    session, offered = way.session, way.tree.languages
    repeated = session.call.restarted and not way.past_greeting
    if len(offered) < 2 or session.caller.language is not None or repeated:
        return node.next
    prompts = tuple(f"{spoken}/{prompt}" for spoken in offered for prompt in node.prompts)
    key = (yield from ask(Collect(prompts))).key
    if key == "0" and "0" not in node.keys:
        yield from ask(visited(here, key, Turn.AGENT))
        return way.to_operator(Turn.AGENT)
    chosen = node.keys.get(key, offered[0])  # type: ignore[call-overload]  # any text may be asked for
    if chosen in offered and chosen != session.language:
        session.language = chosen
        yield from ask(SetLanguage(chosen))
    yield from ask(visited(here, key if key in node.keys else "", session.language))
    return node.next


def task(way: Way, here: NodeId, node: Task) -> Flow[Move]:
    session = way.session
    way.past_greeting = True
    outcome = tasks.DONE
    try:
        try:
            yield from FLOWS[node.task](session, job_of(node))
        except Unavailable:
            yield from ask(visited(here, "", "down"))
            yield from choose((Phrase.BILLING_DOWN,), {"8": Turn.MAIN})
    except TaskOver as over:
        outcome = over.outcome
    if not session.served_here or outcome in (tasks.AGENT, tasks.FAILED):
        yield from ask(visited(here, "", outcome))
    if session.fax_file:
        return Leave(IvrOutcome.SELF_SERVICE, fax_file=session.fax_file)
    return after(way, node, outcome)


def after(way: Way, node: Task, outcome: str) -> NodeId:
    """Where an outcome leads: what the node says, else what the word means everywhere."""
    failed = outcome == tasks.FAILED or (outcome == tasks.SILENT and not way.session.served)
    if outcome in (tasks.AGENT, tasks.FAILED) or failed:
        operator = way.to_operator(_reason(outcome), failed)
        return node.then.get(outcome, operator)
    if outcome in node.then:
        return node.then[outcome]
    match outcome:
        case tasks.MAIN:
            return way.home()
        case tasks.END | tasks.SILENT:
            return way.tree.bye
        case tasks.BACK if way.stack:
            return way.menu()
    return node.next or way.menu()


def _reason(outcome: str) -> str:
    return {tasks.FAILED: Turn.TOO_MANY, tasks.SILENT: Turn.SILENT}.get(outcome, Turn.AGENT)


def agent(way: Way, here: NodeId, node: Agent) -> Flow[Move]:
    way.past_greeting = True
    if not (yield from _open(way, node)):
        yield from ask(visited(here, "", "closed"))
        # Who could not use the menu is not asked a second time what he cannot use.
        beyond_help = node.closed is None or (way.failed and node.closed in way.seen)
        return way.tree.bye if beyond_help or node.closed is None else node.closed
    words: Prompts = (Phrase.TOO_MANY, *node.prompts) if way.failed else node.prompts
    if words:
        yield from ask(Play(words))
    queue = ENGLISH if node.queue == GENERAL and way.session.language == "en" else node.queue
    return Leave(IvrOutcome.AGENT, queue, node.priority, reason=way.reason or here)


def _open(way: Way, node: Agent) -> Flow[bool]:
    hours = way.tree.hours.get(node.hours) if node.hours else None
    if hours is None:
        return True
    return is_open(hours, way.tree.calendar, (yield from ask(Now())))


def end(way: Way, here: NodeId, node: End) -> Flow[Move]:
    yield from ask(visited(here, "", "end"))
    if node.prompts:
        yield from ask(Play(node.prompts, barge_in=False))
    return Leave(IvrOutcome.SELF_SERVICE)
