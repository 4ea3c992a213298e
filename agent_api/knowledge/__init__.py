"""The knowledge base: articles in versions with approval, search, what was not found, and what the menu speaks."""
