"""Outgoing faxes: dialled on a node that is in step, told when over. Nothing is kept here: retries are the sender's."""

from acd.contracts import events
from acd.contracts.commands import SendFax
from acd.core import facts
from acd.core.effects import DialFax, unnumbered
from acd.core.errors import Code, Refused
from acd.core.state import World


def send_fax(world: World, command: SendFax) -> None:
    nodes = world.synced_nodes()
    if not nodes:
        raise Refused(Code.DIALER_NO_LINE)
    world.ask(DialFax(nodes[0], command.fax_id, command.number, command.file))


def fax_over(world: World, fact: facts.FaxOver) -> None:
    finished = events.FaxFinished(
        **unnumbered(fact.at, fact.node),
        fax_id=fact.fax_id[:64],
        ok=fact.ok,
        pages=max(0, fact.pages),
        reason=fact.reason[:80],
    )
    world.publish(finished)
