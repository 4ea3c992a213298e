"""Roles and the matrix of what each may do (requirements.md 6.1, 6.2), as data. Pure."""

from enum import StrEnum


class Permission(StrEnum):
    AGENT_WORK = "agent.work"  # take calls
    CUSTOMER_READ = "customer.read"  # masked
    CUSTOMER_UNMASK = "customer.unmask"
    BILL_READ = "bill.read"
    PASSWORD_UNLOCK = "password.unlock"  # a customer's service password
    PAYMENT_WRITE = "payment.write"
    ORDER_READ = "order.read"
    ORDER_WRITE = "order.write"
    ARTICLE_WRITE = "article.write"
    ARTICLE_APPROVE = "article.approve"  # of articles somebody else wrote
    ARTICLE_USE = "article.use"  # search, send, say that a question was answered or not found
    REASON_EDIT = "reason.edit"  # contact reasons and their forms
    SCRIPT_EDIT = "script.edit"  # what agents say
    CALL_READ_ALL = "call.read_all"
    TICKET_READ = "ticket.read"
    TICKET_CREATE = "ticket.create"
    TICKET_FRONT = "ticket.front"  # submit, solve on the line, withdraw, reopen
    TICKET_DISPATCH = "ticket.dispatch"  # audit, assign, archive
    TICKET_UNIT = "ticket.unit"  # accept, return, reply
    TICKET_LEAD = "ticket.lead"  # approve a suspension, overrule
    TICKET_REASSIGN = "ticket.reassign"  # take it, hand it over, put it back
    CALENDAR_EDIT = "calendar.edit"  # working days of one's centre
    TICKET_URGE = "ticket.urge"
    TICKET_SUPERVISE = "ticket.supervise"
    TICKET_EXPORT = "ticket.export"  # lists as files
    RECORDING_OWN = "recording.own"  # of calls one took part in
    RECORDING_CENTER = "recording.center"  # of one's centre and those below
    RECORDING_TICKET = "recording.ticket"  # of calls that a ticket one may see belongs to
    RECORDING_EXPORT = "recording.export"  # as a file, with a reason
    RECORDING_HOLD = "recording.hold"  # not to be deleted
    RETENTION_WRITE = "retention.write"  # how long recordings are kept
    WALLBOARD = "wallboard.read"
    REPORT_OWN = "report.own"
    REPORT_ALL = "report.all"
    REPORT_EXPORT = "report.export"
    DUNNING_READ = "dunning.read"
    DUNNING_DIAL = "dunning.dial"
    USER_MANAGE = "user.manage"
    AUDIT_READ = "audit.read"
    IVR_READ = "ivr.read"
    IVR_EDIT = "ivr.edit"  # drafts, publishing, roll-back, own prompts
    ANNOUNCE = "announce"  # notices to callers on and off
    MESSAGE_READ = "message.read"  # masked
    SUPERVISE = "floor.supervise"  # the floor, forced states, calls of others, closing queues, telling everybody
    ROUTING_READ = "routing.read"
    ROUTING_EDIT = "routing.edit"  # the table of queues
    CALLBACK = "callback.work"  # promises to call back, missed callers; masked
    PLAN_READ = "plan.read"
    CUSTOMER_EDIT = "customer.edit"  # how a customer is reached, and what was agreed to
    CUSTOMER_IMPORT = "customer.import"
    ACCESS_ALARMS = "audit.alarms"  # who opened customers without a contact
    ACCESS_WATCH = "audit.watch"  # records every look at which is an alarm
    BLOCKED_NUMBERS = "blocked.write"
    DEALER_READ = "dealer.read"
    CREDIT_READ = "credit.read"
    CREDIT_APPEAL = "credit.appeal"  # in a customer's name
    CREDIT_PROPOSE = "credit.propose"
    CREDIT_APPROVE = "credit.approve"
    API_CLIENTS = "user.api_clients"  # other systems and their tokens
    CONTACT_READ = "contact.read"  # written contacts of one's centre and those below, masked
    CONTACT_WORK = "contact.work"  # enter, assign, register, answer
    CONTACT_APPROVE = "contact.approve"  # replies somebody else wrote
    TEMPLATE_WRITE = "template.write"
    TEMPLATE_APPROVE = "template.approve"
    WORK_READ = "work.read"  # the board of all work at one's centre and those below
    WORK_REASSIGN = "work.reassign"
    EXCHANGE_READ = "exchange.read"  # inbox and outbox of one's centre and those below
    EXCHANGE_RESEND = "exchange.resend"


