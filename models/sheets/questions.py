"""What is asked about a table: a sentence, the answers that are likely, and those that were given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from models.sheets.cells import plain_number
from models.sheets.numbers import decimal_of

LEAVE_OUT = "—"


@dataclass(frozen=True)
class Question:
    """What is not clear; `options` are the answers and what is shown of them, `likely` is the one that was assumed."""

    key: str
    sentence: str
    options: Mapping[str, str] = field(default_factory=dict)
    likely: str = ""


@dataclass
class Asking:
    """The answers that were given, and the questions that are open."""

    answers: Mapping[str, str]
    questions: dict[str, Question] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def ask(self, key: str, sentence: str, options: Mapping[str, str] | Iterable[str] = (), *, likely: str = "") -> str:
        """The answer to a question; where there is none yet, it is asked, and the likely one is assumed."""
        choices = options if isinstance(options, Mapping) else {option: option for option in options}
        given = self.answers.get(key, "")
        if given and (given in choices or given == LEAVE_OUT):
            return given
        self.questions.setdefault(key, Question(key, sentence, choices, likely))
        return likely

    def note(self, sentence: str) -> None:
        """Say what was assumed, once."""
        self.notes.setdefault(sentence)


def shown(value: Fraction) -> str:
    """A number in a sentence."""
    exact = decimal_of(value)
    return plain_number(exact) if exact is not None else f"{float(value):g}"
