"""Agents at work: their present state, the commands they give, and how long they were in which state."""
