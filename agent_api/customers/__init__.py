"""Subscribers, their products and bills, and the port to the billing system."""
