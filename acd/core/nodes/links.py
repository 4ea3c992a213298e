"""The manager link of a node: up, down, and given up. What then lives on the node is for `resync` to judge."""

from datetime import timedelta

from acd.contracts import events
from acd.contracts.ids import NodeName
from acd.core import facts
from acd.core.callbacks import after_gap
from acd.core.effects import AskLegs, unnumbered
from acd.core.facts import Timer
from acd.core.nodes import resync
from acd.core.state import World

OUT_OF_REACH = timedelta(seconds=60)
"""Of a node that does not answer at all nobody knows whether it lives; for so long its calls are believed to."""
SETTLE_WITHIN = timedelta(seconds=5)


def await_nodes(world: World) -> None:
    """At our start: every node is asked, none is waited for without end."""
    for node in world.nodes:
        world.set_timer(Timer.NODE, node, OUT_OF_REACH)
    if len(world.nodes) > 1:
        world.settling_until = world.now + SETTLE_WITHIN
        world.set_timer(Timer.SETTLED, "", SETTLE_WITHIN)


def link_up(world: World, fact: facts.LinkUp) -> None:
    _blind(world, fact)
    world.nodes[fact.node].gone.clear()
    world.ask(AskLegs(fact.node, world.nodes[fact.node].blind_since or fact.at))


def link_down(world: World, fact: facts.LinkDown) -> None:
    if world.nodes[fact.node].synced:
        world.publish(events.AcdLinkDown(**unnumbered(fact.at, fact.node), reason=fact.reason[:200]))
        world.set_timer(Timer.NODE, fact.node, OUT_OF_REACH)
    _blind(world, fact)


def _blind(world: World, fact: facts.Fact) -> None:
    """Nothing can be done on the node: its callers leave the room until the resync finds them again."""
    node = world.nodes[fact.node]
    if node.synced:
        node.synced, node.blind_since = False, fact.at
    for call in list(world.calls.values()):
        if call.node == fact.node:
            world.leave_room(call)
    after_gap.blind(world)


def node_died(world: World, fact: facts.NodeDied) -> None:
    node_out_of_reach(world, fact.node)


def node_out_of_reach(world: World, name: NodeName) -> None:
    """Close the books of its calls and free their agents, unless it is back."""
    node = world.nodes.get(name)
    if node is not None and not node.synced:
        world.cancel_timer(Timer.NODE, name)
        resync.nothing_lives(world, node)
