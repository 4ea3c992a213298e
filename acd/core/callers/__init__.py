"""Who called: the way through the house, the trip to the password menu, what is remembered of a number."""
