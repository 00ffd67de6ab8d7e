"""What the company sells and what that takes: offers, resources, and counting what is free."""
