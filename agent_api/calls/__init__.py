"""Calls: what happened to each, and the agent's wrap-up."""
