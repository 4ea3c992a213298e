"""Pure decisions: facts in, effects out. Knows no wire, clock or store."""
