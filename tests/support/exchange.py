"""What Asterisk and the dialplan make of the ACD's orders in call control, in small: legs, and who is left.

Only for property tests of the core: real telephones are in tests/telephony. One customer, agents by number.
"""

from dataclasses import dataclass

from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.core import effects, facts
from tests.support.controls import C1, ask
from tests.support.floor import NODE, Floor, phone_channel

CALL = CallId("c1")


@dataclass
class Exchange:
    """`place` of every leg alive: the dialplan's context, or the leg it rings for (`rings`)."""

    floor: Floor

    def __post_init__(self) -> None:
        self.place: dict[ChannelName, str] = {}
        self.rings: dict[ChannelName, ChannelName | None] = {}
        """A leg that rings, and the agent's leg it was dialled by; None: dialled by the customer's."""
        self.asked: dict[ChannelName, ChannelName] = {}
        """Who answered a question, and the agent's leg that asked."""
        self._read = 0

    # ---- people -------------------------------------------

    def customer_comes(self) -> None:
        self.place[C1] = Context.WAITING
        self.floor.waits("c1")
        self.obey()

    def answers(self, leg: ChannelName) -> None:
        by = self.rings.pop(leg)
        self.place[leg] = "up"
        if by is not None:
            self.asked[leg] = by
        for _ in ("picked up", "announced"):
            self._said_by(leg, facts.PhoneAnswered)
        self.obey()

    def declines(self, leg: ChannelName) -> None:
        by = self.rings.pop(leg)
        self._said_by(leg, facts.PhoneFailed, "BUSY")
        self._gone(leg)
        if by is None:
            self._customer_waits()
        else:
            self._rejoins(by)
        self.obey()

    def hangs_up(self, leg: ChannelName) -> None:
        self._end(leg, asked=True)
        self.obey()

    # ---- the ACD ------------------------------------------

    def obey(self) -> None:
        """Do what was ordered since the last time, until nothing more is."""
        while self._read < len(self.floor.effects):
            order = self.floor.effects[self._read]
            self._read += 1
            match order:
                case effects.Hangup():
                    self._end(order.channel, asked=False)
                case effects.Redirect():
                    self._move(order.channel, order.context, order.exten)
                case effects.RedirectPair():
                    self._move_pair(order)
                case _:
                    pass

    def _move(self, leg: ChannelName, context: Context, exten: str) -> None:
        if leg not in self.place:
            return
        if leg == C1:
            self._customer_leaves(context, exten)
        elif context is Context.REJOIN:
            for ringing in [other for other, by in self.rings.items() if by == leg]:
                self.rings.pop(ringing)
                self._gone(ringing)
            self._rejoins(leg)

    def _customer_leaves(self, context: Context, exten: str) -> None:
        """Whoever was joined with the customer and has no other place is hung up by Asterisk."""
        self.place[C1] = context
        for leg in [leg for leg, where in self.place.items() if leg != C1 and where == "up" and leg not in self.asked]:
            if context is not Context.CONFERENCE_CALLER:
                self._gone(leg)
        if context is Context.DELIVER:
            self._dial(exten, None)
        elif context is Context.WAITING:
            self._customer_waits()

    def _move_pair(self, order: effects.RedirectPair) -> None:
        self.place[order.channel], self.place[order.other] = order.context, order.other_context
        if order.other_context is Context.CONSULT:
            self._dial(order.other_exten, order.other)
        self.asked.pop(order.other, None)

    def _dial(self, agent: str, by: ChannelName | None) -> None:
        leg = phone_channel(agent)
        if leg in self.place or leg in self.rings:  # no second call on this telephone
            self._customer_waits() if by is None else self._rejoins(by)
            return
        self.rings[leg] = by
        self.floor.opens_phone(agent)
        self._said_by(leg, facts.PhoneDialled)

    # ---- legs ---------------------------------------------

    def _end(self, leg: ChannelName, *, asked: bool) -> None:
        if leg in self.rings:
            by = self.rings.pop(leg)
            self._gone(leg)
            if by is not None:
                self._rejoins(by)
            elif C1 in self.place:
                self._customer_waits()
        elif leg in self.place:
            self._leave(leg, asked=asked)

    def _leave(self, leg: ChannelName, *, asked: bool) -> None:
        where = self.place.pop(leg)
        self._told_gone(leg, asked=asked)
        if leg == C1:
            for other in [*self.place, *self.rings]:
                if self.place.get(other) in ("up", Context.REJOIN, Context.CONFERENCE) or self.rings.get(other) is None:
                    self._gone(other)
        elif where == Context.CONSULT:
            self._agent_left_the_question(leg)
        elif leg in self.asked:
            self._rejoins(self.asked.pop(leg))
        elif C1 in self.place and (
            where in ("up", Context.REJOIN)
            or (where == Context.CONFERENCE and Context.CONFERENCE not in self.place.values())
        ):
            self.place[C1] = Context.SURVEY

    def _agent_left_the_question(self, agent: ChannelName) -> None:
        for ringing in [other for other, by in self.rings.items() if by == agent]:
            self.rings.pop(ringing)
            self._gone(ringing)
        for other in [other for other, by in self.asked.items() if by == agent]:
            del self.asked[other]  # cc-consulted: joined with the customer

    def _rejoins(self, agent: ChannelName) -> None:
        if agent in self.place:
            self.place[agent] = Context.REJOIN
            self.floor.tell(facts.AgentRejoined(self.floor.now, NODE, CALL, agent))

    def _customer_waits(self) -> None:
        if C1 in self.place:
            self.place[C1] = Context.WAITING
            self.floor.waits("c1")

    def _gone(self, leg: ChannelName) -> None:
        self.place.pop(leg, None)
        self.rings.pop(leg, None)
        self.asked.pop(leg, None)
        self._told_gone(leg, asked=False)

    def _told_gone(self, leg: ChannelName, *, asked: bool) -> None:
        agent = None if leg == C1 else AgentId(leg[6:10])
        head = (self.floor.now, NODE, leg, f"n1-{leg}", CALL, agent)
        if asked:
            self.floor.tell(facts.HangupAsked(*head))
        self.floor.tell(facts.LegGone(*head, 16))

    def _said_by(self, leg: ChannelName, kind: type[facts.PhoneFact], *more: str) -> None:
        self.floor.tell(kind(self.floor.now, NODE, AgentId(leg[6:10]), leg, CALL, *more))

    def command(self, kind: str, agent: str, **fields: object) -> str:
        code = ask(self.floor, kind, agent=agent, **fields)
        self.obey()
        return code