ROLES: dict[str, tuple[str, str]] = {
    # code: (Chinese name, tiers it exists in)
    "agent": ("客服代表", "NPC"),
    "agent_vip": ("大客户座席", "P"),
    "agent_dealer": ("分销商座席", "P"),
    "agent_outbound": ("外呼座席", "P"),
    "complaint_handler": ("投诉处理员", "NPC"),
    "dispatcher": ("派单员", "NP"),
    "city_receiver": ("地市接单员", "C"),
    "city_handler": ("地市处理员", "C"),
    "city_leader": ("地市负责人", "C"),
    "team_leader": ("班长", "NPC"),
    "supervisor": ("值班主管", "NP"),
    "national_supervisor": ("全国督办", "N"),
    "qa": ("质检员", "NP"),
    "kb_editor": ("知识编辑", "NPC"),
    "kb_approver": ("知识审核", "NPC"),
    "report_user": ("统计员", "NPC"),
    "credit_officer": ("信用管理员", "P"),
    "campaign_admin": ("外呼任务管理员", "P"),
    "ivr_admin": ("流程管理员", "NP"),
    "sys_admin": ("系统管理员", "NPC"),
    "security_auditor": ("安全审计员", "NP"),
    "dpo": ("个人信息保护负责人", "N"),
    "api_client": ("外部系统", "NP"),
}

_AGENTS = frozenset({"agent", "agent_vip", "agent_dealer", "agent_outbound"})
_CITY = frozenset({"city_receiver", "city_handler", "city_leader"})
_LEADS = frozenset({"team_leader", "supervisor"})
_TICKET_STAFF = frozenset({"complaint_handler", "dispatcher"})

