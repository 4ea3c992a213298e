"""What one running process is made of, as one value. Built in app.py, handed to endpoints; holds no logic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from agent_api.agents.board import Board
from agent_api.agents.commands import CommandDesk
from agent_api.agents.presence import DeskPresence
from agent_api.announcements.service import NoticeBoard
from agent_api.auth.passwords import Passwords
from agent_api.auth.reception import Reception
from agent_api.auth.rules import LockoutPolicy
from agent_api.auth.signing_in import Rules
from agent_api.channels.office import ContactOffice
from agent_api.crm.desk import CustomerDesk
from agent_api.customer_import.service import ImportDesk
from agent_api.customers.billing import BillingPort
from agent_api.db import Database
from agent_api.exchange.office import Office
from agent_api.identity.port import IdentityPort
from agent_api.knowledge.search.engine import ArticleSearch
from agent_api.live import Hub
from agent_api.live_rights import RightsWatch
from agent_api.messages.post_office import PostOffice
from agent_api.observe import Metrics
from agent_api.orders.fulfilment import FulfilmentPort
from agent_api.reasons.service import ReasonBook
from agent_api.recordings.library import Library
from agent_api.routing.keeper import RoutingKeeper
from agent_api.settings import Settings
from agent_api.speech.store import SpeechStore
from agent_api.supervision.notices import NoticeTeller

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Context:
    settings: Settings
    db: Database
    passwords: Passwords
    reception: Reception
    billing: BillingPort
    identity: IdentityPort
    fulfilment: FulfilmentPort
    commands: CommandDesk
    presence: DeskPresence
    board: Board
    hub: Hub
    rights: RightsWatch
    metrics: Metrics
    clock: Clock
    speech: SpeechStore
    notices: NoticeBoard
    post_office: PostOffice
    notices_told: NoticeTeller
    recordings: Library
    routing: RoutingKeeper
    imports: ImportDesk
    customers: CustomerDesk
    articles: ArticleSearch
    contacts: ContactOffice
    exchange: Office
    reasons: ReasonBook

    @property
    def today(self) -> date:
        """The centre's local day."""
        return self.clock().astimezone(self.settings.zone).date()

    @property
    def sign_in_rules(self) -> Rules:
        settings = self.settings
        return Rules(
            settings.session_length, settings.sessions_per_person, settings.second_factor_roles, settings.idle_lock
        )

    @property
    def lockout(self) -> LockoutPolicy:
        settings = self.settings
        return LockoutPolicy(settings.lockout_failures, settings.lockout_window, settings.lockout_length)
