"""The catalogue of tasks, the flows, and the shipped tree: every leaf is walked with the sample subscriber."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from acd.contracts.menu.tasks import EVERY, TASKS
from acd.contracts.menu.tree import Menu, Node, NodeId, Task, Tree
from ivr.flows.hotline import hotline
from ivr.flows.task import job_of
from ivr.flows.tasks import FLOWS
from ivr.lookups.callers import Caller, OpenTicket
from ivr.menus import shipped
from ivr.phrases import Phrase
from ivr.rehearsal import SampleCompany
from ivr.sample_answers import CODE, IDENTITY_CARD, PASSWORD, SUBSCRIBER
from ivr.steps import Collect, Leave
from tests.unit.ivr.transcript import Heard, call, hotline_call, walk

pytestmark = pytest.mark.unit

TREE = shipped().tree
KEYED = {
    Phrase.ASK_MOBILE: "13900000002#",
    Phrase.ASK_IP: "600100200300#",
    Phrase.ASK_INTERNET: "88667755#",
    Phrase.ASK_LONG_DISTANCE: "556677#",
    Phrase.ASK_PAGING: "7777777#",
    Phrase.ASK_LOCAL: "02512345678#",
    Phrase.ASK_NUMBER: "#",
    Phrase.ASK_PASSWORD: PASSWORD,
    Phrase.ASK_PASSWORD_SMS: PASSWORD,
    Phrase.ASK_IP_PASSWORD: "135790#",
    Phrase.CODE_SENT: CODE,
    Phrase.ASK_ID: IDENTITY_CARD,
    Phrase.ASK_MONTH: "202609#",
    Phrase.ASK_LIST_FAX: "02512345678#",
    Phrase.FAX_NUMBER: "02512345678#",
    Phrase.ASK_CARD: "123456789012345#",
    Phrase.ASK_FORWARD: "02512345678#",
    Phrase.ASK_REFERENCE: "20261120000012#",
    Phrase.ASK_LAST4: "0001",
    Phrase.EMERGENCY_NUMBER: "13900000002#",
    Phrase.EMERGENCY_REPORT_NUMBER: "17012345678#",
    Phrase.PASSWORD_NEW: "246813",
    Phrase.PASSWORD_AGAIN: "246813",
    Phrase.DEALER_CODE: "88001#",
    Phrase.DEALER_PASSWORD: "123456#",
    Phrase.DEALER_CARD: "89860012#",
    Phrase.MESSAGE_MENU: "2",
    Phrase.LEAF_CHOICES: "0",
    Phrase.LEAF_CHOICES_COPY: "0",
}
"""What a willing caller keys at each question; 1 where nothing is named."""


def test_every_task_of_the_catalogue_has_its_flow() -> None:
    assert FLOWS.keys() == TASKS.keys()


def paths(tree: Tree) -> dict[NodeId, tuple[str, ...]]:
    """Node to what is keyed on the shortest way from the main menu."""
    found: dict[NodeId, tuple[str, ...]] = {tree.main: ()}
    queue = [tree.main]
    while queue:
        here = queue.pop(0)
        for keys, target in ways_on(tree.nodes[here]):
            if target not in found:
                found[target] = (*found[here], *keys)
                queue.append(target)
    return found


def ways_on(node: Node) -> Iterator[tuple[tuple[str, ...], NodeId]]:
    if isinstance(node, Menu):
        yield from (((key,), target) for key, target in node.keys.items() if key != "*")
    if isinstance(node, Task) and node.task == "dealer.sign_in" and node.next:
        yield (KEYED[Phrase.DEALER_CODE], KEYED[Phrase.DEALER_PASSWORD]), node.next


PATHS = paths(TREE)
LEAVES = [name for name in PATHS if isinstance(TREE.nodes[name], Task)]


def willing(step: Collect) -> str:
    questions = [str(item) for item in step.prompts]
    return next((keys for question, keys in KEYED.items() if question in questions), "1")


def walked(*keys: str, caller: Caller = SUBSCRIBER) -> Heard:
    return walk(hotline(call()), *keys, company=SampleCompany(caller=caller), then=willing)


@pytest.mark.parametrize("name", LEAVES)
def test_every_leaf_of_the_shipped_tree_serves_a_willing_caller(name: NodeId) -> None:
    heard = walked(*PATHS[name])
    served = "done" if name == "dealer" else "served"
    assert (name, "", served) in heard.visits, heard.said
    assert isinstance(heard.leave, Leave)


@pytest.mark.parametrize("name", LEAVES)
def test_no_leaf_reports_an_outcome_the_catalogue_does_not_know(name: NodeId) -> None:
    node = TREE.nodes[name]
    assert isinstance(node, Task)
    known = {*EVERY, *TASKS[node.task].outcomes, "served", "down"}
    for keys in ((), ("*", "*", "0"), ("", "", "")):
        heard = walked(*PATHS[name], *keys)
        assert {outcome for place, _, outcome in heard.visits if place == name} <= known


@pytest.mark.parametrize(
    ("caller", "node"),
    [
        (replace(SUBSCRIBER, suspended=True, arrears=Decimal("9.00")), "suspended_menu"),
        (replace(SUBSCRIBER, open_ticket=OpenTicket("GD20261120000034")), "open_ticket"),
        (replace(SUBSCRIBER, is_senior=True), "senior"),
        (replace(SUBSCRIBER, level="vip"), "vip"),
        (replace(SUBSCRIBER, blacklisted=True), "refused"),
        (replace(SUBSCRIBER, dealer_code="88001"), "dealer_menu"),
        (Caller(), "language"),
    ],
)
def test_nodes_before_the_main_menu_are_reached_by_who_calls(caller: Caller, node: NodeId) -> None:
    assert node in {place for place, _, _ in walked(caller=caller).visits}


def test_the_commonest_tasks_are_at_most_three_keys_away() -> None:
    assert all(len(PATHS[name]) <= 3 for name in TREE.quick if name in PATHS)


def test_a_node_may_ask_for_more_proof_but_not_for_less() -> None:
    assert job_of(Task(title="t", task="bill.balance", level=3)).level == 3
    assert job_of(Task(title="t", task="bill.list", level=0)).level == 3


def test_ten_calls_deep_the_caller_is_where_the_keys_say() -> None:
    heard = hotline_call("1", "1", "*", "2", "*", "*", "3", "1", "7", "*", "*", "*", "0")
    nodes = [visit[2] for visit in heard.visits if visit[1] not in ("",)]
    assert nodes[:3] == ["bill", "bill_mobile", "back"]
    assert heard.said[-2] == "menu/main"
