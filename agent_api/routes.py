"""What the process answers: every router, in the order they are looked up. No rule here."""

from fastapi import FastAPI

from agent_api.access import endpoints as access
from agent_api.agents import endpoints as agents
from agent_api.announcements import endpoints as announcements
from agent_api.auth import audit_endpoints, own_endpoints, people_endpoints, role_endpoints
from agent_api.auth import endpoints as auth
from agent_api.bus import Bus
from agent_api.callbacks import endpoints as callbacks
from agent_api.calls import control_endpoints
from agent_api.calls import endpoints as calls
from agent_api.campaigns import endpoints as campaigns
from agent_api.channels import endpoints as contacts
from agent_api.channels import reply_endpoints
from agent_api.channels import ticket_endpoints as ticket_templates
from agent_api.channels.public import endpoints as public_page
from agent_api.compensations import endpoints as compensations
from agent_api.context import Context
from agent_api.credit import endpoints as credit
from agent_api.customer_import import endpoints as customer_imports
from agent_api.customers import blocked, record_endpoints
from agent_api.customers import endpoints as customers
from agent_api.customers import internal as customers_internal
from agent_api.dealers import endpoints as dealers
from agent_api.dealers import internal as dealers_internal
from agent_api.emergency import endpoints as emergencies
from agent_api.emergency import internal as emergency_internal
from agent_api.errors import DeskError
from agent_api.exchange import endpoints as exchange
from agent_api.exchange import peer_endpoints as exchange_peers
from agent_api.identity import internal as identity_internal
from agent_api.intake import Intake
from agent_api.knowledge import editing_endpoints, request_endpoints
from agent_api.knowledge import endpoints as knowledge
from agent_api.knowledge import internal as knowledge_internal
from agent_api.live_socket import router as live_router
from agent_api.menus import endpoints as menus
from agent_api.menus import internal as menus_internal
from agent_api.menus import prompt_endpoints
from agent_api.messages import endpoints as messages
from agent_api.messages import internal as messages_internal
from agent_api.messages.texts import endpoints as message_texts
from agent_api.monitor import endpoints as monitor
from agent_api.observe import observe_router
from agent_api.orders import endpoints as orders
from agent_api.orders import internal as orders_internal
from agent_api.pages import desk_router
from agent_api.planner import endpoints as planner
from agent_api.pool import endpoints as pool
from agent_api.pool import item_endpoints as pool_items
from agent_api.reasons import endpoints as reasons
from agent_api.recordings import endpoints as recordings
from agent_api.recordings import export_endpoints as recording_exports
from agent_api.routing import endpoints as routing
from agent_api.scripts import endpoints as scripts
from agent_api.stats import endpoints as stats
from agent_api.supervision import endpoints as supervision
from agent_api.supervision import floor_endpoints
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


def add(app: FastAPI, context: Context, bus: Bus, intake: Intake) -> None:
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
        message_texts.router,
        recordings.router,
        recording_exports.router,
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
