"""Who owns what of a ticket that several installations hold (requirements.md 2.8.7, home rule). Pure.

The accepting centre owns the customer relation, the target the facts.
"""

from agent_api.tickets.words import Act

CUSTOMER_ACTS = frozenset(
    {
        Act.SUBMIT, Act.REFUSE, Act.SOLVE_ONLINE, Act.MERGE, Act.SATISFIED, Act.DISSATISFIED, Act.UNREACHED,
        Act.ARCHIVE, Act.WITHDRAW, Act.REOPEN, Act.NOTIFY,
    }
)  # fmt: skip
FACT_ACTS = frozenset({Act.ACCEPT, Act.RETURN, Act.REPLY, Act.TAKE_UP, Act.NEED_INFO, Act.FINISH_SUBTASK})


def refusal(act: Act, accepted_here: bool, worked_on_here: bool) -> str:
    """Code of the reason why this installation may not do it; empty when it may."""
    if act in CUSTOMER_ACTS and not accepted_here:
        return "ticket.owned_elsewhere"
    if act in FACT_ACTS and not worked_on_here:
        return "ticket.worked_on_elsewhere"
    return ""
