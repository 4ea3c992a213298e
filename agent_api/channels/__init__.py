"""Written contacts: web form, e-mail, fax, letters, counter. Each becomes an interaction and, registered, a ticket."""
