"""Who works here and what they may do: accounts, sessions, permissions, audit."""
