"""Who looks at customers' records without a reason anybody can see, and who is told."""
