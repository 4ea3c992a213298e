"""Tickets that move between centres: inbox and outbox, copies at several installations, the link between them."""
