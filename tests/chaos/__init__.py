"""The real command with dying processes, a failing Slack and a restarting database: `make chaos`."""
