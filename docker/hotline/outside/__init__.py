"""The outside world: a second Asterisk that plays customers, debtors and agents' desk telephones."""
