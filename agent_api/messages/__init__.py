"""What the centre writes to customers by itself: SMS, e-mail, fax, post; retries, fallbacks, receipts."""
