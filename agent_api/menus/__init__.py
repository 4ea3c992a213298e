"""Menu trees per centre: drafts, published versions, roll-back, and the prompts they can name."""
