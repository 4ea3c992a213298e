"""What is found wrong with a table of queues before it may go live."""

from typing import Any

import pytest

from acd.contracts.routing import RoutingTable
from agent_api.routing.checks import Server, has_errors, problems
from agent_api.routing.service import shipped
from agent_api.settings import PACKAGE

pytestmark = pytest.mark.unit

STAFF = [
    Server(frozenset({"general", "bill"}), {"general": 5, "bill": 3}),
    Server(frozenset({"general"}), {"general": 9}),
]


def found(*queues: dict[str, Any], menus: tuple[str, ...] = (), **table: Any) -> dict[str, tuple[str, str]]:
    """Code to place and severity."""
    rows = [{"title": row["name"]} | row for row in queues]
    return {
        each.code: (f"{each.queue}.{each.field}", each.severity)
        for each in problems(RoutingTable.model_validate({"queues": rows, **table}), STAFF, menus)
    }


GENERAL, BILL = {"name": "general"}, {"name": "bill"}


def test_a_plain_table_has_no_problems() -> None:
    assert found(GENERAL, BILL) == {}


def test_the_shipped_table_can_be_published() -> None:
    table = shipped(PACKAGE.parent / "acd" / "queues.toml")
    served = Server(
        frozenset(rule.name for rule in table.queues), {need.skill: 9 for rule in table.queues for need in rule.skills}
    )
    assert table.version == 0
    assert not has_errors(problems(table, [served, served], [rule.name for rule in table.queues]))


@pytest.mark.parametrize(
    ("queue", "code", "severity"),
    [
        ({"name": "vip"}, "nobody_serves", "warning"),
        ({"name": "bill", "skills": [{"skill": "sings"}]}, "unknown_skill", "error"),
        ({"name": "bill", "skills": [{"skill": "bill", "level": 4}]}, "nobody_able", "error"),
        ({"name": "bill", "reserve": 1}, "all_reserved", "warning"),
        ({"name": "bill", "skills": [{"skill": "bill", "level": 3, "relax": [{"after_seconds": 9, "level": 5}]}]},
         "not_relaxing", "error"),
        ({"name": "bill", "circles": [{"after_seconds": 0, "reach": 2}, {"after_seconds": 30, "reach": 1}]},
         "not_widening", "error"),
        ({"name": "bill", "circles": [{"after_seconds": 20, "reach": 2}]}, "starts_late", "warning"),
        ({"name": "bill", "hours": {"openings": [{"begins": "18:00", "ends": "09:00"}]}}, "bad_hours", "error"),
        ({"name": "bill", "hours": {"openings": [{"days": [8]}]}}, "bad_days", "error"),
        ({"name": "bill", "when_full": {"kind": "callback"}}, "no_callback", "error"),
        ({"name": "bill", "when_full": {"kind": "queue", "queue": "bill"}}, "to_itself", "error"),
        ({"name": "bill", "overflows": [{"to_queue": "bill"}]}, "to_itself", "error"),
    ],
)  # fmt: skip
def test_problems_of_one_queue(queue: dict[str, Any], code: str, severity: str) -> None:
    place, how_bad = found(GENERAL, queue)[code]
    assert (place.split(".")[0], how_bad) == (queue["name"], severity)


def test_a_level_that_is_relaxed_in_time_will_do() -> None:
    need = {"skill": "bill", "level": 9, "relax": [{"after_seconds": 30, "level": 3}]}
    assert "nobody_able" not in found(GENERAL, {"name": "bill", "skills": [need]})


def test_callers_sent_round_in_a_circle() -> None:
    there, back = {"kind": "queue", "queue": "bill"}, {"kind": "queue", "queue": "general"}
    both = found({"name": "general", "when_closed": there}, {"name": "bill", "when_closed": back})
    assert both["circle"][1] == "error"
    # closed leads there, full leads back: nobody goes round
    assert "circle" not in found({"name": "general", "when_closed": there}, {"name": "bill", "when_full": back})


def test_overflows_in_a_circle_are_only_doubtful() -> None:
    table = found(
        {"name": "general", "overflows": [{"to_queue": "bill"}]},
        {"name": "bill", "overflows": [{"to_queue": "general"}]},
    )
    assert table["circle"][1] == "warning"


def test_what_others_still_need() -> None:
    table = found(GENERAL, menus=("general", "dealer"))
    assert table["used_by_menu"] == ("dealer.queues", "error")
    assert table["used_by_staff"] == ("bill.queues", "warning")


def test_the_whole_table() -> None:
    table = found(GENERAL, BILL, timezone="Asia/Atlantis", pause_limits=[{"reason": "nap", "most_agents": 1}])
    assert (table["unknown_timezone"][1], table["unknown_reason"][1]) == ("error", "error")
