"""Limits and thresholds a centre sets for itself: never longer than the centre above allows."""
