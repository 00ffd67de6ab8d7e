"""Pure views: from frozen data to Slack's typed blocks."""
