"""All tables, imported in one place so that the schema tools see them."""

from agent_api.access import models as access
from agent_api.agents import models as agents
from agent_api.announcements import models as announcements
from agent_api.auth import models as auth
from agent_api.callbacks import models as callbacks
from agent_api.calls import models as calls
from agent_api.campaigns import models as campaigns
from agent_api.channels import models as channels
from agent_api.compensations import models as compensations
from agent_api.credit import models as credit
from agent_api.customer_import import models as customer_import
from agent_api.customers import models as customers
from agent_api.db import Base
from agent_api.dealers import models as dealers
from agent_api.documents import models as documents
from agent_api.emergency import models as emergency
from agent_api.eventlog import models as eventlog
from agent_api.exchange import models as exchange
from agent_api.identity import models as identity
from agent_api.knowledge import models as knowledge
from agent_api.menus import models as menus
from agent_api.messages import models as messages
from agent_api.orders import models as orders
from agent_api.pool import models as pool
from agent_api.reasons import models as reasons
from agent_api.recordings import models as recordings
from agent_api.routing import models as routing
from agent_api.scripts import models as scripts
from agent_api.supervision import models as supervision
from agent_api.tickets import models as tickets
from agent_api.trouble_tickets import models as trouble_tickets
from agent_api.visits import models as visits
from agent_api.worklists import models as worklists

__all__ = [
    "access",
    "agents",
    "announcements",
    "auth",
    "callbacks",
    "calls",
    "campaigns",
    "channels",
    "compensations",
    "credit",
    "customer_import",
    "customers",
    "dealers",
    "documents",
    "emergency",
    "eventlog",
    "exchange",
    "identity",
    "knowledge",
    "menus",
    "messages",
    "metadata",
    "orders",
    "pool",
    "reasons",
    "recordings",
    "routing",
    "scripts",
    "supervision",
    "tickets",
    "trouble_tickets",
    "visits",
    "worklists",
]

metadata = Base.metadata
