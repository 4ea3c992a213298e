"""Chinese words for the types and states on the board. Pure."""

from agent_api.channels.flow import State as ContactState
from agent_api.monitor.rules import Work
from agent_api.orders.workflow import State as OrderState
from agent_api.tickets.titles import STATE_TITLES, TYPE_TITLES
from agent_api.tickets.words import State, TicketType
from agent_api.visits.flow import State as VisitState

ORDER_STATES = {
    OrderState.SUBMITTED: "已提交",
    OrderState.IN_PROGRESS: "办理中",
    OrderState.INFO_REQUIRED: "待补充",
    OrderState.COMPLETED: "已完成待告知",
    OrderState.FAILED: "失败待告知",
}
VISIT_STATES = {VisitState.PLANNED: "待回访", VisitState.CALLING: "回访中"}
CONTACT_STATES = {
    ContactState.PARSED: "待登记",
    ContactState.UNREADABLE: "无法读取",
    ContactState.REGISTERED: "已登记",
    ContactState.AUTO_ACK: "已自动答复",
    ContactState.ASSIGNED: "已分派",
    ContactState.PROCESSING: "处理中",
    ContactState.BOUNCED: "退信",
}
KIND_TITLES = {"order": "业务受理", "visit": "客户回访", "contact": "书面来件", "missed": "未接来电"}


def type_title(work: Work) -> str:
    return TYPE_TITLES[TicketType(work.type)] if work.kind == "ticket" else KIND_TITLES[work.kind]


def state_title(work: Work) -> str:
    match work.kind:
        case "ticket":
            return STATE_TITLES[State(work.state)]
        case "order":
            return ORDER_STATES[OrderState(work.state)]
        case "visit":
            return VISIT_STATES[VisitState(work.state)]
        case "contact":
            return CONTACT_STATES[ContactState(work.state)]
        case _:
            return "待回拨"
