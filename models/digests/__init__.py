"""What is posted by itself: schedules, contents, the scoreboard."""
