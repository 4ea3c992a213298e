"""A day's traffic, simulated: the routing engine that serves callers, driven by chance instead of telephones."""
