"""Three installations with databases of their own inside the test: national, and two provinces that know only it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.models import Center
from agent_api.auth.principal import CenterRef, Principal, system
from agent_api.db import Database
from agent_api.exchange import inbox, service
from agent_api.exchange.carrier import Carrier
from agent_api.exchange.http_link import NoAnswer, PeerAddress
from agent_api.exchange.metrics import ExchangeMetrics
from agent_api.exchange.settings import ExchangeSettings
from agent_api.exchange.ways import Ways
from agent_api.exchange.wire import Ack, Message
from agent_api.tickets import service as tickets
from agent_api.tickets.models import TicketEvent
from agent_api.tickets.service import NewTicket, TicketCase
from agent_api.tickets.words import Act, Happening, TicketType

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 18, 6, tzinfo=UTC)
CENTERS = (
    ("cn", "全国", "N", None), ("js", "江苏", "P", "cn"), ("js-nj", "南京", "C", "js"),
    ("sc", "四川", "P", "cn"), ("sc-cd", "成都", "C", "sc"),
)  # fmt: skip
LEADS: dict[str, dict[str, tuple[str, ...]]] = {
    "north": {"east": ("js", "js-nj"), "west": ("sc", "sc-cd")},
    "east": {"north": ("cn", "sc", "sc-cd")},
    "west": {"north": ("cn", "js", "js-nj")},
}
CODES = {"north": "00", "east": "32", "west": "51"}
NEEDED: dict[Act, dict[str, str]] = {
    Act.ASSIGN: {"leader": "8303"},
    Act.RETURN: {"reason": "WRONG_UNIT"},
    Act.REPLY: {"result": "已处理", "duty_reason": "误开通"},
    Act.ARCHIVE: {"duty_reason": "误开通", "prevention": "核对"},
}


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Broken:
    """A link that loses requests, loses answers, doubles and delays, as the dice say."""

    world: "World"
    own_name: str

    async def post(self, peer: PeerAddress, own_name: str, message: Message) -> Ack:
        assert own_name == self.own_name
        fate = self.world.dice.choice(self.world.fates)
        if fate == "late":
            self.world.late.append((self.own_name, peer.peer_id, message))
        if fate in ("request", "late"):
            raise NoAnswer("exchange.unreachable")
        ack = await self.world.deliver(self.own_name, peer.peer_id, message)
        if fate == "twice":
            assert await self.world.deliver(self.own_name, peer.peer_id, message) == ack
        if fate == "answer":
            raise NoAnswer("exchange.unreachable")
        return ack


@dataclass
class Board:
    """Who is told."""

    dead: list[tuple[str, str]] = field(default_factory=list)

    def work_changed(self, centers: Iterable[str]) -> None: ...

    def dead_letter(self, center_id: str, _ticket_no: str, code: str) -> None:
        self.dead.append((center_id, code))


@dataclass
class Installation:
    name: str
    db: Database
    carrier: Carrier
    board: Board

    async def timeline(self, ticket_no: str) -> list[tuple[object, ...]]:
        async with self.db.read() as session:
            events = (await tickets.case(session, ticket_no)).timeline
        return [_told(each) for each in events]

    async def case(self, ticket_no: str) -> TicketCase:
        async with self.db.read() as session:
            return await tickets.case(session, ticket_no)

    async def send_all_again(self, peer: str, now: datetime) -> int:
        """As a supervisor does who sees the dead letters."""
        seen = frozenset(center_id for center_id, *_ in CENTERS)
        who = Principal("8101", "沈", frozenset({"supervisor"}), CenterRef("cn", "", "N"), seen, (), {}, "zh")
        async with self.db.write() as session:
            return await service.send_all_again(session, peer, who, now)


def _told(event: TicketEvent) -> tuple[object, ...]:
    names = ("seq", "act", "from_state", "to_state", "at", "actor", "center_id", "comment", "data")
    return tuple(getattr(event, name) for name in names)


def leader(center_id: str, *below: str) -> Principal:
    seen = frozenset({center_id, *below})
    return Principal("8102", "韩", frozenset({"supervisor"}), CenterRef(center_id, "", "P"), seen, (), {}, "zh")


@dataclass
class World:
    clock: Clock
    dice: Random
    fates: Sequence[str] = ("whole",)
    late: list[tuple[str, str, Message]] = field(default_factory=list)
    here: dict[str, Installation] = field(default_factory=dict)

    async def build(self, urls: dict[str, str], settings: ExchangeSettings) -> None:
        for name, url in urls.items():
            db, board = Database(url), Board()
            metrics = ExchangeMetrics(CollectorRegistry())
            self.here[name] = Installation(
                name, db, Carrier(db, Broken(self, name), settings, self.clock, metrics, board), board
            )
            async with db.write() as session:
                await found(session, name, self.clock.now)

    async def deliver(self, sender: str, receiver: str, message: Message) -> Ack:
        # Over the wire it is text.
        message = Message.model_validate_json(message.model_dump_json())
        async with self.here[receiver].db.write() as session:
            ways = Ways(await auth.places(session))
            return await inbox.receive(session, sender, message, ways, self.clock.now)

    async def open_ticket(self, name: str, center_id: str, details: Mapping[str, str] = MappingProxyType({})) -> str:
        async with self.here[name].db.write() as session:
            new = NewTicket(
                type=TicketType.COMPLAINT,
                title="多收费",
                description="客户称未订购",
                category="T.CHARGE.2",
                details=details,
            )
            who = await someone(session, center_id)
            return (await tickets.open_case(session, new, None, "13900000001", who, self.clock.now, ZONE)).row.ticket_no

    async def act(self, name: str, center_id: str, ticket_no: str, act: Act, **data: str) -> str:
        """The state afterwards. Raises what the flow says."""
        self.clock.move(minutes=1)
        async with self.here[name].db.write() as session:
            case = await tickets.case(session, ticket_no, for_update=True)
            said = Happening(act, self.clock.now, f"{act} {center_id}", NEEDED.get(act, {}) | data)
            return (await tickets.do(session, case, said, await someone(session, center_id))).row.state

    async def settle(self) -> None:
        """Until everything that can arrive has arrived."""
        for _ in range(8):
            await self.carry()

    async def alike(self, ticket_no: str, *names: str) -> list[tuple[object, ...]]:
        """The one history these installations have of the ticket."""
        found = [await self.here[name].timeline(ticket_no) for name in names]
        assert all(each == found[0] for each in found[1:])
        return found[0]

    async def carry(self) -> None:
        """Everybody who has something to send tries it once; what was late may come now."""
        for each in self.here.values():
            await each.carrier.spread_news()
            await each.carrier.send_due()
        if self.late and self.dice.random() < 0.5:
            await self.deliver(*self.late.pop(self.dice.randrange(len(self.late))))
        self.clock.move(minutes=2)

    async def heal(self) -> None:
        self.fates = ("whole",)
        for each in [each for each in self.here.values() for _ in range(3)]:
            self.clock.move(hours=2)
            for peer in LEADS[each.name]:
                await each.send_all_again(peer, self.clock.now)
            for one in self.here.values():
                await one.carrier.look()

    async def close(self) -> None:
        for each in self.here.values():
            await each.db.close()


async def found(session: AsyncSession, name: str, now: datetime) -> None:
    """Centres, own name and peers of one of the three."""
    for center_id, title, level, parent in CENTERS:
        session.add(Center(center_id=center_id, name=title, level=level, parent_id=parent))
        await session.flush()
    await auth.name_installation(session, name, CODES[name])
    for peer, centers in LEADS[name].items():
        key = "-".join(sorted((name, peer))) + "-key-of-the-tests-key-of-the-tests"
        await service.join(session, peer, f"http://{peer}", key, centers, now)


async def someone(session: AsyncSession, center_id: str) -> Principal:
    return system(await auth.center(session, center_id))
