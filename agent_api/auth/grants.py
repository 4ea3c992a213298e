"""Which roles may be given to whom, and which exclude each other (requirements.md 6.2). Pure."""

from collections.abc import Collection

from agent_api.auth.roles import ROLES

ALONE = frozenset({"sys_admin", "security_auditor"})
"""Together with nothing else: administration, auditing and business are apart."""
APART: tuple[frozenset[str], ...] = (
    frozenset({"kb_editor", "kb_approver"}),
    frozenset({"campaign_admin", "supervisor"}),
    frozenset({"campaign_admin", "credit_officer"}),
)
"""Who makes something does not approve it."""
ORDER = "CPN"
"""Tiers, the lowest first."""


def objection(roles: Collection[str], level: str, grantor_level: str) -> str | None:
    """Why these roles cannot be given to somebody of a centre of this level; None when they can."""
    given = frozenset(roles)
    if not given:
        return "role.none"
    if not given <= ROLES.keys():
        return "role.unknown"
    if ORDER.index(level) > ORDER.index(grantor_level):
        return "role.above_you"
    if any(level not in ROLES[role][1] for role in given):
        return "role.not_at_this_tier"
    if given & ALONE and len(given) > 1:
        return "role.separation"
    return "role.separation" if any(pair <= given for pair in APART) else None
