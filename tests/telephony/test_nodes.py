"""Two Asterisk nodes behind Kamailio: any caller reaches any agent, nobody rings twice, a dead node keeps no one."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from hotline.settings import HotlineSettings
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    SUPERVISOR,
    TARGET,
    Conversation,
    conversations,
    hear_exactly,
    rung_and_speaking,
)
from tests.support.facts import debtors, ordinary_numbers, rows
from tests.support.hearing import hears
from tests.support.journeys import ask_for_an_agent, call_is_whole, newest_call, still_talk, stored, talk
from tests.support.processes import TestedProcess, eventually
from tests.support.stack import Desk, Line, connected_outside, keep_for_inspection, running_line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony

APART = 2000
"""From the ports of the line the other journeys use, which may be up beside this one."""
QUIET_SECONDS = 4
LONE_AGENT = "8009"


def other_ports() -> dict[str, int | str]:
    fields = HotlineSettings.model_fields
    moved = {name: fields[name].default + APART for name in fields if name.endswith(("_port", "rtp_first", "rtp_last"))}
    return moved | {"trunk_address": f"127.0.0.1:{moved['outside_sip_port']}"}


@pytest.fixture(scope="module")
def two_nodes(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Line]:
    home = tmp_path_factory.mktemp("nodes")
    with running_line(home, None, nodes=2, **other_ports()) as line:
        yield line
    if request.session.testsfailed:
        keep_for_inspection(home)


@pytest.fixture
async def world(two_nodes: Line) -> AsyncIterator[OutsideWorld]:
    async with connected_outside(two_nodes) as world:
        yield world


@pytest.fixture(scope="module")
def numbers(two_nodes: Line) -> Iterator[str]:
    return iter(ordinary_numbers(two_nodes))


def node_of(call_id: str) -> str:
    """A call's id begins with the name of the node it came in on."""
    return call_id.partition("-")[0]


def process_of(line: Line, node: str) -> TestedProcess:
    return line.processes["asterisk" if node == "n1" else f"asterisk-{node}"]


async def not_rung(world: OutsideWorld, agent_no: str) -> None:
    with pytest.raises(TimeoutError):
        await world.rung(agent_no, within=QUIET_SECONDS)


async def waits(world: OutsideWorld, number: str) -> OutsideCall:
    call = await ask_for_an_agent(world, number)
    await hears(call, "to_agent", within=20)
    return call


def in_fallback(line: Line, callers: int) -> None:
    records = [place.cel_file for place in line.installation.nodes]

    def are_there() -> bool:
        return sum(_queued(file.read_text()) for file in records) >= callers

    eventually(are_there, f"app_queue has {callers} callers", within=25)


def _queued(records: str) -> int:
    return sum('"cc-fallback","Queue"' in line and "APP_START" in line for line in records.splitlines())


@pytest.mark.timeout(300)  # the start of a whole line, and waits of real time
async def test_one_agent_serves_the_callers_of_both_nodes(
    two_nodes: Line, world: OutsideWorld, numbers: Iterator[str]
) -> None:
    async with two_nodes.sign_in(LONE_AGENT) as desk:
        nodes = set()
        for _ in range(2):
            customer, phone = await talk(world, desk, next(numbers))
            await still_talk(customer, phone)
            nodes.add(node_of(phone.hotline_call_id))
            await phone.hang_up()
            await customer.hang_up()
            await call_is_whole(desk, phone.hotline_call_id, LONE_AGENT)
        assert nodes == {"n1", "n2"}


async def control(talk: Conversation, world: OutsideWorld, supervisor: str, colleague: str) -> None:
    """Hold and back, a supervisor who listens, a question and back, and on to the colleague."""
    customer, phone = talk.customer, talk.phone
    await talk.does("call.hold")
    await hear_exactly({customer: set(), phone: set()})
    await talk.does("call.resume")
    await hear_exactly({customer: {AGENT}, phone: {CUSTOMER}})
    assert not await talk.board.ask("supervision.spy", call_id=talk.call_id, agent_id=supervisor, mode="listen")
    listener = await rung_and_speaking(world, supervisor, SUPERVISOR)
    await hear_exactly({listener: {CUSTOMER, AGENT}, customer: {AGENT}})
    assert not await talk.board.ask("supervision.stop", call_id=talk.call_id, agent_id=supervisor)
    await listener.ended()
    await talk.does("call.consult", to={"kind": "agent", "id": colleague})
    asked = await rung_and_speaking(world, colleague, TARGET)
    await hear_exactly({customer: set(), phone: {TARGET}, asked: {AGENT}})
    await talk.does("call.end_consult")
    await asked.ended()
    await hear_exactly({customer: {AGENT}, phone: {CUSTOMER}})
    await talk.does("call.transfer", to={"kind": "agent", "id": colleague})
    await phone.ended()
    asked = await rung_and_speaking(world, colleague, TARGET)
    await hear_exactly({customer: {TARGET}, asked: {CUSTOMER}}, within=15)
    await talk.does("call.end", agent_id=colleague, survey=False)
    await customer.ended()


