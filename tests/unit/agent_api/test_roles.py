"""The permission matrix, generated from the table and checked against the rules that must never break."""

import pytest

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
