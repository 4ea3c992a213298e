"""Identifiers. Each is text on the wire and a distinct type in the code."""

from typing import NewType

CallId = NewType("CallId", str)
"""One customer contact by telephone; minted from the first linkedid, carries the node's name ("n1-1763764000.12")."""

ChannelName = NewType("ChannelName", str)
"""Asterisk's name of one leg ("PJSIP/8001-0000002a")."""

AgentId = NewType("AgentId", str)
"""工号: 4 to 6 digits, spoken to the customer before the parties are joined."""

QueueName = NewType("QueueName", str)
AttemptId = NewType("AttemptId", str)
"""One outbound dial, minted by agent_api before the command is sent."""

NodeName = NewType("NodeName", str)
"""One Asterisk node (systemname in asterisk.conf)."""

CallbackId = NewType("CallbackId", str)
"""One promise to call back."""

CenterId = NewType("CenterId", str)
"""A centre of the three tiers ("cn", "js", "js-nj")."""
