"""Lists of tickets for the desk: saved views, search, bulk acts, export, mentions. What tickets are is tickets/."""
