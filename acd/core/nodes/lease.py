"""The lease: the sign of life by which the dialplan's waiting room knows that the ACD answers for it.

Renewed by a timer that runs through the same loop as every decision, so that a stuck ACD loses it.
"""

from datetime import timedelta

from acd.contracts.dialplan import Context, Variable
from acd.contracts.ids import NodeName
from acd.core.calls.call import CallState
from acd.core.effects import Redirect, SetGlobal
from acd.core.facts import Timer
from acd.core.state import World

LEASE = timedelta(seconds=10)
RENEW_EVERY = timedelta(seconds=3)


def renew(world: World) -> None:
    """On every node in step with us; callers whom app_queue took meanwhile are taken back."""
    for node in world.synced_nodes():
        renew_on(world, node)
        _take_back(world, node)
    world.set_timer(Timer.LEASE, "", RENEW_EVERY)


def renew_on(world: World, node: NodeName) -> None:
    until = int((world.now + LEASE).timestamp())
    world.ask(SetGlobal(node, Variable.ACD_LEASE, str(until)))


def _take_back(world: World, node: NodeName) -> None:
    """Whom app_queue rings for nobody right now; who rings stays, so that no phone rings twice."""
    for call in world.calls.values():
        if call.node == node and call.state is CallState.FALLBACK:
            world.ask(Redirect(node, call.channel, Context.WAITING, "s"))
