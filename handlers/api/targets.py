"""What the buttons and forms of the API carry."""

from dataclasses import dataclass

from handlers.slack.ids import Target


@dataclass(frozen=True)
class WebhookTarget(Target):
    """A webhook by its id, and a row of its log."""

    webhook: int = 0
    row: int = 0

    @property
    def key(self) -> int:
        """Webhooks stand below each other, and so do rows of a log."""
        return self.row or self.webhook


@dataclass(frozen=True)
class TokenTarget(Target):
    """A token by its id."""

    token: int = 0

    @property
    def key(self) -> int:
        """Tokens stand below each other."""
        return self.token
