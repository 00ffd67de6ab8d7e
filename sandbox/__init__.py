"""The house next door: a small Slack of our own that speaks Slack's wire and knows nothing of its guests."""
