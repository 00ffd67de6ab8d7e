"""The monthly S&OP cycle: its standing, reviews, page, decisions and files."""
