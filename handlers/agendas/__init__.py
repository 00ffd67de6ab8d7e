"""What waits for a person: reminders and App Home."""
