"""How patient the exchange between installations is. Part of the process's settings."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from agent_api.exchange.schedule import DEFAULT_RETRIES


class ExchangeSettings(BaseModel):
    model_config = ConfigDict(frozen=True)

    retries: tuple[timedelta, ...] = DEFAULT_RETRIES
    """Pauses before a message that got no answer is tried again; after the last one it is a dead letter."""
    deadline: timedelta = timedelta(seconds=10)
    """Within which a peer must answer."""
    every: timedelta = timedelta(seconds=0.5)
    """How often it is looked for something to carry."""
