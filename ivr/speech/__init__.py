"""Speaking values in Chinese: a value becomes a tuple of prompt ids. Pure; plays nothing."""
