"""The table of queues exchanged while it serves, queues closed and opened, waiting callers sent elsewhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from acd.contracts import events
from acd.contracts.commands import CloseQueue, ConfigureRouting, RedirectWaiting
from acd.contracts.ids import AgentId, CenterId, QueueName
from acd.contracts.routing import RoutingTable
from acd.contracts.topics import queue_state_topic
from acd.contracts.vocabulary import AgentState, QueueExit, TargetKind
from acd.core.calls.call import Call
from acd.core.effects import Kind, Save, Show, unnumbered
from acd.core.errors import Code, Refused
from acd.core.recordings import recorder
from acd.core.routing import checked
from acd.core.state import World
from acd.core.waiting import stay
from acd.core.waiting.moving import moved_to

THE_TABLE = ""


def configure(world: World, command: ConfigureRouting) -> None:
    """The same version again changes nothing: desks may send it at every start."""
    if command.table == world.table:
        return
    if command.table.version <= world.table.version:
        raise Refused(Code.ROUTING_OLDER_VERSION)
    try:
        _put_in_force(world, checked(command.table))
    except ValueError as error:
        raise Refused(Code.ROUTING_UNKNOWN_TIMEZONE) from error
    for node in world.synced_nodes():
        recorder.tell_unrecorded(world, node)
    world.ask(Save(Kind.TABLE, THE_TABLE, command.table))
    world.publish(events.RoutingConfigured(**unnumbered(world.now), version=command.table.version, by=command.by))


def restore(world: World, tables: Iterable[RoutingTable], closed: Iterable[str]) -> None:
    """What the journal remembers, unless the file has something newer."""
    for table in tables:
        if table.version > world.table.version:
            _put_in_force(world, table)
    world.closed_queues.update(QueueName(name) for name in closed)


def _put_in_force(world: World, table: RoutingTable) -> None:
    gone = set(world.queues) - {rule.name for rule in table.queues}
    world.engine.configure(table)
    world.changed_queues -= gone
    for name in sorted(gone):
        world.ask(Show(queue_state_topic(name), None))
    world.presence = {name: Counter() for name in world.queues}
    for agent in world.agents.values():
        for name in agent.queues:
            if name in world.presence:
                world.presence[name][agent.state] += 1
    for name in world.queues:
        world.touch_queue(name)
    world.rematch = True


def close_queue(world: World, command: CloseQueue) -> None:
    if command.queue not in world.queues:
        raise Refused(Code.ROUTING_UNKNOWN_QUEUE)
    if command.closed is (command.queue in world.closed_queues):
        return
    if command.closed:
        world.closed_queues.add(command.queue)
    else:
        world.closed_queues.discard(command.queue)
    world.ask(Save(Kind.CLOSED, command.queue, command.queue if command.closed else None))
    closed = events.QueueClosed(**unnumbered(world.now), queue=command.queue, closed=command.closed, by=command.by)
    world.publish(closed)
    world.touch_queue(command.queue)


def redirect_waiting(world: World, command: RedirectWaiting) -> None:
    """Only who waits for an agent can be sent elsewhere; the time of joining stays."""
    call = world.calls.get(command.call_id)
    if call is None or call.call_id not in world.room:
        raise Refused(Code.CALL_WRONG_STATE)
    match command.to.kind:
        case TargetKind.QUEUE:
            _to_queue(world, call, QueueName(command.to.id))
        case TargetKind.AGENT:
            _to_agent(world, call, AgentId(command.to.id), command.by)
        case TargetKind.CENTER:
            _to_center(world, call, CenterId(command.to.id))
        case TargetKind.EXTERNAL:
            raise Refused(Code.CALL_UNKNOWN_TARGET)
    world.publish(
        events.CallRedirected(
            **unnumbered(world.now, call.node),
            call_id=call.call_id,
            queue=call.queue,
            to_kind=command.to.kind,
            to=command.to.id,
            by=AgentId(command.by),
        )
    )


def _to_queue(world: World, call: Call, queue: QueueName) -> None:
    if queue not in world.queues:
        raise Refused(Code.CALL_UNKNOWN_TARGET)
    stay.begin(world, moved_to(world, call, queue, QueueExit.REDIRECTED))


def _to_agent(world: World, call: Call, agent_id: AgentId, by: str) -> None:
    agent = world.agents.get(agent_id)
    if agent is None or agent.state is AgentState.LOGGED_OUT:
        raise Refused(Code.AGENT_NOT_LOGGED_IN)
    _wait_there(world, replace(call, wants=replace(call.wants, pinned=agent_id, pinned_by=by)))


def _to_center(world: World, call: Call, center: CenterId) -> None:
    if not world.engine.rules.knows_center(center):
        raise Refused(Code.CALL_UNKNOWN_TARGET)
    _wait_there(world, replace(call, wants=replace(call.wants, center=center, pinned=None, pinned_by="", reach=0)))


def _wait_there(world: World, call: Call) -> None:
    world.put_call(call)
    world.enter_room(call)
