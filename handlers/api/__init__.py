"""The API: what other tools may ask and do for a person, and how an admin lets them."""
