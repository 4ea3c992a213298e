"""One Asterisk node as the core sees it: in step with us or not, and what was missed there."""

from dataclasses import dataclass, field
from datetime import datetime

from acd.contracts.ids import CallId, ChannelName, NodeName


@dataclass(slots=True)
class Node:
    name: NodeName
    synced: bool = False
    """True between a finished resync and the loss of the link: only then may actions be sent."""
    blind_since: datetime | None = None
    """Since when we may have missed what happened there."""
    gone: set[ChannelName] = field(default_factory=set)
    """Channels that went while the resync was under way."""
    heard: bool = False
    """What lives there was learnt since our start, or that nothing does."""
    given_up: set[CallId] = field(default_factory=set)
    """Calls closed because the node was out of reach: if it tells of their end one day, that is no news."""
