"""Capacity: the coming weeks, a week to adjust, a file to import."""
