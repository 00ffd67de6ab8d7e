"""What the firm says when it will not do a thing."""

from models.base.language import _


class Refused(Exception):
    """An act that is not done; the message is the sentence that the person reads.

    `field` names the form field that caused it, `way_on` the move that is possible instead, where there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None, way_on: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.way_on = way_on


class BadForm(Refused):
    """A form with mistakes, each under its field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class Busy(Refused):
    """Somebody else is writing to the same rows and the wait was too long."""

    def __init__(self) -> None:
        super().__init__(_("Busy just now: nothing was changed. Once more, please."))


class NotFound(Refused):
    """What the click names is not there, or not in this workspace."""


class NotYours(Refused):
    """The person may not do this, whatever the state."""


class TooLate(Refused):
    """The state does not allow it any more (or not yet)."""
