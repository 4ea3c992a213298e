"""Which flow serves which FastAGI script, from what Asterisk says about the call, and where a broken flow leaves it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from acd.contracts.dialplan import AgiRoute
from acd.contracts.numbers import national
from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.callback import callback
from ivr.flows.dunning import dunning
from ivr.flows.hotline import hotline
from ivr.flows.leave_message import leave_message
from ivr.flows.password_trip import password_trip
from ivr.flows.survey import survey
from ivr.steps import CallFacts, Flow, Leave


@dataclass(frozen=True, slots=True)
class Route:
    """`arguments` names the AGI arguments in the order the dialplan gives them."""

    start: Callable[[CallFacts], Flow[Leave]]
    arguments: tuple[str, ...]
    rescue: Leave
    """Where the caller goes when the flow breaks."""
    reports_leaving: bool = True


ROUTES: Mapping[str, Route] = {
    AgiRoute.MAIN: Route(
        hotline, ("tries", "call_id", "did"), rescue=Leave(IvrOutcome.AGENT, "general", reason="ivr_error")
    ),
    AgiRoute.SURVEY: Route(
        lambda call: survey(), ("call_id",), rescue=Leave(IvrOutcome.SELF_SERVICE), reports_leaving=False
    ),
    # Back to the agent who sent the caller: he has not been proven to be anybody.
    AgiRoute.PASSWORD: Route(
        password_trip, ("call_id", "number"), rescue=Leave(IvrOutcome.SELF_SERVICE), reports_leaving=False
    ),
    AgiRoute.CALLBACK: Route(callback, ("call_id",), rescue=Leave(IvrOutcome.SELF_SERVICE), reports_leaving=False),
    AgiRoute.MESSAGE: Route(
        leave_message, ("call_id", "queue", "did"), rescue=Leave(IvrOutcome.AGENT), reports_leaving=False
    ),
    # Somebody we called answered and our menu broke: an agent excuses us.
    AgiRoute.DUNNING: Route(
        dunning, ("attempt_id", "call_id"), rescue=Leave(IvrOutcome.AGENT, "dunning", reason="ivr_error")
    ),
}


def call_facts(route: Route, request: Mapping[str, str]) -> CallFacts:
    """What the caller controls (the number) is checked here: only digits reach a flow."""
    given = {name: request.get(f"agi_arg_{place}", "") for place, name in enumerate(route.arguments, 1)}
    return CallFacts(
        call_id=given.get("call_id") or request.get("agi_uniqueid", ""),
        caller_number=national(request.get("agi_callerid", "")),
        did=given.get("did", ""),
        attempt_id=given.get("attempt_id", ""),
        restarted=given.get("tries", "0") not in ("", "0"),
        number=national(given.get("number", "")),
        queue=given.get("queue", ""),
        language="en" if request.get("agi_language", "").startswith("en") else "zh",
    )
