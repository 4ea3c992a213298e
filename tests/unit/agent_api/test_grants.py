"""Who may be given which roles, and which passwords are taken."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.auth import grants, password_rules
from agent_api.auth.people import initial_password
from agent_api.auth.roles import ROLES

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_there_are_the_roles_of_the_requirements() -> None:
    assert len(ROLES) == 23


@pytest.mark.parametrize(
    ("roles", "level", "grantor", "code"),
    [
        (["agent"], "P", "P", None),
        (["agent", "team_leader"], "C", "P", None),
        (["supervisor", "credit_officer"], "P", "N", None),
        ([], "P", "N", "role.none"),
        (["king"], "P", "N", "role.unknown"),
        (["agent"], "N", "P", "role.above_you"),
        (["supervisor"], "P", "C", "role.above_you"),
        (["city_handler"], "P", "N", "role.not_at_this_tier"),
        (["national_supervisor"], "P", "N", "role.not_at_this_tier"),
        (["sys_admin", "agent"], "P", "N", "role.separation"),
        (["sys_admin", "security_auditor"], "N", "N", "role.separation"),
        (["kb_editor", "kb_approver"], "P", "P", "role.separation"),
        (["campaign_admin", "supervisor"], "P", "P", "role.separation"),
    ],
)
def test_roles_are_given_downwards_and_duties_stay_apart(
    roles: list[str], level: str, grantor: str, code: str | None
) -> None:
    assert grants.objection(roles, level, grantor) == code


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_can_be_given_where_it_exists(role: str) -> None:
    for level in ROLES[role][1]:
        assert grants.objection([role], level, "N") is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Aa1!aaaa", "password.too_short"),
        ("aaaaaaaaaaaa1", "password.too_plain"),
        ("Hotline8001x", "password.names_you"),
        ("Hotline#WangHai", "password.names_you"),
        ("Hotline@2026", None),
        ("长长的密码Abc123", None),
    ],
)
def test_a_password_is_long_mixed_and_not_the_name(password: str, code: str | None) -> None:
    assert password_rules.objection(password, "8001", "wanghai") == code


def test_passwords_last_ninety_days_and_first_ones_fit_the_rules() -> None:
    assert not password_rules.is_over(NOW - timedelta(days=89), NOW)
    assert password_rules.is_over(NOW - timedelta(days=90), NOW)
    assert all(password_rules.objection(initial_password(), "8001", "钱小满") is None for _ in range(50))
