"""E-mail in: the mailbox (IMAP), reading mails safely, and what becomes of each."""
