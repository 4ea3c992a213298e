"""Notices a centre switches on for a while: mass faults, settlement days, holidays."""
