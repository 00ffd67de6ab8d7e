"""The building: what runs, with what, and when."""
