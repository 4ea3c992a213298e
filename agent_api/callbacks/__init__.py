"""Promises to call back, and callers who gave up."""
