"""The API: who may do what by a token, which requests were answered already, and what other tools call a deal."""
