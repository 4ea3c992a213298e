"""The menus as plain code: generators that yield steps and are sent answers. Pure: no I/O, no clock, no randomness."""
