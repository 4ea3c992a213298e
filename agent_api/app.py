"""The composition root: every part is made and joined here, and nowhere else."""

import asyncio
import shlex
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog
from fastapi import FastAPI

from agent_api import errors, housekeeping
from agent_api.access import endpoints as access
from agent_api.agents import endpoints as agents
from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.agents.presence import DeskPresence
from agent_api.announcements import endpoints as announcements
from agent_api.announcements.service import NoticeBoard
from agent_api.announcer import Announcer
from agent_api.auth import audit_endpoints, own_endpoints, people_endpoints, role_bounds, role_endpoints
from agent_api.auth import endpoints as auth
from agent_api.auth.denials import note_denial
from agent_api.auth.passwords import Passwords
from agent_api.auth.roles import SHIPPED
from agent_api.bus import Bus
from agent_api.callbacks import endpoints as callbacks
from agent_api.calls import control_endpoints
from agent_api.calls import endpoints as calls
from agent_api.campaigns import endpoints as campaigns
from agent_api.channels import endpoints as contacts
from agent_api.channels import reply_endpoints
from agent_api.channels import ticket_endpoints as ticket_templates
from agent_api.channels.office import ContactOffice
from agent_api.channels.public import endpoints as public_page
from agent_api.compensations import endpoints as compensations
from agent_api.context import Context
from agent_api.credit import endpoints as credit
from agent_api.crm.desk import CustomerDesk
from agent_api.crm.embedded import EmbeddedCustomers
from agent_api.crm.port import CustomerPort
from agent_api.crm.tmf import TmfCustomers
from agent_api.customer_import import endpoints as customer_imports
from agent_api.customer_import.service import ImportDesk
from agent_api.customers import blocked, record_endpoints
from agent_api.customers import endpoints as customers
from agent_api.customers import internal as customers_internal
from agent_api.customers.embedded_billing import EmbeddedBilling
from agent_api.db import Database
from agent_api.dealers import endpoints as dealers
from agent_api.dealers import internal as dealers_internal
from agent_api.emergency import endpoints as emergencies
from agent_api.emergency import internal as emergency_internal
from agent_api.errors import DeskError
from agent_api.exchange import endpoints as exchange
from agent_api.exchange import peer_endpoints as exchange_peers
from agent_api.exchange.carrier import Carrier
from agent_api.exchange.http_link import HttpLink
from agent_api.exchange.metrics import ExchangeMetrics
from agent_api.exchange.office import Office
from agent_api.identity import internal as identity_internal
from agent_api.identity.embedded import EmbeddedIdentity
from agent_api.inbox import Inbox
from agent_api.intake import Intake, together
from agent_api.knowledge import editing_endpoints, request_endpoints
from agent_api.knowledge import endpoints as knowledge
from agent_api.knowledge import internal as knowledge_internal
from agent_api.knowledge.search.engine import ArticleSearch
from agent_api.live import Hub
from agent_api.live_socket import router as live_router
from agent_api.menus import endpoints as menus
from agent_api.menus import internal as menus_internal
from agent_api.menus import prompt_endpoints
from agent_api.messages import endpoints as messages
from agent_api.messages import internal as messages_internal
from agent_api.messages.aftermath import MessageAftermath
from agent_api.messages.post_office import PostOffice
from agent_api.middleware import Surroundings
from agent_api.monitor import endpoints as monitor
from agent_api.observe import Metrics, observe_router
from agent_api.orders import endpoints as orders
from agent_api.orders import internal as orders_internal
from agent_api.orders.fulfilment import EmbeddedFulfilment
from agent_api.pages import desk_router
from agent_api.planner import endpoints as planner
from agent_api.pool import endpoints as pool
from agent_api.pool import item_endpoints as pool_items
from agent_api.reader import Reader
from agent_api.reasons import endpoints as reasons
from agent_api.reasons.service import ReasonBook
from agent_api.recordings import endpoints as recordings
from agent_api.recordings.access import Listeners
from agent_api.recordings.aftermath import RecordingAftermath
from agent_api.recordings.library import Library
from agent_api.recordings.metrics import RecordingMetrics
from agent_api.recordings.store import Vault
from agent_api.recordings.worker import RecordingWorker
from agent_api.recovery import Recovery
from agent_api.routing import endpoints as routing
from agent_api.routing.keeper import RoutingKeeper
from agent_api.scripts import endpoints as scripts
from agent_api.settings import Settings
from agent_api.speech.engines import available
from agent_api.speech.store import SpeechStore
from agent_api.speech.worker import SpeechWorker
from agent_api.stats import endpoints as stats
from agent_api.supervision import endpoints as supervision
from agent_api.supervision import floor_endpoints
from agent_api.supervision.notices import NoticeTeller
from agent_api.tickets import alert_endpoints as ticket_alerts
from agent_api.tickets import endpoints as tickets
from agent_api.tickets import incident_endpoints as incidents
from agent_api.tickets import internal as tickets_internal
from agent_api.tickets import supervision_endpoints as supervision_orders
from agent_api.tickets.calendar import endpoints as working_days
from agent_api.tickets.thresholds import endpoints as thresholds
from agent_api.trouble_tickets import client_endpoints as api_clients
from agent_api.trouble_tickets import notes as outside_notes
from agent_api.trouble_tickets.endpoints import trouble_ticket_app
from agent_api.trouble_tickets.view import PATH as TROUBLE_TICKETS
from agent_api.visits import endpoints as visits
from agent_api.worklists import endpoints as worklists

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
    billing = EmbeddedBilling(db, hasher, clock, settings.zone, settings.ended_products)
    context = Context(
        settings=settings,
        db=db,
        passwords=hasher,
        billing=billing,
        identity=EmbeddedIdentity(db, hasher),
        fulfilment=EmbeddedFulfilment(db),
        commands=commands,
        presence=DeskPresence(db, commands, board, clock, settings.consumer),
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
    _add_routes(app, context, bus, intake)
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


def _add_routes(app: FastAPI, context: Context, bus: Bus, intake: Intake) -> None:
    async def database() -> str:
        try:
            await context.db.check()
        except DeskError:
            return "the database does not answer"
        return intake.trouble

    async def message_bus() -> str:
        return bus.trouble

    async def acd() -> str:
        return "" if context.board.acd_up else "no sign of life from the acd process on the bus"

    wanted = {
        "acd": acd,
        "recordings": context.recordings.worker.trouble,
        **context.post_office.checks(),
        **context.contacts.checks(),
    }
    app.include_router(observe_router(context.metrics, {"database": database, "bus": message_bus}, wanted))
    app.mount(TROUBLE_TICKETS, trouble_ticket_app(context))
    # A caller waits for the answers to the voice menu's questions: they are looked up first.
    for router in (
        customers_internal.router,
        identity_internal.router,
        tickets_internal.router,
        orders_internal.router,
        emergency_internal.router,
        dealers_internal.router,
        knowledge_internal.router,
        campaigns.internal,
        menus_internal.router,
        messages_internal.router,
        auth.router,
        own_endpoints.router,
        people_endpoints.router,
        role_endpoints.router,
        audit_endpoints.router,
        agents.router,
        callbacks.router,
        calls.router,
        control_endpoints.router,
        floor_endpoints.router,
        supervision.router,
        routing.router,
        planner.router,
        record_endpoints.router,
        customers.router,
        access.router,
        credit.router,
        blocked.router,
        customer_imports.router,
        api_clients.router,
        worklists.router,
        tickets.router,
        ticket_alerts.router,
        incidents.router,
        supervision_orders.router,
        pool.router,
        pool_items.router,
        visits.router,
        emergencies.router,
        compensations.router,
        working_days.router,
        thresholds.router,
        orders.router,
        dealers.router,
        knowledge.router,
        editing_endpoints.router,
        request_endpoints.router,
        reasons.router,
        scripts.router,
        stats.router,
        campaigns.router,
        menus.router,
        prompt_endpoints.router,
        announcements.router,
        messages.router,
        recordings.router,
        contacts.router,
        public_page.router,
        reply_endpoints.router,
        reply_endpoints.template_router,
        ticket_templates.router,
        outside_notes.router,
        monitor.router,
        exchange.router,
        exchange_peers.router,
        live_router,
        desk_router(context.settings.desk_folder),
    ):
        app.include_router(router)


async def _end(jobs: "list[asyncio.Task[None]]") -> None:
    """Asks again until they are gone: the wait_for inside aiomqtt can swallow a cancellation (Python 3.11)."""
    while running := [job for job in jobs if not job.done()]:
        for job in running:
            job.cancel()
        await asyncio.wait(running, timeout=1)


def _tell_if_it_died(job: "asyncio.Task[None]") -> None:
    if not job.cancelled() and (error := job.exception()) is not None:
        log.error("a background job died", job=job.get_name(), exc_info=error)
