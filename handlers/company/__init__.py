"""The company in Slack: what is sold, what it takes, who buys; one by one, or as a spreadsheet."""
