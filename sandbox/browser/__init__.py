"""The browser page: the small Slack as a chat client, rendered here and kept up to date by fragments."""
