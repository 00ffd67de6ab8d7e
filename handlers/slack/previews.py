"""How a table was read, as a person sees it before it is taken over; and the answers to what is asked about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of

from slack_sdk.models.blocks import Block, DividerBlock, Option, StaticSelectElement

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, digest
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import field, line
from models.base.language import _
from models.sheets.fields import SHAPES, Field, Kind
from models.sheets.names import Known
from models.sheets.preview import Preview, TableFile, preview
from models.sheets.questions import LEAVE_OUT, Question

MOST_ROUNDS = 4
MOST_ASKED = 40
MOST_OPTIONS = 99
MOST_SHOWN, MOST_LEFT_OUT = 25, 10
MOST_LABEL, MOST_TEXT, MOST_SENTENCE = 2000, 75, 120
# What may be left out by itself, where the rest can still be taken over.
NOT_READ, MOST_COLUMNS = "—", 20
# The answer by which a sheet is left out, and the others are read all the same.
SHEET_OUT = "sheet —"
Remembered = Callable[[str, str], Mapping[str, str]]
LEFT_OUT_ALONE = ("name:", "cell:", "whole:", "negative:", "blank:", "was:")


def nothing_remembered(_kind: str, _titles: str) -> Mapping[str, str]:
    """Where no earlier file is known."""
    return {}


@dataclass(frozen=True)
class Answered:
    """A table that was read with the answers of its person; `asked` are all questions, answered or not.

    `sheet` is its name among several, whose questions and columns are told apart by it.
    """

    preview: Preview
    asked: Sequence[Question]
    answers: Mapping[str, str]
    # What a column was before its person chose something else; nothing where that was in an earlier file.
    bases: Mapping[str, str] = field_of(default_factory=dict)
    titles: str = ""
    sheet: str = ""
    choosers: Sequence[Block] = ()
    opened: Sequence[str] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether its person leaves the sheet out."""
        return any(self.answers.get(_plain_key(question)) == SHEET_OUT for question in self.asked)

    @property
    def is_open(self) -> bool:
        """Whether something is asked that has no likely answer, so that nothing can be said of what it would change."""
        return any(not question.likely for question in self.preview.questions)

    @property
    def is_stuck(self) -> bool:
        """Whether something is asked that only the file can answer."""
        return any(not _options(question) for question in self.preview.questions)


def read_answered(
    file: TableFile,
    kind: Kind,
    known: Known,
    form: Filled,
    remembered: Remembered = nothing_remembered,
    *,
    sheet: str = "",
) -> Answered:
    """Read a table with the answers in a form, besides those for earlier files of its shape.

    An answer may bring up the next question. Among several sheets, each question names its own.
    """
    titles = file.titles(kind, known)
    shape = digest((kind.value, titles))
    asked: dict[str, Question] = {}
    bases, chosen = _chosen_columns(titles, kind, form, sheet)
    answers: dict[str, str] = {**remembered(kind.value, shape), **chosen}
    for _round in range(MOST_ROUNDS):
        read = preview(file, kind, known, answers=answers)
        questions = {question.key: of_sheet(question, sheet) for question in read.questions}
        read = replace(read, questions=tuple(questions.values()))
        asked |= questions
        given = {key: answer for key, question in questions.items() if (answer := answer_to(question, form, answers))}
        answers |= given
        if not given or SHEET_OUT in given.values():
            break
    return Answered(read, tuple(asked.values()), answers, bases, shape, sheet)


def of_sheet(question: Question, sheet: str) -> Question:
    """A question about one sheet of several: it names the sheet, and the sheet may be left out."""
    if not sheet:
        return question
    return replace(question, key=f"{sheet}\n{question.key}", sentence=f"{sheet}: {question.sentence}")


def answer_to(question: Question, form: Filled, answers: Mapping[str, str]) -> str:
    """What was chosen in a form; that a sheet is left out holds until something else is chosen."""
    given = _answer(question, form)
    return given or (SHEET_OUT if answers.get(_plain_key(question)) == SHEET_OUT else "")


def preview_sentences(read: Preview) -> list[Sentence]:
    """Which column became what, what was left out and why, and what was assumed."""
    fields = SHAPES[read.kind].by_name
    columns = [
        f"{title} → {fields[name].said if name in fields else name}" for title, name in read.columns.items() if name
    ]
    unread = [title for title, name in read.columns.items() if name is None]
    sentences: list[Sentence] = [(Bold(_("Columns: ")), _listed(columns, MOST_SHOWN))] if columns else []
    sentences += [(Bold(_("Not read: ")), _listed(unread, MOST_SHOWN))] if unread else []
    left_out = [_("row {row} ({why})", row=left.row, why=left.why) for left in read.left_out]
    sentences += [(Bold(_("Left out: ")), _listed(left_out, MOST_LEFT_OUT))] if left_out else []
    return sentences + [(note,) for note in read.notes]


