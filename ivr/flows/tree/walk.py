"""The engine: from node to node until the call leaves the menus. Any published tree, any keys: it always ends."""

from acd.contracts.menu.tree import Agent, ChooseLanguage, End, Menu, NodeId, Say, Task
from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.session import Session
from ivr.flows.tree import nodes
from ivr.flows.tree.announcements import announce
from ivr.flows.tree.entrance import entrance
from ivr.flows.tree.nodes import Move
from ivr.flows.tree.way import Way
from ivr.steps import Flow, Leave


def walk(session: Session) -> Flow[Leave]:
    way = Way(session)
    move: Move = yield from entrance(session)
    while not isinstance(move, Leave):
        if not way.arrive(move):
            return Leave(IvrOutcome.AGENT, way.operator_queue(), reason="loop")
        yield from announce(session, move)
        move = yield from _visit(way, move)
    return move


def _visit(way: Way, here: NodeId) -> Flow[Move]:
    match way.tree.nodes[here]:
        case Menu() as node:
            return (yield from nodes.menu(way, here, node))
        case Say() as node:
            return (yield from nodes.say(way, here, node))
        case ChooseLanguage() as node:
            return (yield from nodes.language(way, here, node))
        case Task() as node:
            return (yield from nodes.task(way, here, node))
        case Agent() as node:
            return (yield from nodes.agent(way, here, node))
        case End() as node:
            return (yield from nodes.end(way, here, node))
