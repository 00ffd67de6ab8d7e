"""Deals that want the same capacity, decided together."""
