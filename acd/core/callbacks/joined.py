"""Agent first: the customer has answered while the agent waits on the line; the dialplan bridges both at once."""

from acd.core import facts
from acd.core.agents import phones
from acd.core.callbacks.answered import answered
from acd.core.calls.call import RoomEntered
from acd.core.calls.progress import advance
from acd.core.state import World


def customer_answered(world: World, fact: facts.CallbackAnswered) -> None:
    """Handler of the fact for both ways of calling."""
    answered(world, fact)
    promise, call = world.promises.get(fact.callback_id), world.calls.get(fact.call_id)
    if promise is None or call is None or promise.agent_channel is None or promise.agent_id is None:
        return
    phone = next((name for node, name in world.phones.get(promise.agent_id, ()) if node == fact.node), None)
    place = (call.queue, call.priority, promise.place_at, 1, call.channel)
    if phone is not None and advance(world, call, RoomEntered(fact.at, fact.node, *place)) is not None:
        where = (fact.at, fact.node, promise.agent_id, phone, call.call_id)
        phones.phone_dialled(world, facts.PhoneDialled(*where))
        for _ in ("picked up", "bridged"):
            phones.phone_answered(world, facts.PhoneAnswered(*where))
