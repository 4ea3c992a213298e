"""The ACD itself: answers to commands, links, the table of queues."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from acd.contracts.events.base import Envelope
from acd.contracts.ids import QueueName


class CommandDone(Envelope):
    """Answer to a command: done, or refused with a stable code ("agent.not_logged_in")."""

    type: Literal["command.done"] = "command.done"
    command_id: UUID
    ok: bool
    code: str = Field(default="", max_length=80)


class AcdStarted(Envelope):
    type: Literal["acd.started"] = "acd.started"


class AcdLinkUp(Envelope):
    type: Literal["acd.link_up"] = "acd.link_up"


class AcdLinkDown(Envelope):
    type: Literal["acd.link_down"] = "acd.link_down"
    reason: str = Field(default="", max_length=200)


class RoutingConfigured(Envelope):
    """The table of queues with this version is in force."""

    type: Literal["routing.configured"] = "routing.configured"
    version: int
    by: str = ""


class QueueClosed(Envelope):
    """Closed for new callers, or (closed=false) open again."""

    type: Literal["routing.queue_closed"] = "routing.queue_closed"
    queue: QueueName
    closed: bool
    by: str = ""
