"""The permission matrix, generated from the table and checked against the rules that must never break."""

import pytest

from agent_api.auth.grants import objection
from agent_api.auth.principal import CenterRef, Principal, centers_below
from agent_api.auth.roles import MATRIX, ROLES, Permission, permissions_of, unmask_limit
from agent_api.errors import Denied
from agent_api.tickets.duties import PERMISSION_OF
from agent_api.tickets.words import SYSTEM_ACTS, Act

pytestmark = pytest.mark.unit


def someone(*roles: str) -> Principal:
    return Principal("8001", "某", frozenset(roles), CenterRef("js", "", "P"), frozenset({"js"}), (), {}, "zh")


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("permission", list(Permission))
def test_every_role_has_exactly_the_permissions_of_the_table(role: str, permission: Permission) -> None:
    who = someone(role)
    assert who.may(permission) is (role in MATRIX[permission])
    if not who.may(permission):
        with pytest.raises(Denied):
            who.require(permission)


def test_every_permission_is_given_to_known_roles() -> None:
    assert set(MATRIX) == set(Permission)
    assert all(roles <= ROLES.keys() for roles in MATRIX.values())


def test_duties_are_separated() -> None:
    administration = ("user.", "audit.", "ivr.", "retention.", "exchange.", "threshold.")
    business = {permission for permission in Permission if not permission.value.startswith(administration)}
    assert not permissions_of(frozenset({"sys_admin"})) & business
    auditing = {"audit.read", "audit.alarms", "audit.watch", "user.roles", "user.read"}
    assert permissions_of(frozenset({"security_auditor"})) == auditing
    assert Permission.AUDIT_READ not in permissions_of(frozenset({"sys_admin"}))


def test_roles_add_up() -> None:
    both = permissions_of(frozenset({"agent", "credit_officer"}))
    assert both == permissions_of(frozenset({"agent"})) | permissions_of(frozenset({"credit_officer"}))


def test_unmasking_is_limited() -> None:
    assert unmask_limit(frozenset({"agent"})) == 20
    assert unmask_limit(frozenset({"agent", "team_leader"})) == 50
    assert unmask_limit(frozenset()) == 0


def test_every_act_on_a_ticket_belongs_to_someone_or_to_a_timer() -> None:
    assert set(PERMISSION_OF) | SYSTEM_ACTS == set(Act)
    assert not set(PERMISSION_OF) & SYSTEM_ACTS


def test_a_centre_sees_itself_and_all_below() -> None:
    parents = {"cn": None, "js": "cn", "js-nj": "js", "sc": "cn"}
    assert centers_below("cn", parents) == {"cn", "js", "js-nj", "sc"}
    assert centers_below("js", parents) == {"js", "js-nj"}
    assert centers_below("js-nj", parents) == {"js-nj"}


# requirements.md 6.1: code to the levels it exists at; an agent of a province may work at other levels too
LEVELS = {
    "agent": "NPC", "agent_vip": "P", "agent_dealer": "P", "agent_outbound": "P", "complaint_handler": "NPC",
    "dispatcher": "NP", "city_receiver": "C", "city_handler": "C", "city_leader": "C", "team_leader": "NPC",
    "supervisor": "NP", "national_supervisor": "N", "qa": "NP", "kb_editor": "NPC", "kb_approver": "NPC",
    "report_user": "NPC", "credit_officer": "P", "campaign_admin": "P", "ivr_admin": "P", "sys_admin": "NPC",
    "security_auditor": "NP", "dpo": "N", "api_client": "",
}  # fmt: skip
WIDER = {"ivr_admin": "NP", "api_client": "NP"}
"""The national centre has a menu of its own; a system asks at the centre it was let in at."""


def test_the_roles_of_the_requirement_are_there_with_their_levels() -> None:
    assert len(LEVELS) == 23
    assert {code: tiers for code, (_, tiers) in ROLES.items()} == LEVELS | WIDER


@pytest.mark.parametrize("role", sorted(LEVELS))
@pytest.mark.parametrize("level", "NPC")
def test_a_role_is_given_only_where_it_exists(role: str, level: str) -> None:
    assert (objection([role], level, "N") is None) is (level in (LEVELS | WIDER)[role])
