"""From the outbox to Slack."""
