"""Tables of queues on the floor of tests.support.floor; queues closed, callers who wait and are sent on."""

from datetime import timedelta
from uuid import uuid4

from acd.contracts.commands import CloseQueue, ConfigureRouting, RedirectWaiting, Target
from acd.contracts.ids import CallId, QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.contracts.vocabulary import TargetKind
from acd.core import facts
from acd.core.effects import Redirect
from tests.support.floor import NODE, TABLE, Floor, caller_channel


def rule(name: str, **rules: object) -> QueueRule:
    return QueueRule(name=QueueName(name), title=name, **rules)  # type: ignore[arg-type]


def configure(floor: Floor, table: RoutingTable) -> str:
    not_after = floor.now + timedelta(seconds=5)
    return floor.command(ConfigureRouting(command_id=uuid4(), not_after=not_after, table=table, by="8101")).code


def close(floor: Floor, queue: str, closed: bool = True) -> str:
    not_after = floor.now + timedelta(seconds=5)
    asked = CloseQueue(command_id=uuid4(), not_after=not_after, queue=QueueName(queue), closed=closed, by="8101")
    return floor.command(asked).code


def redirect(floor: Floor, call_id: str, kind: TargetKind, to: str) -> str:
    not_after = floor.now + timedelta(seconds=5)
    target = Target(kind=kind, id=to)
    asked = RedirectWaiting(command_id=uuid4(), not_after=not_after, call_id=CallId(call_id), to=target, by="8101")
    return floor.command(asked).code


def delivered(floor: Floor) -> list[tuple[str, str]]:
    return [(str(asked.channel), asked.exten) for asked in floor.actions(Redirect)]


def waits(floor: Floor, call_id: str, *, caller: str = "", queue: str = "general", **known: object) -> None:
    call = (floor.now, NODE, CallId(call_id), caller_channel(call_id))
    floor.tell(facts.CallArrived(*call, did="10010", caller=caller))
    floor.tell(facts.CallerWaiting(*call, QueueName(queue), 0, **known))  # type: ignore[arg-type]


def newer(*queues: QueueRule, version: int = 1, **more: object) -> RoutingTable:
    return RoutingTable(version=version, queues=queues or TABLE.queues, **more)  # type: ignore[arg-type]
