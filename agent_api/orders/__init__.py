"""Business orders: what may be ordered for a line, its way from acceptance to the result, and who carries it out."""
