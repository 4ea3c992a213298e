"""Visits (回访): customers asked afterwards whether a matter is settled; planned by rules, called, recorded."""
