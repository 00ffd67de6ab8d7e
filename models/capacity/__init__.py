"""Capacity as people see and steer it."""
