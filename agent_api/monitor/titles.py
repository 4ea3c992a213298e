"""Chinese words for the types and states on the board. Pure."""

from agent_api.monitor.rules import Work
from agent_api.orders.workflow import State as OrderState
from agent_api.tickets.titles import STATE_TITLES, TYPE_TITLES
from agent_api.tickets.words import State, TicketType

ORDER_STATES = {
    OrderState.SUBMITTED: "已提交",
    OrderState.IN_PROGRESS: "办理中",
    OrderState.INFO_REQUIRED: "待补充",
    OrderState.COMPLETED: "已完成待告知",
    OrderState.FAILED: "失败待告知",
}


def type_title(work: Work) -> str:
    return TYPE_TITLES[TicketType(work.type)] if work.kind == "ticket" else "业务受理"


def state_title(work: Work) -> str:
    if work.kind == "ticket":
        return STATE_TITLES[State(work.state)]
    return ORDER_STATES[OrderState(work.state)]
