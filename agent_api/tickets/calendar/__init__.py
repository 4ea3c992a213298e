"""Working days: the state's calendar, a centre's own exceptions, and limits that count in them."""
