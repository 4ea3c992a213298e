"""Events as they came from the bus: the inbox, the streams' positions, and what is missing."""
