"""What every command carries."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from acd.contracts.ids import AgentId

AGENT_NUMBER = r"^[0-9]{4,6}$"
DIALLED_NUMBER = r"^[0-9]{3,15}$"


class CommandBase(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    command_id: UUID
    not_after: AwareDatetime


class AgentCommand(CommandBase):
    """`by`: the supervisor who asked for it; empty when the agent did."""

    agent_id: AgentId = Field(pattern=AGENT_NUMBER)
    by: str = Field(default="", pattern=r"^([0-9]{4,6})?$")
