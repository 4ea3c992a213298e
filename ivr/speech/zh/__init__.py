"""Mandarin: how values are put into clips."""
