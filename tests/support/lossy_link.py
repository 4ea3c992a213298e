"""Three installations with nothing but the pure copies, joined by links that lose, double, delay and cut off answers.

The installation is as good as a database: a step happened or it did not. So a crash is a lost request or a lost answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from agent_api.exchange import home_rule, replica
from agent_api.exchange.replica import Refused, Replica, Send
from agent_api.exchange.wire import Entry, Payload
from agent_api.exchange.words import Kind
from agent_api.tickets import workflow
from agent_api.tickets.words import Act, Level, Refusal, Ticket, TicketType

START = datetime.fromisoformat("2026-11-18T06:00:00+00:00")
FIRST = workflow.start(TicketType.COMPLAINT, "P", Level.NORMAL)
ROUTE = {"a": ("n",), "n": ("a", "b"), "b": ("n",)}
"""A accepted the ticket; B, behind N, works on it."""
SAID = {
    Act.ASSIGN: {"target": "b", "leader": "8303"},
    Act.REASSIGN: {"target": "b"},
    Act.RETURN: {"reason": "WRONG_UNIT"},
    Act.REPLY: {"result": "已处理", "duty_reason": "误开通"},
    Act.ADD_SUBTASK: {"subtask": "网络部"},
    Act.FINISH_SUBTASK: {"subtask": "网络部"},
    Act.SOLVE_ONLINE: {"consent": "yes"},
    Act.ARCHIVE: {"duty_reason": "误开通", "prevention": "核对"},
}


@dataclass
class Letter:
    seq: int
    payload: Payload
    asked_by: str


@dataclass
class Node:
    name: str
    copy: Replica | None = None
    outbox: dict[str, list[Letter]] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    answers: dict[tuple[str, int], str] = field(default_factory=dict)
    applied: dict[tuple[str, int], int] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    """Ids of the acts of its own people, in their order."""
    told_refused: list[str] = field(default_factory=list)

    def post(self, sends: list[Send]) -> None:
        for send in sends:
            number = self.sent[send.peer] = self.sent.get(send.peer, 0) + 1
            self.outbox.setdefault(send.peer, []).append(Letter(number, send.payload, send.asked_by))

    def spread(self) -> None:
        """Tell the others what has its place now. The way to B's unit leads over N."""
        assert self.copy is not None
        way = {"a": "n", "n": "b"}.get(self.name, "")
        named = any(each.data.get("target") == "b" for each in self.copy.entries[: self.copy.confirmed])
        self.copy, sends = replica.tell(self.copy, {way} if named else ())
        self.post(sends)

    def take(self, peer: str, letter: Letter) -> str:
        """The answer: empty when taken, a code when refused, "early" when one before is missing."""
        key, expected = (peer, letter.seq), self.received.get(peer, 0) + 1
        if letter.seq < expected:
            return self.answers[key]
        if letter.seq > expected:
            return "early"
        try:
            self._apply(peer, letter.payload)
            answer = ""
        except Refused as refused:
            answer = refused.code
        self.received[peer], self.answers[key] = letter.seq, answer
        self.applied[key] = self.applied.get(key, 0) + 1
        return answer

    def _apply(self, peer: str, payload: Payload) -> None:
        match payload.kind:
            case Kind.COPY:
                known = self.copy or Replica(FIRST, upstream=peer)
                self.copy = replica.replaced(known, payload.entries)
            case Kind.NEWS:
                assert self.copy is not None
                self.copy = replica.heard(self.copy, payload.base, payload.entries)
            case Kind.PROPOSAL:
                assert self.copy is not None
                self.copy, sends = replica.proposed(self.copy, peer, payload.entries[0])
                self.post(sends)
            case _:
                self.refused(payload.act_id, "")
        if self.copy is not None:
            self.spread()

    def answered(self, peer: str, letter: Letter, answer: str) -> None:
        if letter not in self.outbox.get(peer, []) or answer == "early":
            return
        self.outbox[peer].remove(letter)
        if answer:
            self.refused(letter.payload.act_id, letter.asked_by)

    def refused(self, act_id: str, asked_by: str) -> None:
        assert self.copy is not None
        self.copy = replica.withdrawn(self.copy, act_id)
        if asked_by:
            self.post([Send(asked_by, Payload(kind=Kind.VERDICT, act_id=act_id, code="refused"))])
        elif act_id in self.done:
            self.told_refused.append(act_id)
        else:  # a verdict on its way down
            self.post([Send("b", Payload(kind=Kind.VERDICT, act_id=act_id, code="refused"))])


