"""Commands about the bus itself."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from acd.contracts.commands.base import CommandBase


class ReplayEvents(CommandBase):
    """Publish again what came after `after_seq` of `stream`."""

    type: Literal["sys.replay"] = "sys.replay"
    stream: UUID
    after_seq: int = Field(ge=0)
