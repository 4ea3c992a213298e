"""What the desk sends to change an agent's state."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from acd.contracts.vocabulary import PauseReason


class Pause(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "break"}]})

    reason: Literal[
        PauseReason.BREAK,
        PauseReason.TRAINING,
        PauseReason.MEETING,
        PauseReason.MEAL,
        PauseReason.QUALITY,
        PauseReason.BACK_OFFICE,
        PauseReason.SYSTEM,
    ]


class Done(BaseModel):
    """The ACD did it. What the agent's state is now comes over the live connection."""

    ok: Literal[True] = True
