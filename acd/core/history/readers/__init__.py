"""What each AMI event means, one table for all: event name in lower case to the function that reads it."""

from collections.abc import Callable

from acd.core.history.events import AmiEvent
from acd.core.history.readers import bridges, channels, dials, queues, transfers
from acd.core.history.story import Story

READERS: dict[str, Callable[[Story, AmiEvent], None]] = {
    **channels.READERS,
    **dials.READERS,
    **bridges.READERS,
    **queues.READERS,
    **transfers.READERS,
}
