"""What the centre writes to customers by itself: SMS, e-mail, fax, post, telephone; retries, fallbacks, receipts."""