@pytest.mark.timeout(300)  # the start of a whole line, and waits of real time
async def test_call_control_reaches_the_node_of_the_call(
    two_nodes: Line, world: OutsideWorld, numbers: Iterator[str]
) -> None:
    async with switchboard(two_nodes) as board:
        first, second = await conversations(board, world, ("8001", "8003"), numbers)
        assert {node_of(first.call_id), node_of(second.call_id)} == {"n1", "n2"}
        for colleague in ("8002", "8004"):
            await board.signs_in(colleague, "dealer")
        async with asyncio.TaskGroup() as together:
            together.create_task(control(first, world, "8101", "8002"))
            together.create_task(control(second, world, "8102", "8004"))


@pytest.mark.timeout(300)  # the start of a whole line, and waits of real time
async def test_our_own_calls_leave_through_the_front(two_nodes: Line, world: OutsideWorld) -> None:
    async with two_nodes.sign_in("8101") as desk:
        for debtor in (await debtors(two_nodes))[:2]:
            await desk.post(f"/dunning/cases/{debtor.case_id}/dial")
            phone = await world.rung(debtor.number)
            assert phone.shown_number == "10010"
            await phone.answered()
            await hears(phone, "dunning/confirm", within=25)
            await phone.hang_up()


@pytest.mark.timeout(300)  # the start of a whole line, and waits of real time
async def test_without_the_acd_nobody_is_rung_by_two_nodes(
    two_nodes: Line, world: OutsideWorld, numbers: Iterator[str]
) -> None:
    async with two_nodes.sign_in(LONE_AGENT) as desk:
        customer, phone = await talk(world, desk, next(numbers))
        two_nodes.acd.kill()
        waiting = [await waits(world, next(numbers)) for _ in range(2)]
        in_fallback(two_nodes, callers=2)
        await not_rung(world, LONE_AGENT)  # on the phone, which the other node's app_queue cannot see
        await still_talk(customer, phone)
        await phone.hang_up()
        first = await world.rung(LONE_AGENT)
        await first.answered()
        await not_rung(world, LONE_AGENT)
        two_nodes.acd.start()
        await desk.reaches("talking")
        await not_rung(world, LONE_AGENT)  # the ACD has the other caller back, and knows that the agent talks
        await first.hang_up()
        await desk.reaches("wrap_up")
        await desk.post("/agent/ready")
        second = await world.rung(LONE_AGENT)
        await second.answered()
        assert {node_of(call.hotline_call_id) for call in (first, second)} == {"n1", "n2"}
        await second.hang_up()
        for call in waiting:
            await call.ended(within=60)
        await call_is_whole(desk, second.hotline_call_id, LONE_AGENT)
        waited_ms = (await stored(desk, second.hotline_call_id))["wait_ms"]
        assert waited_ms > 1000 * 2 * QUIET_SECONDS, "the place in the queue counts from the first moment"


@pytest.mark.timeout(300)  # the start of a whole line, and waits of real time
async def test_a_node_dies(two_nodes: Line, world: OutsideWorld, numbers: Iterator[str]) -> None:
    async with two_nodes.sign_in(LONE_AGENT) as desk, two_nodes.sign_in("8101") as supervisor:
        _, phone = await talk(world, desk, next(numbers))
        node = node_of(phone.hotline_call_id)
        waiting = [await waits(world, next(numbers)) for _ in range(2)]
        stored_calls = [await newest_call(supervisor, call) for call in waiting]
        lost = next(call["call_id"] for call in stored_calls if node_of(call["call_id"]) == node)
        living = next(call["call_id"] for call in stored_calls if node_of(call["call_id"]) != node)
        process_of(two_nodes, node).kill()
        killed_at = time.monotonic()
        await call_is_whole(supervisor, lost, None)
        told = rows(two_nodes, "SELECT incomplete, abandon_stage, connected_at FROM call WHERE call_id = ?", lost)
        assert [tuple(row) for row in told] == [(1, None, None)]
        await call_is_whole(desk, phone.hotline_call_id, LONE_AGENT)
        assert (await stored(desk, phone.hotline_call_id))["incomplete"]
        await desk.reaches("wrap_up")
        await desk.post("/agent/ready")
        assert time.monotonic() - killed_at < 15
        next_one = await world.rung(LONE_AGENT)
        await next_one.answered()
        assert next_one.hotline_call_id == living
        await next_one.hang_up()
        await desk.reaches("wrap_up")
        for _ in range(2):
            customer, phone = await talk(world, desk, next(numbers))
            assert node_of(phone.hotline_call_id) == node_of(living)
            await still_talk(customer, phone)
            await phone.hang_up()
            await customer.hang_up()
        await back_again(two_nodes, world, desk, node, numbers)


async def back_again(line: Line, world: OutsideWorld, desk: Desk, node: str, numbers: Iterator[str]) -> None:
    """The node takes its share of the calls again, and its callers reach the agent."""
    process_of(line, node).start(within=40)
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        customer, phone = await talk(world, desk, next(numbers))
        await phone.hang_up()
        await customer.hang_up()
        if node_of(phone.hotline_call_id) == node:
            return
    pytest.fail(f"{node} got no call any more")
