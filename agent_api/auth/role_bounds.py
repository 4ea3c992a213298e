"""What no change of the role table may do (requirements.md 6.2): duties and customers' data stay apart. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agent_api.auth.role_file import BadRoleFile
from agent_api.auth.roles import Cell, Permission, RoleTable

P = Permission

ADMINISTRATION = frozenset({
    P.USER_READ, P.USER_MANAGE, P.API_CLIENTS, P.ROLE_READ, P.RETENTION_WRITE, P.THRESHOLD_EDIT, P.CALENDAR_EDIT,
    P.IVR_READ, P.IVR_EDIT, P.ROUTING_READ, P.ROUTING_EDIT, P.REASON_EDIT, P.SCRIPT_EDIT, P.EXCHANGE_READ,
    P.EXCHANGE_RESEND,
})  # fmt: skip
"""What a system administrator may have at most: nothing that shows a customer or does business."""
AUDITING = frozenset({P.AUDIT_READ, P.ACCESS_ALARMS, P.ACCESS_WATCH, P.ROLE_READ, P.USER_READ})
AT_MOST: dict[str, frozenset[Permission]] = {
    "sys_admin": ADMINISTRATION,
    "security_auditor": AUDITING,
    "dpo": AUDITING,
    "api_client": frozenset(),
}
ONLY_OF: dict[Permission, frozenset[str]] = {
    P.USER_READ: frozenset({"sys_admin", "security_auditor"}),
    P.USER_MANAGE: frozenset({"sys_admin"}),
    P.API_CLIENTS: frozenset({"sys_admin"}),
    P.RETENTION_WRITE: frozenset({"sys_admin"}),
    P.AUDIT_READ: frozenset({"security_auditor"}),
    P.ACCESS_WATCH: frozenset({"security_auditor", "dpo"}),
    P.ROLE_READ: frozenset({"sys_admin", "security_auditor", "dpo"}),
}
KEPT: frozenset[tuple[str, Permission]] = frozenset({
    ("sys_admin", P.USER_MANAGE), ("sys_admin", P.USER_READ), ("sys_admin", P.ROLE_READ),
    ("security_auditor", P.AUDIT_READ), ("security_auditor", P.ROLE_READ),
})  # fmt: skip
"""Without these nobody could put anything right again, or see that it went wrong."""
APART = (
    frozenset({P.ARTICLE_WRITE, P.ARTICLE_APPROVE}),
    frozenset({P.CREDIT_PROPOSE, P.CREDIT_APPROVE}),
    frozenset({P.TEMPLATE_WRITE, P.TEMPLATE_APPROVE}),
    frozenset({P.RECORDING_EXPORT, P.RECORDING_APPROVE}),
)
"""Who makes something does not approve it: never in one role."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A cell the table must not have, and which rule says so."""

    code: str
    role: str
    permission: str

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "role": self.role, "permission": self.permission}


def can_change(role: str, permission: Permission) -> bool:
    """Whether a centre may say anything about this cell."""
    if (role, permission) in KEPT:
        return False
    return permission in AT_MOST.get(role, frozenset(Permission)) and role in ONLY_OF.get(permission, {role})


def breaches(table: RoleTable) -> list[Breach]:
    """None for a table that may be in force."""
    found: list[Breach] = []
    for role, rights in table.rights.items():
        at_most = AT_MOST.get(role, rights)
        found += [
            Breach("roles.not_for_this_role", role, permission)
            for permission in sorted(rights)
            if permission not in at_most or role not in ONLY_OF.get(permission, {role})
        ]
        found += [Breach("roles.maker_approves", role, max(pair)) for pair in APART if pair <= rights]
    lost = [(role, permission) for role, permission in KEPT if permission not in table.rights[role]]
    return found + [Breach("roles.must_stay", role, permission) for role, permission in sorted(lost)]


def check(table: RoleTable) -> None:
    """The shipped one, when the process starts."""
    if found := breaches(table):
        raise BadRoleFile("; ".join(f"{each.code}: {each.role}, {each.permission}" for each in found))


def makes_and_approves(table: RoleTable, roles: Collection[str]) -> bool:
    """Somebody with these roles would approve what they made."""
    rights = table.permissions_of(roles)
    return any(pair <= rights for pair in APART)


def widens(before: RoleTable, after: RoleTable) -> list[Cell]:
    """Rights somebody gets: these take a second person."""
    return [
        Cell(role, permission, True)
        for role, rights in after.rights.items()
        for permission in sorted(rights - before.rights.get(role, frozenset()))
    ]


def unknown(cells: Iterable[Cell], table: RoleTable) -> list[Breach]:
    known = frozenset(Permission)
    return [
        Breach("roles.unknown", cell.role, cell.permission)
        for cell in cells
        if cell.role not in table.rights or cell.permission not in known
    ]
