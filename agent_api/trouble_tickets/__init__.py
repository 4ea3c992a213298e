"""Trouble tickets for other systems: TM Forum's TMF621 v4, served. Its clients, its words, and who is told of what."""
