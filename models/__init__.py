"""The firm itself: rows, rules, the promise, the plan. Knows neither Slack nor the clock."""
