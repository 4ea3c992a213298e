"""Proof of who a caller is: service passwords, codes by text message, the last six of the identity card."""
