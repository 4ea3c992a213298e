"""Permissions, and which role has which (requirements.md 6.1, 6.2), read from roles.toml. Pure once read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from agent_api.auth.role_file import read_roles

FILE = Path(__file__).with_name("roles.toml")


class Permission(StrEnum):
    AGENT_WORK = "agent.work"  # take calls
    CUSTOMER_READ = "customer.read"  # masked
    CUSTOMER_UNMASK = "customer.unmask"
    UNMASK_ALLOW = "unmask.allow"  # more than a day's number, to somebody who asked for it
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
    TICKET_ESCALATE = "ticket.escalate"  # to the tier above
    TICKET_LEAD = "ticket.lead"  # approve a suspension, overrule
    TICKET_REASSIGN = "ticket.reassign"  # take it, hand it over, put it back
    CALENDAR_EDIT = "calendar.edit"  # working days of one's centre
    THRESHOLD_EDIT = "threshold.edit"  # limits, warnings and alarms of one's centre
    TICKET_URGE = "ticket.urge"
    TICKET_SUPERVISE = "ticket.supervise"
    TICKET_EXPORT = "ticket.export"  # lists as files
    RECORDING_OWN = "recording.own"  # of calls one took part in
    RECORDING_CENTER = "recording.center"  # of one's centre and those below
    RECORDING_TICKET = "recording.ticket"  # of calls that a ticket one may see belongs to
    RECORDING_EXPORT = "recording.export"  # as a file, once somebody else agreed
    RECORDING_APPROVE = "recording.approve"  # files somebody else asked for
    RECORDING_HOLD = "recording.hold"  # not to be deleted
    RETENTION_WRITE = "retention.write"  # how long recordings are kept
    WALLBOARD = "wallboard.read"
    REPORT_OWN = "report.own"
    REPORT_CENTER = "report.center"  # figures of one's centre and those below, not of single people
    REPORT_ALL = "report.all"
    REPORT_EXPORT = "report.export"
    DUNNING_READ = "dunning.read"
    DUNNING_DIAL = "dunning.dial"
    USER_READ = "user.read"  # people, other systems, parameters
    USER_MANAGE = "user.manage"
    ROLE_READ = "user.roles"  # what roles may do, and how that changed
    AUDIT_READ = "audit.read"
    IVR_READ = "ivr.read"
    IVR_EDIT = "ivr.edit"  # drafts, publishing, roll-back, own prompts
    ANNOUNCE = "announce"  # notices to callers on and off
    MESSAGE_READ = "message.read"  # masked
    FLOOR_READ = "floor.read"  # agents, calls and waiting callers as they are now
    FLOOR_LISTEN = "floor.listen"  # to calls of others, unheard
    SUPERVISE = "floor.supervise"  # speaking into calls of others, forced states, closing queues, telling everybody
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
    VISIT_WORK = "visit.work"  # call customers afterwards, record what they say
    VISIT_PLAN = "visit.plan"  # visits to a list of customers, calling one off
    EMERGENCY_REVIEW = "emergency.review"  # the day after
    COMPENSATION_PROPOSE = "compensation.propose"
    COMPENSATION_APPROVE = "compensation.approve"  # of what somebody else proposed
    EXCHANGE_READ = "exchange.read"  # inbox and outbox of one's centre and those below
    EXCHANGE_RESEND = "exchange.resend"


_KNOWN = frozenset(Permission)


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether one role has one permission, where a centre has its own word on it."""

    role: str
    permission: str
    may: bool


@dataclass(frozen=True, slots=True)
class RoleTable:
    """What each role may do: as shipped, or as the centres have changed it."""

    rights: Mapping[str, frozenset[Permission]]

    def permissions_of(self, roles: Iterable[str]) -> frozenset[Permission]:
        return frozenset(permission for role in roles for permission in self.rights.get(role, ()))

    def with_cells(self, cells: Iterable[Cell]) -> "RoleTable":
        """Cells of roles and permissions there are no more have no effect."""
        rights = dict(self.rights)
        for cell in cells:
            if cell.role in rights and cell.permission in _KNOWN:
                one = frozenset({Permission(cell.permission)})
                rights[cell.role] = rights[cell.role] | one if cell.may else rights[cell.role] - one
        return RoleTable(rights)

    def holders(self, permission: Permission) -> frozenset[str]:
        return frozenset(role for role, rights in self.rights.items() if permission in rights)


_SHEETS = read_roles(FILE, frozenset(Permission))

ROLES: dict[str, tuple[str, str]] = {code: (sheet.title, sheet.tiers) for code, sheet in _SHEETS.items()}
"""Code to Chinese name and the tiers it exists in."""
SHIPPED = RoleTable({code: frozenset(map(Permission, sheet.may)) for code, sheet in _SHEETS.items()})
MATRIX: dict[Permission, frozenset[str]] = {each: SHIPPED.holders(each) for each in Permission}
"""The shipped table by permission."""

UNMASK_PER_DAY_DEFAULT = 20


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """As shipped: whoever asks for a person's rights asks their `Principal`."""
    return SHIPPED.permissions_of(roles)


def unmask_limit(roles: Iterable[str]) -> int:
    """How often a day somebody who may unmask at all may do it."""
    limits = [_SHEETS[role].unmask_per_day for role in roles if role in _SHEETS]
    return max((UNMASK_PER_DAY_DEFAULT if limit is None else limit for limit in limits), default=0)
