"""How a file of the company was read, in words; what is not read, and the selects for whoever knows better."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, DividerBlock, Option, StaticMultiSelectElement, StaticSelectElement

from handlers.company.reading import OUT, Book, Sheet, kind_field
from handlers.company.targets import CompanyTarget
from handlers.slack.ids import Act
from handlers.slack.previews import Answered, column_selects
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import actions, button, field, line
from models.base.language import N_, _, ngettext
from models.setup.company_words import KINDS
from models.sheets.cells import fold
from models.sheets.fields import SHAPES, Field
from models.sheets.preview import SHEET_READ, Preview

LEAST_COLUMNS = N_("Name, price and cost are enough to begin.")
NO_TABLE = N_(
    "No table of the company is found in it. Offers are known by columns such as Name, Price "
    "and Cost; resources by Name and Hours a week; what an offer needs by Offer, Resource "
    "and Hours per unit."
)
CHOOSE = N_("If a sheet or a column is something else, choose the sheet here")
MOST_CHOOSERS = 10
# A form has at most 100 blocks; questions come first.
MOST_BLOCKS, MOST_TOLD, MOST_SAID = 55, 12, 1200
MOST_SHEETS, MOST_SHOWN, MOST_LEFT_OUT, MOST_TEXT = 100, 25, 8, 60


def way_to_a_workbook() -> list[Block]:
    """A workbook with the titles that are known, for whoever would rather fill one in."""
    return actions([button(Act.SEND_COMPANY, _("Send me a workbook"), CompanyTarget())])


def nothing_read(book: Book) -> list[Block]:
    """Why nothing is read of a file, and what can be done."""
    told: list[Sentence] = [(_(NO_TABLE),), *unread_sentences(book), (_(LEAST_COLUMNS),)]
    choosers = [block for sheet in book.sheets[:MOST_CHOOSERS] for block in _chooser(sheet)]
    return [line(*told), *way_to_a_workbook(), *choosers]


def unread_sentences(book: Book) -> list[Sentence]:
    """The sheets that are not read, each with why."""
    return _first(
        [
            (Bold(_("The sheet {name} is not read: ", name=clip(sheet.name, MOST_TEXT))), f"{sheet.why}.")
            for sheet in book.sheets
            if sheet.why
        ]
    )


def together(book: Book) -> Answered:
    """How all of it is read, with all that is asked; what one unit is comes first."""
    whole = _together(book)
    if book.counted is None:
        return whole
    question, answer = book.counted.question, book.lots_answer
    preview = whole.preview if answer else replace(whole.preview, questions=(question, *whole.preview.questions))
    answers = {**whole.answers, question.key: answer} if answer else whole.answers
    return replace(whole, preview=preview, asked=(question, *whole.asked), answers=answers)


def _together(book: Book) -> Answered:
    asked = [question for sheet in book.sheets if sheet.read for question in sheet.read.asked]
    if not book.is_several:
        ((sheet, only),) = book.taken
        rows = _("{name}: {rows} read.", name=sheet.name, rows=_rows(len(only.preview.rows)))
        told = replace(only.preview, notes=(rows, *only.preview.notes))
        # What a sheet was said to be stays in the form.
        is_said = bool(book.handed.form[kind_field(sheet.name)])
        return replace(only, preview=told, choosers=_chooser(sheet) if is_said else ())
    whole = Preview(
        book.taken[0][1].preview.kind,
        [{**row, "table": one.preview.kind.value} for _, one in book.taken for row in one.preview.rows],
        {},
        questions=[question for _, one in book.taken for question in one.preview.questions],
    )
    answers = {
        f"{sheet.name}\n{key}": answer
        for sheet in book.sheets
        if sheet.read
        for key, answer in sheet.read.answers.items()
    }
    return Answered(whole, asked, answers, choosers=_choosers(book), opened=_opened(book))


def read_sentences(book: Book) -> list[Sentence]:
    """How each of several sheets is read, and which are not."""
    read = [_sheet_said(sheet, one) for sheet, one in book.taken] if book.is_several else []
    return [*_first(read), *unread_sentences(book), *_kept_sentences(book)]


def _kept_sentences(book: Book) -> list[Sentence]:
    """What somebody would not expect of a unit that becomes another one."""
    names = book.needs_kept
    told = _("What they need is said nowhere in it, and stays as it was, now for the new unit: ")
    told += f"{_listed(names, MOST_SHOWN)}."
    return [(Bold(_("The unit changes. ")), told)] if names else []


def _first(sentences: list[Sentence]) -> list[Sentence]:
    more = len(sentences) - MOST_TOLD
    return [*sentences[:MOST_TOLD], *([(_("and {more} more sheets", more=more),)] if more > 0 else [])]


def _sheet_said(sheet: Sheet, one: Answered) -> Sentence:
    """One sheet: what it is read as, which column became what, what is left out and what was assumed."""
    shown, fields = one.preview, SHAPES[one.preview.kind].by_name
    columns = [
        f"{title} → {_said(name, fields)}"
        for title, name in shown.columns.items()
        if name and fold(title) not in {fold(name), fold(_said(name, fields))}
    ]
    unread = [title for title, name in shown.columns.items() if name is None]
    rows: dict[str, list[str]] = {}
    for left in shown.left_out:
        rows.setdefault(left.why, []).append(str(left.row))
    left_out = [
        ngettext("row {rows} ({why})", "rows {rows} ({why})", len(these), rows=", ".join(these), why=why)
        for why, these in rows.items()
    ]
    kind = _(KINDS[shown.kind]).partition(":")[0]
    parts = [
        _("{kind}: {rows} read.", kind=f" · {kind}" if kind != sheet.name else "", rows=_rows(len(shown.rows))),
        f"{_listed(columns, MOST_SHOWN)}." if columns else "",
        _("Not read: {listed}.", listed=_listed(unread, MOST_SHOWN)) if unread else "",
        _("Left out: {listed}.", listed=_listed(left_out, MOST_LEFT_OUT)) if left_out else "",
        *(note for note in shown.notes if note != _(SHEET_READ, name=sheet.name)),
    ]
    return Bold(clip(sheet.name, MOST_TEXT)), clip(" ".join(filter(None, parts)), MOST_SAID)


def _said(name: str, fields: Mapping[str, Field]) -> str:
    if name in fields:
        return fields[name].said
    # What stands across: the name, and what its amounts are.
    words = name.split()
    return " ".join(fields[word].said if word in fields else word for word in words)


def _rows(count: int) -> str:
    return ngettext("{count} row", "{count} rows", count, count=count)


def _listed(texts: Sequence[str], most: int) -> str:
    more = [_("and {count} more", count=len(texts) - most)] if len(texts) > most else []
    return "; ".join([*(clip(text, 80) for text in texts[:most]), *more])


def _choosers(book: Book) -> list[Block]:
    """The sheets to choose from; of those that were chosen, what they are and what their columns are."""
    sheets = book.sheets[:MOST_SHEETS]
    options = [Option(text=clip(sheet.name, 75), value=str(number)) for number, sheet in enumerate(sheets)]
    opened = _opened(book)
    chosen = [option for option in options if option.value in opened]
    element = StaticMultiSelectElement(
        action_id=Act.EDIT, placeholder=_("Sheets"), options=options, initial_options=chosen or None
    )
    hint = _("What it holds and its columns can be chosen in the next step.")
    blocks: list[Block] = [DividerBlock(), field("sheets", _(CHOOSE), element, is_optional=True, hint=hint)]
    for option in chosen:
        more = _chooser(sheets[int(option.value or 0)])
        blocks += more if len(blocks) + len(more) <= MOST_BLOCKS else []
    return blocks


def _opened(book: Book) -> list[str]:
    """The sheets that were chosen, and those of which was said what they hold."""
    form = book.handed.form
    said = {str(number) for number, sheet in enumerate(book.sheets) if form[kind_field(sheet.name)]}
    return sorted({*form.many.get("sheets", ()), *said})


def _chooser(sheet: Sheet) -> list[Block]:
    options = [
        *(Option(text=clip(_(text), 75), value=kind.value) for kind, text in KINDS.items()),
        Option(text=_("Leave this sheet out"), value=OUT),
    ]
    value = sheet.kind.value if sheet.kind and not sheet.why else OUT
    initial = next(option for option in options if option.value == value)
    element = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=initial)
    told = field(
        kind_field(sheet.name), clip(_("What “{name}” holds", name=sheet.name), 200), element, is_optional=True
    )
    return [told, *(column_selects(sheet.read) if sheet.read and not sheet.why else [])]
