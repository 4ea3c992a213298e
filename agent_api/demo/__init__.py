"""Invented data for a first look: people, bills, past calls. Nothing here is a real person or number in use."""
