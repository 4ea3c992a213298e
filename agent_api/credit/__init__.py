"""Credit information (信用信息): what a customer may owe, how the account stands, and every change of it."""
