"""Customers from tables (CSV, XLSX): checked row by row, loaded, and what was wrong given back as a table."""
