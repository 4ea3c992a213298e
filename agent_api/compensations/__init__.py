"""Compensations: from the flag on a ticket to money on the customer's account, decided by two people."""
