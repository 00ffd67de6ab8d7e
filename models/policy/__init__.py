"""Who must agree to a deal: rules as data, and whom they ask. Pure: no rows, no session."""
