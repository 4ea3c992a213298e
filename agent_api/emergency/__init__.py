"""Emergency service: stop a lost telephone at once, let it work again, restore a line for a day."""
