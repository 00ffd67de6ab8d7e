"""What the buttons and forms of the API carry."""

from dataclasses import dataclass

from handlers.slack.ids import Target


@dataclass(frozen=True)
class TokenTarget(Target):
    """A token by its id."""

    token: int = 0

    @property
    def key(self) -> int:
        """Tokens stand below each other."""
        return self.token