def asked_sentences(read: Preview) -> list[Sentence]:
    """What is asked, as sentences: where something cannot be answered here, nothing is."""
    return [
        (Bold(clip(text, MOST_SENTENCE)),) for text in _clipped([q.sentence for q in read.questions], MOST_LEFT_OUT)
    ]


def question_blocks(read: Answered) -> list[Block]:
    """A select for each question, with the answer that was given or is likely."""
    asked = [question for question in read.asked if _options(question)]
    return [
        _select(question, read.answers.get(question.key, read.answers.get(_plain_key(question), "")))
        for question in asked[:MOST_ASKED]
    ]


def column_blocks(read: Answered) -> list[Block]:
    """A select for each column, for whoever reads it otherwise; none where there are too many."""
    if read.choosers:
        return list(read.choosers)
    selects = column_selects(read)
    return [DividerBlock(), line((_("If a column is something else, choose it here."),)), *selects] if selects else []


def column_selects(read: Answered) -> list[Block]:
    """The selects of the columns of one table."""
    fields = SHAPES[read.preview.kind].by_name
    columns = {
        title: name or NOT_READ for title, name in read.preview.columns.items() if name is None or name in fields
    }
    if not read.titles or not 0 < len(columns) <= MOST_COLUMNS:
        return []
    options = [Option(text=text, value=name) for name, text in _column_options(fields)]
    blocks: list[Block] = []
    for title, name in columns.items():
        base = read.bases.get(title, "" if f"column:{title}" in read.answers else name)
        initial = next(option for option in options if option.value == name)
        element = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=initial)
        shown = f"{read.sheet}: {title}" if read.sheet else title
        blocks.append(field(_column_field(title, base, read.sheet), clip(shown, MOST_TEXT), element, is_optional=True))
    return blocks


def _column_options(fields: Mapping[str, Field]) -> list[tuple[str, str]]:
    return [*((name, each.label) for name, each in fields.items()), (NOT_READ, _("Not read"))]


def _chosen_columns(
    titles: Sequence[str], kind: Kind, form: Filled, sheet: str
) -> tuple[dict[str, str], dict[str, str]]:
    """What columns were, and what their person chose instead."""
    bases: dict[str, str] = {}
    answers: dict[str, str] = {}
    for title in titles:
        for base in ("", NOT_READ, *SHAPES[kind].by_name):
            chosen = form[_column_field(title, base, sheet)]
            if chosen and chosen != base:
                bases[title], answers[f"column:{title}"] = base, chosen
    return bases, answers


def _column_field(title: str, base: str, sheet: str) -> str:
    return f"column{digest((sheet, title, base) if sheet else (title, base))}"


def _plain_key(question: Question) -> str:
    """The key of a question without its sheet."""
    return question.key.rpartition("\n")[2]


def _select(question: Question, answer: str) -> Block:
    options = _options(question)
    shown = [Option(text=clip(text, MOST_TEXT), value=str(n)) for n, (_, text) in enumerate(options)]
    values = [value for value, _ in options]
    chosen = answer or question.likely
    initial = shown[values.index(chosen)] if chosen in values else None
    element = StaticSelectElement(action_id=Act.EDIT, options=shown, initial_option=initial)
    return field(_field_of(question), clip(question.sentence, MOST_LABEL), element)


def _options(question: Question) -> list[tuple[str, str]]:
    options = list(question.options.items())[:MOST_OPTIONS]
    is_alone, is_of_a_sheet = _plain_key(question).startswith(LEFT_OUT_ALONE), "\n" in question.key
    options += [(LEAVE_OUT, _("Leave it out"))] if is_alone else []
    return [*options, (SHEET_OUT, _("Leave this sheet out"))] if is_of_a_sheet else options


def _answer(question: Question, form: Filled) -> str:
    options, chosen = _options(question), form[_field_of(question)]
    return options[int(chosen)][0] if chosen.isdecimal() and int(chosen) < len(options) else ""


def _field_of(question: Question) -> str:
    return f"answer{digest(question.key)}"


def _listed(texts: Sequence[str], most: int) -> str:
    return "; ".join(_clipped(texts, most))


def _clipped(texts: Sequence[str], most: int) -> Iterator[str]:
    yield from (clip(text, MOST_SENTENCE) for text in texts[:most])
    if len(texts) > most:
        yield _("and {count} more", count=len(texts) - most)
