"""What is posted by itself: schedules, digests, the scoreboard."""
