"""Notices by telephone: dialled on a node that is in step, told when over. Retries are the sender's."""

from acd.contracts import events
from acd.contracts.commands import SpeakNotice
from acd.core import facts
from acd.core.effects import DialNotice, unnumbered
from acd.core.errors import Code, Refused
from acd.core.state import World


def speak_notice(world: World, command: SpeakNotice) -> None:
    nodes = world.synced_nodes()
    if not nodes:
        raise Refused(Code.DIALER_NO_LINE)
    world.ask(DialNotice(nodes[0], command.notice_id, command.number, command.language, command.prompts))


def notice_over(world: World, fact: facts.NoticeOver) -> None:
    head = unnumbered(fact.at, fact.node)
    world.publish(events.NoticeFinished(**head, notice_id=fact.notice_id[:64], ok=fact.ok, reason=fact.reason[:80]))
