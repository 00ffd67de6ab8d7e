"""Tables as people and ERPs write them, read into the fields that Belay knows; and how they were read."""
