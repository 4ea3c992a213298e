"""Tickets: complaints and consultations, from acceptance to archive."""
