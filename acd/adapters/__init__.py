"""One thin file per wire: the manager interface, the bus, the journal, the clock, the health page."""
