"""Before the first menu: the caller's language, notices, and who is led past the menus (requirements.md 4.3)."""

from acd.contracts.menu.tree import Condition, EntryRule, NodeId
from ivr.flows.session import Session
from ivr.flows.tree.announcements import announce, waiting_at
from ivr.lookups.callers import Caller
from ivr.steps import Flow, SetLanguage, ask

ENTRY = "entry"


def entrance(session: Session) -> Flow[NodeId]:
    """The first node."""
    yield from _speak_his_language(session)
    for rule in session.tree.entry:
        if not applies(rule, session):
            continue
        if rule.when is Condition.ANNOUNCED:
            yield from announce(session, ENTRY)
        if rule.to is not None:
            return rule.to
    return session.tree.start


def applies(rule: EntryRule, session: Session) -> bool:
    dialled = rule.did is not None and rule.did == session.call.did
    return dialled or (rule.when is not None and holds(rule.when, session))


def holds(condition: Condition, session: Session) -> bool:
    caller: Caller = session.caller
    match condition:
        case Condition.BLACKLISTED:
            return caller.blacklisted
        case Condition.ANNOUNCED:
            return bool(waiting_at(session, ENTRY))
        case Condition.VIP:
            return caller.level == "vip"
        case Condition.SENIOR:
            return caller.is_senior
        case Condition.DEALER:
            return caller.dealer_code is not None
        case Condition.OPEN_TICKET:
            return caller.open_ticket is not None
        case Condition.SUSPENDED:
            return caller.suspended


def _speak_his_language(session: Session) -> Flow[None]:
    """What is known of the caller wins; a language this centre does not offer gives way to its first."""
    offered = session.tree.languages
    wanted = session.caller.language or session.language
    language = wanted if wanted in offered else offered[0]
    if language != session.language:
        session.language = language
        yield from ask(SetLanguage(language))
