"""Agent life: sign in, ready, pause, skills, and the desk that went or came back."""

from typing import Literal

from pydantic import Field

from acd.contracts.commands.base import AgentCommand
from acd.contracts.ids import QueueName
from acd.contracts.vocabulary import Device, PauseReason


class LoginAgent(AgentCommand):
    """Sign an agent in (state paused/system until `ReadyAgent`, or ready at once if `ready`).

    A sign-in from another desk (`session`) moves the agent there: state, call and seniority stay.
    """

    type: Literal["agent.login"] = "agent.login"
    name: str = Field(default="", max_length=40)
    center_id: str = Field(default="", max_length=20)
    queues: tuple[QueueName, ...]
    skills: dict[str, int] = Field(default_factory=dict)
    """Skill to level, 1 (beginner) to 9."""
    ready: bool = False
    session: str = Field(default="", max_length=40)
    """Which desk speaks for the agent; empty: not said, no desk is watched."""
    devices: tuple[Device, ...] = (Device.BROWSER, Device.PHONE)
    """What rings for the agent, all at once."""


class LogoutAgent(AgentCommand):
    type: Literal["agent.logout"] = "agent.logout"


class ReadyAgent(AgentCommand):
    """Take calls. Ends a pause, or the wrap-up."""

    type: Literal["agent.ready"] = "agent.ready"


class PauseAgent(AgentCommand):
    """Take no calls. During a call it takes effect when the call and its wrap-up are over."""

    type: Literal["agent.pause"] = "agent.pause"
    reason: PauseReason


class WrapUpAgent(AgentCommand):
    """More or less time for the wrap-up going on: it ends `seconds` from now."""

    type: Literal["agent.wrap_up"] = "agent.wrap_up"
    seconds: int = Field(ge=0, le=1800)


class AssignAgent(AgentCommand):
    """Queues and skills from now on, also of an agent in a call; of one who is not signed in: refused."""

    type: Literal["agent.assign"] = "agent.assign"
    queues: tuple[QueueName, ...]
    skills: dict[str, int] = Field(default_factory=dict)


class DeskLost(AgentCommand):
    """The agent's desk is gone (socket closed, no sign of life). `session` must be the one signed in."""

    type: Literal["agent.desk_lost"] = "agent.desk_lost"
    session: str = Field(max_length=40)


class DeskBack(AgentCommand):
    """The agent's desk is there again: a kept caller is given back."""

    type: Literal["agent.desk_back"] = "agent.desk_back"
    session: str = Field(max_length=40)
