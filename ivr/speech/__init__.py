"""Speaking values: a value becomes a tuple of prompt ids, in Chinese or English. Pure; plays nothing."""
