"""The waiting room: a caller's stay in it, what he is told, and how he meets an agent. Whom: `acd.core.routing`."""
