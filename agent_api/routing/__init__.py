"""The table of queues in versions: checked, published to the ACD, rolled back."""
