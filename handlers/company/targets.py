"""What buttons and forms of the company carry."""

from dataclasses import dataclass

from handlers.slack.ids import Target


@dataclass(frozen=True)
class CompanyTarget(Target):
    """A list by its kind and page, an entry (0: a new one), one of its needs (from 1 on); what was seen last."""

    kind: str = ""
    page: int = 0
    row: int = 0
    need: int = 0
    seen: str = ""

    @property
    def key(self) -> str:
        """One of several of its kind."""
        return f"{self.kind}-{self.page}-{self.row}-{self.need}"
