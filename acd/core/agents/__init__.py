"""The agents: presence, their day, their telephones, and the caller who is kept when a telephone vanishes."""
