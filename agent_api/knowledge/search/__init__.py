"""Full-text search for Chinese, in memory: the same with SQLite and PostgreSQL."""
