"""Who must agree to deals: the rules, as an admin keeps them."""
