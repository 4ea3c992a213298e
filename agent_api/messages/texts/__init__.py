"""The words a centre sets for messages the system writes by itself; the product's own are in templates.toml."""
