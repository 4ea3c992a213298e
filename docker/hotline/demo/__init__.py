"""An outside world for people without a telephone: customers, debtors and simulated agents around a running hotline."""
