"""The Asterisk nodes: links, what is alive after a gap, what was missed meanwhile, the lease."""
