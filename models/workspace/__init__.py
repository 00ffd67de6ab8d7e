"""A workspace and its people: roles, history, requests that were seen, the outbox, agendas."""
