"""Deals: the form, the card, the buttons of both sides, words in threads."""
