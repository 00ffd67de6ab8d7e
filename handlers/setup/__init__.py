"""Setting a workspace up."""
