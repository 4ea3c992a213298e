"""The recording of a call: what is written now, and what agents may do with it."""