MATRIX: dict[Permission, frozenset[str]] = {
    Permission.AGENT_WORK: _AGENTS | _LEADS | {"complaint_handler"},
    Permission.CUSTOMER_READ: _AGENTS
    | _CITY
    | _LEADS
    | _TICKET_STAFF
    | {"national_supervisor", "qa", "credit_officer"},
    Permission.CUSTOMER_UNMASK: _AGENTS | _CITY | _TICKET_STAFF | {"team_leader", "credit_officer"},
    Permission.BILL_READ: _AGENTS | _LEADS | {"complaint_handler", "credit_officer"},
    Permission.PASSWORD_UNLOCK: _LEADS | {"complaint_handler"},
    Permission.PAYMENT_WRITE: frozenset({"credit_officer"}),
    Permission.ORDER_READ: _AGENTS | _LEADS | _TICKET_STAFF,
    Permission.ARTICLE_WRITE: frozenset({"kb_editor", "ivr_admin"}),
    Permission.ARTICLE_APPROVE: frozenset({"kb_approver"}),
    Permission.ARTICLE_USE: _AGENTS
    | _CITY
    | _LEADS
    | _TICKET_STAFF
    | {"national_supervisor", "kb_editor", "kb_approver", "qa", "ivr_admin"},
    Permission.REASON_EDIT: frozenset({"supervisor", "national_supervisor", "kb_editor"}),
    Permission.SCRIPT_EDIT: frozenset({"supervisor", "national_supervisor", "kb_editor"}),
    Permission.ORDER_WRITE: _AGENTS | _LEADS | _TICKET_STAFF,
    Permission.CALL_READ_ALL: _LEADS | {"national_supervisor", "qa"},
    Permission.TICKET_READ: _AGENTS | _CITY | _LEADS | _TICKET_STAFF | {"national_supervisor", "qa", "credit_officer"},
    Permission.TICKET_CREATE: _AGENTS | _CITY | _LEADS | _TICKET_STAFF | {"national_supervisor"},
    Permission.TICKET_FRONT: _AGENTS | _LEADS | _TICKET_STAFF | {"national_supervisor"},
    Permission.TICKET_DISPATCH: frozenset({"dispatcher", "team_leader", "supervisor", "national_supervisor"}),
    Permission.TICKET_UNIT: _CITY | {"complaint_handler", "supervisor"},
    Permission.TICKET_LEAD: frozenset({"city_leader", "team_leader", "supervisor", "national_supervisor"}),
    Permission.TICKET_REASSIGN: _CITY | _LEADS | _TICKET_STAFF | {"national_supervisor"},
    Permission.CALENDAR_EDIT: frozenset({"supervisor", "national_supervisor"}),
    Permission.TICKET_URGE: _AGENTS | _LEADS | _TICKET_STAFF | {"national_supervisor"},
    Permission.TICKET_SUPERVISE: frozenset({"supervisor", "national_supervisor"}),
    Permission.TICKET_EXPORT: _LEADS | {"dispatcher", "national_supervisor", "qa"},
    Permission.RECORDING_OWN: _AGENTS | _LEADS | {"complaint_handler"},
    Permission.RECORDING_CENTER: _LEADS | {"qa"},
    Permission.RECORDING_TICKET: _CITY | _TICKET_STAFF | {"national_supervisor"},
    Permission.RECORDING_EXPORT: frozenset({"supervisor"}),
    Permission.RECORDING_HOLD: frozenset({"supervisor", "national_supervisor"}),
    Permission.RETENTION_WRITE: frozenset({"sys_admin"}),
    Permission.WALLBOARD: _LEADS | {"national_supervisor", "qa", "report_user"},
    Permission.REPORT_OWN: _AGENTS | _CITY | _TICKET_STAFF | {"credit_officer"},
    Permission.REPORT_ALL: _LEADS | {"national_supervisor", "qa", "report_user"},
    Permission.REPORT_EXPORT: frozenset({"supervisor", "national_supervisor", "report_user"}),
    Permission.DUNNING_READ: frozenset({"agent_outbound", "supervisor", "credit_officer", "campaign_admin"}),
    Permission.DUNNING_DIAL: frozenset({"agent_outbound", "supervisor", "credit_officer", "campaign_admin"}),
    Permission.USER_MANAGE: frozenset({"sys_admin"}),
    Permission.AUDIT_READ: frozenset({"security_auditor"}),
    Permission.IVR_READ: frozenset({"ivr_admin", "sys_admin", "supervisor", "national_supervisor"}),
    Permission.IVR_EDIT: frozenset({"ivr_admin", "sys_admin"}),
    Permission.ANNOUNCE: frozenset({"ivr_admin", "supervisor", "national_supervisor"}),
    Permission.MESSAGE_READ: _AGENTS | _LEADS | _TICKET_STAFF | {"national_supervisor", "credit_officer"},
    Permission.SUPERVISE: _LEADS | {"national_supervisor"},
    Permission.ROUTING_READ: _LEADS | {"national_supervisor", "ivr_admin", "report_user"},
    Permission.ROUTING_EDIT: frozenset({"supervisor", "national_supervisor", "ivr_admin"}),
    Permission.CALLBACK: _AGENTS | _LEADS | {"complaint_handler", "national_supervisor"},
    Permission.CONTACT_READ: _AGENTS | _CITY | _LEADS | _TICKET_STAFF | {"national_supervisor", "qa"},
    Permission.CONTACT_WORK: _AGENTS | _CITY | _LEADS | _TICKET_STAFF,
    Permission.CONTACT_APPROVE: _LEADS | {"dispatcher", "city_leader"},
    Permission.TEMPLATE_WRITE: frozenset({"kb_editor", "complaint_handler", "dispatcher", "team_leader"}),
    Permission.TEMPLATE_APPROVE: frozenset({"kb_approver", "supervisor", "national_supervisor"}),
    Permission.PLAN_READ: _LEADS | {"national_supervisor", "report_user"},
    Permission.CUSTOMER_EDIT: _AGENTS | {"complaint_handler"},
    Permission.CUSTOMER_IMPORT: frozenset({"supervisor", "national_supervisor"}),
    Permission.ACCESS_ALARMS: frozenset({"supervisor", "national_supervisor", "security_auditor", "dpo"}),
    Permission.ACCESS_WATCH: frozenset({"security_auditor", "dpo"}),
    Permission.BLOCKED_NUMBERS: _LEADS,
    Permission.DEALER_READ: _LEADS | {"agent_dealer"},
    Permission.CREDIT_READ: _AGENTS | _LEADS | {"complaint_handler", "credit_officer"},
    Permission.CREDIT_APPEAL: _AGENTS | {"team_leader", "complaint_handler"},
    Permission.CREDIT_PROPOSE: frozenset({"credit_officer"}),
    Permission.CREDIT_APPROVE: frozenset({"supervisor"}),
    Permission.API_CLIENTS: frozenset({"sys_admin"}),
    Permission.WORK_READ: _LEADS | _TICKET_STAFF | _CITY | {"national_supervisor"},
    Permission.WORK_REASSIGN: _LEADS | {"dispatcher", "city_leader", "national_supervisor"},
    Permission.EXCHANGE_READ: _LEADS | {"dispatcher", "city_leader", "national_supervisor", "sys_admin"},
    Permission.EXCHANGE_RESEND: frozenset({"supervisor", "national_supervisor", "city_leader", "sys_admin"}),
}

UNMASK_PER_DAY: dict[str, int] = {"team_leader": 50}
"""Anybody else who may unmask at all may do it this often:"""
UNMASK_PER_DAY_DEFAULT = 20


def permissions_of(roles: frozenset[str]) -> frozenset[Permission]:
    return frozenset(permission for permission, allowed in MATRIX.items() if roles & allowed)


def unmask_limit(roles: frozenset[str]) -> int:
    return max((UNMASK_PER_DAY.get(role, UNMASK_PER_DAY_DEFAULT) for role in roles), default=0)
