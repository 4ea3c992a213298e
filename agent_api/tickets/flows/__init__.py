"""The state machines of tickets: each a table, its guards and its effects. Pure."""
