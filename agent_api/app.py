"""The composition root: every part is made and joined here, and nowhere else."""

import asyncio
import shlex
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog
from fastapi import FastAPI

from agent_api import errors, housekeeping, routes
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.agents.presence import DeskPresence
from agent_api.announcements.service import NoticeBoard
from agent_api.announcer import Announcer
from agent_api.auth import role_bounds
from agent_api.auth.denials import note_denial
from agent_api.auth.passwords import Passwords
from agent_api.auth.reception import Reception
from agent_api.auth.roles import SHIPPED
from agent_api.bus import Bus
from agent_api.channels.office import ContactOffice
from agent_api.context import Context
from agent_api.crm.desk import CustomerDesk
from agent_api.crm.embedded import EmbeddedCustomers
from agent_api.crm.port import CustomerPort
from agent_api.crm.tmf import TmfCustomers
from agent_api.customer_import.service import ImportDesk
from agent_api.customers.embedded_billing import EmbeddedBilling
from agent_api.db import Database
from agent_api.exchange.carrier import Carrier
from agent_api.exchange.http_link import HttpLink
from agent_api.exchange.metrics import ExchangeMetrics
from agent_api.exchange.office import Office
from agent_api.identity.embedded import EmbeddedIdentity
from agent_api.inbox import Inbox
from agent_api.intake import Intake, together
from agent_api.knowledge.search.engine import ArticleSearch
from agent_api.live import Hub
from agent_api.live_rights import RightsWatch
from agent_api.messages.aftermath import MessageAftermath
from agent_api.messages.post_office import PostOffice
from agent_api.middleware import Surroundings
from agent_api.observe import Metrics
from agent_api.orders.fulfilment import EmbeddedFulfilment
from agent_api.reader import Reader
from agent_api.reasons.service import ReasonBook
from agent_api.recordings.access import Listeners
from agent_api.recordings.aftermath import RecordingAftermath
from agent_api.recordings.library import Library
from agent_api.recordings.metrics import RecordingMetrics
from agent_api.recordings.store import Vault
from agent_api.recordings.worker import RecordingWorker
from agent_api.recovery import Recovery
from agent_api.routing.keeper import RoutingKeeper
from agent_api.settings import Settings
from agent_api.speech.engines import available
from agent_api.speech.store import SpeechStore
from agent_api.speech.worker import SpeechWorker
from agent_api.supervision.notices import NoticeTeller

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, passwords: Passwords | None = None
) -> FastAPI:
    """The process as an ASGI application. The bus is connected while it runs."""
    role_bounds.check(SHIPPED)
    metrics, board = Metrics(), Board()
    db = Database(settings.database_url)
    inbox = Inbox()
    bus = Bus(settings.broker, settings.consumer, inbox.put)
    commands = CommandDesk(bus.send, settings.command_timeout)
    # Milliseconds since 1970: ids given before a restart are always smaller than those after it.
    hub = Hub(board, metrics, first_id=int(clock().timestamp() * 1000))
    hasher = passwords or Passwords()
    presence = DeskPresence(db, commands, board, clock, settings.consumer)
    billing = EmbeddedBilling(db, hasher, clock, settings.zone, settings.ended_products)
    context = Context(
        settings=settings,
        db=db,
        passwords=hasher,
        reception=Reception(db),
        billing=billing,
        identity=EmbeddedIdentity(db, hasher),
        fulfilment=EmbeddedFulfilment(db),
        commands=commands,
        presence=presence,
        rights=RightsWatch(db, hub, presence, clock),
        board=board,
        hub=hub,
        metrics=metrics,
        clock=clock,
        speech=SpeechStore(settings.prompts_folder),
        notices=NoticeBoard(settings.zone),
        post_office=PostOffice(settings.messages, settings.home_folder, db, commands, settings.zone, clock),
        notices_told=NoticeTeller(db, hub, board, clock),
        recordings=_library(settings, db, clock, metrics),
        articles=ArticleSearch(),
        reasons=ReasonBook(),
        routing=RoutingKeeper(db, commands, board, settings.queues_file, clock),
        contacts=ContactOffice(settings, db, clock),
        exchange=_exchange(settings, db, clock, metrics, hub),
        imports=ImportDesk(db, clock),
        customers=_customers(settings, db, billing, clock),
    )
    speech = SpeechWorker(context.speech, available(shlex.split(settings.speech_command)))
    recovery = Recovery(db, bus, metrics, clock, settings.replay_timeout, settings.replay_attempts)
    announcer = Announcer(db, hub, board, commands, clock, context.routing.heard)
    aftermath = together(MessageAftermath(settings.messages.survey_by_sms, clock), RecordingAftermath(clock))
    intake = Intake(settings, db, Reader(bus, metrics), recovery, announcer, metrics, clock, aftermath)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        jobs = [
            asyncio.create_task(bus.run(intake.catch_up), name="bus"),
            asyncio.create_task(intake.run_events(inbox), name="events"),
            asyncio.create_task(intake.run_states(inbox), name="states"),
            asyncio.create_task(recovery.watch(), name="recovery"),
            asyncio.create_task(speech.run(), name="speech"),
            asyncio.create_task(context.post_office.run(), name="SMS centre"),
            *(asyncio.create_task(job.run(), name=job.name) for job in housekeeping.jobs(context)),
        ]
        for job in jobs:
            job.add_done_callback(_tell_if_it_died)
        try:
            yield
        finally:
            await context.presence.end()
            await bus.say_goodbye()
            await _end(jobs)
            await context.exchange.link.close()
            await context.customers.close()
            await db.close()

    app = FastAPI(
        title="Hotline desk API",
        version="1.0.0",
        description="Calls, tickets, customers, figures and live events of a telecom operator's contact centre.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.context = context
    app.add_middleware(Surroundings, metrics=metrics)
    errors.install(app, note_denial)
    routes.add(app, context, bus, intake)
    return app


def _customers(
    settings: Settings, db: Database, billing: EmbeddedBilling, clock: Callable[[], datetime]
) -> CustomerDesk:
    elsewhere = settings.crm.kind == "tmf"
    port: CustomerPort = EmbeddedCustomers(db, billing, clock, settings.zone)
    if elsewhere:
        port = TmfCustomers(settings.crm)
    return CustomerDesk(db, port, billing, clock, elsewhere)


def _library(settings: Settings, db: Database, clock: Callable[[], datetime], metrics: Metrics) -> Library:
    vault, figures = Vault(settings.recordings), RecordingMetrics(metrics.registry)
    worker = RecordingWorker(db, vault, settings.recordings, clock, figures)
    return Library(vault, Listeners(clock), figures, worker)


def _exchange(settings: Settings, db: Database, clock: Callable[[], datetime], metrics: Metrics, hub: Hub) -> Office:
    link, figures = HttpLink(settings.exchange.deadline, clock), ExchangeMetrics(metrics.registry)
    return Office(link, figures, Carrier(db, link, settings.exchange, clock, figures, hub))


async def _end(jobs: "list[asyncio.Task[None]]") -> None:
    """Asks again until they are gone: the wait_for inside aiomqtt can swallow a cancellation (Python 3.11)."""
    while running := [job for job in jobs if not job.done()]:
        for job in running:
            job.cancel()
        await asyncio.wait(running, timeout=1)


def _tell_if_it_died(job: "asyncio.Task[None]") -> None:
    if not job.cancelled() and (error := job.exception()) is not None:
        log.error("a background job died", job=job.get_name(), exc_info=error)
