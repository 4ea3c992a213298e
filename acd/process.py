"""The acd process put together: world, journal, links, bus, health page; started and drained in order."""

import asyncio
import gc
import logging
import re
import signal
from collections.abc import Iterable, Mapping
from pathlib import Path

import uvloop

from acd.adapters.bus import Bus
from acd.adapters.clock import now
from acd.adapters.journal import Journal, Outgoing, Remembered
from acd.adapters.node_link import NodeLink
from acd.adapters.observe import create_app, create_server
from acd.contracts.vocabulary import AgentState
from acd.core import configuration
from acd.core.callbacks import after_gap
from acd.core.facts import AnyFact, Started
from acd.core.world import World
from acd.pump import Pump
from acd.settings import AcdSettings, NodeSettings, load_table

log = logging.getLogger(__name__)


def run(settings: AcdSettings) -> None:
    """Run until SIGTERM or SIGINT."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings))


async def _serve(settings: AcdSettings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    process = AcdProcess(settings)
    await process.start()
    # What was made for the start stays, and calls leave little garbage: no need to look for it all the time.
    gc.freeze()
    gc.set_threshold(10_000)
    try:
        await stop.wait()
    finally:
        await process.stop()


class AcdProcess:
    """Composition root; tests build it with their own addresses."""

    def __init__(self, settings: AcdSettings) -> None:
        self.settings = settings
        self.world = World(load_table(settings.queues_file), settings.node_names(), now())
        self.world.outside_numbers = re.compile(settings.outside_numbers)
        self._loop = asyncio.get_running_loop()
        self.journal = Journal(settings.journal, settings.journal_events, self._written)
        self.bus = Bus(settings.broker, self._deliver)
        self.pump = Pump(self.world, self.journal, self.bus, settings.trace_folder())
        self.links = [self._link(node) for node in settings.asterisks()]
        self.pump.nodes = {link.node: link for link in self.links}
        self._tasks: list[asyncio.Task[None]] = []

    def _link(self, node: NodeSettings) -> NodeLink:
        return NodeLink(
            node, self._deliver, silence_limit=self.settings.silence_limit, ping_every=self.settings.ping_every
        )

    def _deliver(self, fact: AnyFact) -> None:
        self.pump.deliver(fact)

    def _written(self, messages: list[Outgoing]) -> None:
        self._loop.call_soon_threadsafe(self.bus.post, messages)

    async def start(self) -> None:
        """Bring everything up. Raises OSError or sqlite3.Error when the journal cannot be had."""
        _restore(self.world, self.journal.open())
        self.pump.deliver(Started())
        self.bus.start()
        for link in self.links:
            link.start()
        app = create_app(self.health, self.figures, (self.pump.seconds,))
        self._server = create_server(app, self.settings.observe_host, self.settings.observe_port)
        self._tasks = [asyncio.create_task(self._server.serve()), asyncio.create_task(self.pump.run())]
        log.info("acd is up", extra={"nodes": [link.node for link in self.links], "stream": str(self.pump.stream)})

    async def stop(self) -> None:
        """Let go of the nodes, write and send what is left. Calls go on without us: the lease runs out."""
        for link in self.links:
            await link.stop()
        self.pump.close()
        await asyncio.to_thread(self.journal.close)
        await asyncio.sleep(0)
        await self.bus.stop()
        self._server.should_exit = True
        await self._tasks[0]
        self._tasks[1].cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ---- what the health page shows -----------------------

    def health(self) -> Mapping[str, str]:
        return {
            **{f"asterisk {link.node}": link.detail for link in self.links},
            "bus": self.bus.detail,
            "journal": self.journal.detail,
        }

    def figures(self) -> Iterable[tuple[str, str, Mapping[str, float]]]:
        world = self.world
        states = [agent.state for agent in world.agents.values()]
        calls = [call.state for call in world.calls.values()]
        yield "acd_calls", "Calls by state", {state: float(calls.count(state)) for state in set(calls)}
        yield "acd_agents", "Agents by state", {state: float(states.count(state)) for state in AgentState}
        yield "acd_waiting", "Callers waiting per queue", {q: float(world.room.length(q)) for q in world.queues}
        yield "acd_link_up", "Manager link in step", {link.node: float(link.up) for link in self.links}
        yield "acd_bus_up", "Connected to the broker", {"": float(self.bus.up)}
        yield "acd_facts_total", "Facts handled", {kind: float(count) for kind, count in self.pump.facts.items()}
        yield "acd_crashes_total", "Facts that broke the core", {"": float(self.pump.crashes)}
        yield "acd_inbox", "Facts not handled yet", {"": float(self.pump.backlog())}
        yield "acd_outbox", "Messages not sent yet", {"": float(self.bus.backlog())}
        yield "acd_journal_backlog", "Batches not written yet", {"": float(self.journal.backlog())}
        yield "acd_dropped_messages_total", "Messages the outbox had no room for", {"": float(self.bus.dropped)}
        yield "acd_sent_messages_total", "Messages acknowledged by the broker", {"": float(self.bus.sent)}
        yield "acd_bad_commands_total", "Commands that could not be read", {"": float(self.bus.bad_commands)}
        yield (
            "acd_bad_ami_messages_total",
            "AMI messages skipped",
            {link.node: float(link.bad_messages) for link in self.links},
        )
        yield "acd_skipped_facts_total", "Facts that fitted nothing", {"": float(sum(world.skipped.values()))}


def _restore(world: World, remembered: Remembered) -> None:
    """Put what the last life knew into the world; the resync says what of it is still true."""
    configuration.restore(world, remembered.tables, remembered.closed_queues)
    for call in remembered.calls:
        world.restore_call(call)
    for contact in remembered.contacts:
        world.contacts[contact.number] = contact
    for attempt in remembered.attempts:
        world.attempts[attempt.attempt_id] = attempt
    for promise in remembered.promises:
        after_gap.restored(world, promise)
    for agent in remembered.agents:
        world.restore_agent(agent)
    for node in world.nodes.values():
        node.blind_since = remembered.alive_at


def check(settings: AcdSettings) -> str:
    """Read everything a start would read; returns what would run. Raises as a start would."""
    table = load_table(settings.queues_file)
    folder = settings.journal.parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise NotADirectoryError(Path(folder))
    return f"{len(table.queues)} queues, nodes {', '.join(settings.node_names())}, journal {settings.journal}"
