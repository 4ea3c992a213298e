"""Dunning: who is called about a debt, when, and what came of it."""
