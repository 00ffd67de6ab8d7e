"""Sales and operations planning: what sales believe will sell against what the business will supply, month by month."""