class World:
    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.nodes = {name: Node(name) for name in ROUTE}
        self.nodes["a"].copy = Replica(FIRST)
        self.clock = START
        self.late: list[tuple[str, str, Letter]] = []

    def act(self, name: str, what: Act | None = None) -> bool:
        """Somebody at this installation does something the copy there allows."""
        node = self.nodes[name]
        if node.copy is None:
            return False
        self.clock += timedelta(minutes=self.rng.randint(1, 30))
        ticket = self.state(node)
        mine = [each for each in workflow.allowed(ticket, self.clock) if self._may(node, each)]
        chosen = what or (self.rng.choice(mine) if mine else None)
        if chosen not in mine or chosen is None:
            return False
        entry = Entry(act=chosen, at=self.clock, actor=name, center_id=name, comment="x", data=SAID.get(chosen, {}))
        try:
            after = workflow.step(ticket, replica.happening(entry))
        except Refusal:
            return False
        entry = entry.model_copy(update={"from_state": ticket.state.value, "to_state": after.state.value})
        node.copy, sends = replica.acted(replace(node.copy, entries=(*node.copy.entries, entry)), 1)
        node.done.append(entry.act_id)
        node.post(sends)
        node.spread()
        return True

    def _may(self, node: Node, act: Act) -> bool:
        ends = (Act.MERGE, Act.WITHDRAW, Act.REFUSE, Act.SUSPEND)
        return act not in ends and not home_rule.refusal(act, node.name == "a", node.name != "a")

    def state(self, node: Node) -> Ticket:
        assert node.copy is not None
        return workflow.rebuild(node.copy.first, map(replica.happening, node.copy.entries))

    def carry(self, sure: bool = False) -> None:
        """One message on one link, with one of its fates."""
        waiting = [(node, peer) for node in self.nodes.values() for peer, box in node.outbox.items() if box]
        if self.late and self.rng.random() < 0.3:
            sender, receiver, letter = self.late.pop(self.rng.randrange(len(self.late)))
            self.nodes[receiver].take(sender, letter)
        if not waiting:
            return
        node, peer = self.rng.choice(waiting)
        letter = node.outbox[peer][0 if sure else self.rng.randrange(len(node.outbox[peer]))]
        fate = "whole" if sure else self.rng.choice(("whole", "request", "answer", "twice", "late"))
        if fate == "late":
            self.late.append((node.name, peer, replace(letter)))
        if fate in ("request", "late"):
            return
        answer = self.nodes[peer].take(node.name, letter)
        if fate == "twice":
            assert self.nodes[peer].take(node.name, letter) == answer
        if fate != "answer":
            node.answered(peer, letter, answer)

    def heal(self, within: int = 5000) -> None:
        for _ in range(within):
            if not any(box for node in self.nodes.values() for box in node.outbox.values()):
                return
            self.carry(sure=True)
        raise AssertionError("the link does not come to rest")


def played(seed: int, acts: int = 18, when: Callable[[Random], bool] = lambda rng: rng.random() < 0.3) -> World:
    """A life of one ticket over broken links, and the time afterwards."""
    world = World(seed)
    for first in (Act.SUBMIT, Act.TO_DISPATCH, Act.ASSIGN):
        assert world.act("a", first)
    for _ in range(acts * 4):
        if when(world.rng):
            world.act(world.rng.choice("aaanbbbb"))
        world.carry()
    world.heal()
    return world
