"""What every row, rule and text is made of: columns, errors, exact numbers, words, working time."""
