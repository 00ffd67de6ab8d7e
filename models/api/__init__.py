"""The API: who may do what by a token, which requests were answered already, and which webhooks are told of what."""
