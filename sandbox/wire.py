"""What everything in the sandbox shares with Slack's wire: JSON, and refusals by name."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class SlackError(Exception):
    """A refusal as the Web API words it: an error name, and what Slack adds to it."""

    def __init__(self, error: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer


class Impossible(Exception):
    """A person's act that Slack's own interface would not offer: no such button, no such channel."""


class Violation(SlackError):
    """A refusal of something that no caller should ever send; it is also written down."""
