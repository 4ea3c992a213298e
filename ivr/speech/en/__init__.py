"""English: how values are put into clips."""
