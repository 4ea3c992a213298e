"""A centre's own prompts: recordings and synthesised texts as files Asterisk can play. Never on a call's path."""
