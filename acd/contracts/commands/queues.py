"""Queues changed while they serve, and promises to call back."""

from typing import Literal

from pydantic import Field

from acd.contracts.commands.base import AGENT_NUMBER, DIALLED_NUMBER, CommandBase
from acd.contracts.ids import CallbackId, CallId, QueueName
from acd.contracts.routing import RoutingTable


class ConfigureRouting(CommandBase):
    """The whole table of queues from now on; callers keep their seniority. An older version is refused."""

    type: Literal["routing.configure"] = "routing.configure"
    table: RoutingTable
    by: str = Field(default="", pattern=r"^([0-9]{4,6})?$")


class CloseQueue(CommandBase):
    """No new callers: they go the queue's way for `closed`. Those waiting are served."""

    type: Literal["routing.close_queue"] = "routing.close_queue"
    queue: QueueName
    closed: bool
    by: str = Field(pattern=AGENT_NUMBER)


class BookCallback(CommandBase):
    """Promise a call: by an agent, the web, or a missed caller's list. From the voice menu it comes as a user event."""

    type: Literal["callback.book"] = "callback.book"
    callback_id: CallbackId = Field(pattern=r"^[A-Za-z0-9-]{1,40}$")
    queue: QueueName
    number: str = Field(pattern=DIALLED_NUMBER)
    call_id: CallId | None = None
    """The call it comes from, whose seniority it takes."""


class CancelCallback(CommandBase):
    type: Literal["callback.cancel"] = "callback.cancel"
    callback_id: CallbackId = Field(pattern=r"^[A-Za-z0-9-]{1,40}$")
    by: str = Field(default="", pattern=r"^([0-9]{4,6})?$")
