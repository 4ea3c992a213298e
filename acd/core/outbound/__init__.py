"""Calls we make: dunning with its gate, and faxes. Promised calls back are in `acd.core.callbacks`."""
