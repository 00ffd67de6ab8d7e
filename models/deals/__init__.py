"""A deal's life: proposed, countered, approved, won, delivered; or one of the other ends."""
