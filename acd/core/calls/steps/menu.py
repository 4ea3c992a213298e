"""Before the waiting room: the menu, identity, the wish for a human."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.vocabulary import IvrOutcome
from acd.core import facts
from acd.core.calls.call import Call
from acd.core.calls.steps.base import Stepped, head


def menu_answered(call: Call, fact: facts.MenuAnswered) -> Stepped:
    return call, (events.CallIvrAnswered(**head(call, fact)),)


def menu_visited(call: Call, fact: facts.MenuVisited) -> Stepped:
    return call, tuple(
        events.CallIvrVisited(
            **head(call, fact), menu_node=visit.menu_node[:40], key=visit.key[:16], outcome=visit.outcome[:40]
        )
        for visit in fact.visits
    )


def identified(call: Call, fact: facts.CallerIdentified) -> Stepped:
    event = events.CallIdentified(
        **head(call, fact), customer_id=fact.customer_id[:40], auth_level=min(3, max(0, fact.auth_level))
    )
    return call, (event,)


def password_checked(call: Call, fact: facts.PasswordChecked) -> Stepped:
    return call, (events.CallPasswordChecked(**head(call, fact), result=fact.result),)


def agent_wanted(call: Call, fact: facts.AgentWanted) -> Stepped:
    event = events.CallAgentRequested(**head(call, fact), queue=fact.queue, reason=fact.reason[:40])
    return replace(call, agent_wanted=True), (event,)


def menu_left(call: Call, fact: facts.MenuLeft) -> Stepped:
    served = fact.outcome is IvrOutcome.SELF_SERVICE
    wanted = call.agent_wanted or fact.outcome is IvrOutcome.AGENT
    after = replace(call, served_by_menu=served, agent_wanted=wanted)
    return after, (events.CallIvrLeft(**head(call, fact), outcome=fact.outcome),)
