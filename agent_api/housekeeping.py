"""What the process does by itself, in one list: each job with how often it comes round."""

from datetime import timedelta

from agent_api.access.teller import AlarmTeller
from agent_api.agents.presence import RENEWED_EVERY
from agent_api.compensations.booker import CompensationBooker
from agent_api.context import Context
from agent_api.credit.watch import CreditWatch
from agent_api.emergency.importer import EmergencyImporter
from agent_api.emergency.restores import RestoreWatch
from agent_api.identity.tidy import ProofTidier
from agent_api.jobs import Job
from agent_api.menus.keeper import MenuKeeper
from agent_api.orders.cashier import Cashier
from agent_api.orders.worker import OrderWorker
from agent_api.pool.keeper import PoolKeeper
from agent_api.recordings.retention import RecordingPurge
from agent_api.recordings.strays import StrayRecordings
from agent_api.tickets.alerts import AlertTeller
from agent_api.tickets.left_messages import LeftMessages
from agent_api.tickets.watch import ClockWatch
from agent_api.trouble_tickets.sender import HubSender
from agent_api.visits.planner import VisitPlanner
from agent_api.worklists.mentions import MentionTeller


def jobs(context: Context) -> tuple[Job, ...]:
    settings = context.settings
    importer = EmergencyImporter(
        context.db, settings.emergency_folder, settings.attachments_folder, context.clock, settings.zone
    )
    left = LeftMessages(context.db, settings.messages_folder, settings.attachments_folder, context.clock, settings.zone)
    orders = OrderWorker(context.db, context.fulfilment, context.clock, settings.zone)
    cashier = Cashier(context.db, context.billing, context.clock, settings.zone)
    pool = PoolKeeper(context.db, context.clock)
    watch = ClockWatch(context.db, context.clock)
    alerts = AlertTeller(context.db, context.hub, context.clock)
    restores = RestoreWatch(context.db, context.billing, context.clock, settings.zone)
    menus = MenuKeeper(context.db, context.clock)
    proofs = ProofTidier(context.db, context.clock, settings.zone)
    hub = HubSender(context.db, settings.trouble_tickets, context.clock)
    alarms = AlarmTeller(context.db, context.hub)
    kept, library = settings.recordings, context.recordings
    strays = StrayRecordings(context.db, kept.spools, context.clock)
    purge = RecordingPurge(context.db, library.vault, kept.keep_days, context.clock, library.metrics)
    booker = CompensationBooker(context.db, context.billing, context.clock)
    credit = CreditWatch(context.db, context.billing, context.clock, settings.zone)
    visits = VisitPlanner(context.db, context.clock, settings.zone)
    told = MentionTeller(context.db, context.hub, context.clock)
    return (
        Job("send messages", timedelta(seconds=0.5), context.post_office.sender.work),
        Job("publish menus when it is time", timedelta(seconds=1), menus.look),
        Job("tell the ACD the table of queues", timedelta(seconds=2), context.routing.look),
        Job("let open desks see what they may", timedelta(seconds=1), context.rights.look),
        Job("watch open desks", RENEWED_EVERY, context.presence.look),
        Job("show supervisors' notices", timedelta(seconds=1), context.notices_told.look),
        Job("tell supervisors who looked", timedelta(seconds=1), alarms.look),
        Job("tell other systems of tickets", timedelta(seconds=1), hub.look),
        Job("tell who was mentioned", timedelta(seconds=1), told.look),
        Job("tidy imports of customers", timedelta(minutes=10), context.imports.tidy),
        Job("end emergency restores", timedelta(seconds=30), restores.look),
        Job("import emergency reports", timedelta(seconds=10), importer.look),
        Job("take over left voice messages", timedelta(minutes=1), left.look),
        Job("carry out orders", timedelta(seconds=2), orders.look),
        Job("forget old codes and wrong tries", timedelta(hours=1), proofs.look),
        Job("charge fees of orders", timedelta(seconds=10), cashier.look),
        Job("tidy orders", timedelta(minutes=10), orders.tidy),
        Job("watch tickets' clocks", timedelta(seconds=15), watch.look),
        Job("free what nobody works on", timedelta(seconds=30), pool.look),
        Job("book compensations", timedelta(seconds=10), booker.look),
        Job("plan visits to customers", timedelta(seconds=5), visits.look),
        Job("compare debts with credit limits", timedelta(minutes=30), credit.look, at_once=False),
        Job("watch the backlog of the pool", timedelta(minutes=1), pool.alarm),
        Job("show alerts of tickets", timedelta(seconds=1), alerts.look),
        Job("tidy alerts of tickets", timedelta(hours=1), watch.tidy),
        Job("put recordings away", timedelta(seconds=2), library.worker.look),
        Job("look for stray recordings", timedelta(minutes=1), strays.look),
        Job("delete old recordings", timedelta(hours=1), purge.look),
        Job("carry tickets between centres", settings.exchange.every, context.exchange.carrier.look),
        Job("delete pages of old faxes", timedelta(hours=1), context.post_office.fax.tidy),
        *context.contacts.jobs(),
    )
