"""The published language: events, commands, topics and dialplan names shared by all three processes.

Rests on pydantic and the standard library alone, so that importing it pulls in nothing else.
"""
