"""roles.toml: what it must name, and what is said about it when it does not."""

from pathlib import Path

import pytest

from agent_api.auth.role_bounds import breaches
from agent_api.auth.role_file import BadRoleFile, read_roles
from agent_api.auth.roles import FILE, MATRIX, SHIPPED, Cell, Permission

pytestmark = pytest.mark.unit

DESK = FILE.parents[1] / "desk"
KNOWN = {"a.read", "a.write"}
GOOD = '[one]\ntitle = "一"\ntiers = "NP"\nmay = [\n    "a.read",\n    "a.write",\n]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("a.write", "a.wrong"), "line 6: role one: a.wrong: no such permission"),
        (GOOD.replace("a.write", "a.read"), "line 5: role one: a.read: named twice"),
        (GOOD.replace('    "a.write",\n', ""), "no role has a.write"),
        (GOOD.replace('"NP"', '"PN"'), "line 3: role one: tiers: String should match"),
        (GOOD.replace("tiers", "tier"), "line 1: role one: tiers: Field required"),
        (GOOD + "unmask_per_day = -1\n", "line 8: role one: unmask_per_day: Input should be greater"),
        (GOOD.replace("]\n", "\n", 2), "line 1"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "roles.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRoleFile, match=r"roles\.toml") as refused:
        read_roles(file, KNOWN)
    assert said in str(refused.value)


def test_the_shipped_file_gives_every_permission_and_breaks_no_rule() -> None:
    assert set(MATRIX) == set(Permission)
    assert all(MATRIX.values())
    assert set(read_roles(FILE, frozenset(Permission))) == set(SHIPPED.rights)
    assert breaches(SHIPPED) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_desk_has_a_name_for_every_right(language: str) -> None:
    texts = (DESK / "src" / "i18n" / language / "roles.ts").read_text(encoding="utf-8")
    assert [each for each in Permission if f"    {each.replace('.', '_')}: '" not in texts] == []


def test_a_centres_cells_change_a_table_of_their_own() -> None:
    cells = [Cell("agent", "customer.unmask", False), Cell("qa", "ticket.urge", True), Cell("ghost", "x.y", True)]
    table = SHIPPED.with_cells(cells)
    assert Permission.CUSTOMER_UNMASK not in table.permissions_of(["agent"])
    assert Permission.TICKET_URGE in table.permissions_of(["qa"])
    assert Permission.CUSTOMER_UNMASK in SHIPPED.permissions_of(["agent"])
    assert table.rights.keys() == SHIPPED.rights.keys()
