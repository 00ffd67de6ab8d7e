"""The Web API: the methods that the sandbox knows, and nothing besides."""

from sandbox.api import auth, chat, conversations, files, functions, users, views
from sandbox.api.dispatch import answer_call

__all__ = ["answer_call", "auth", "chat", "conversations", "files", "functions", "users", "views"]
