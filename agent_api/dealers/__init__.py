"""Dealers: sign-in by code and password, their cards, commission and orders. No customer's data."""
