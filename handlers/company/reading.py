"""A file of the company, sheet by sheet: what each is, how it is read, what is asked, and which are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from babel import Locale

from handlers.slack.ids import digest
from handlers.slack.previews import SHEET_OUT, Answered, answer_to, of_sheet
from handlers.slack.uploads import Import
from models.base.errors import Refused
from models.base.language import N_, _
from models.files import company_in
from models.setup.company_files import currency_in, known_in
from models.setup.company_lots import LOTS, Counted, counted_in
from models.setup.company_sheets import has_needs, kind_of, settled, sheets_in
from models.setup.company_tables import COMPANY_KINDS, Document, with_rows
from models.setup.company_words import worded
from models.sheets.fields import Kind
from models.sheets.names import Known, Past
from models.sheets.preview import TableFile
from models.sheets.questions import Question
from models.workspace.table_shapes import answers_for, remember_answers

# What is made of resources and offers is known once these are read.
FIRST = (Kind.RESOURCES, Kind.OFFERS)
LEFT_OUT = N_("you leave it out")
OUT, SHEET = "out", "sheet"
MOST_LOOKED = 20


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file: the table of the company that it is, as it was read; or why it is not read."""

    name: str
    kind: Kind | None = None
    why: str = ""
    read: Answered | None = None


@dataclass
class Book:
    """A file as it is read; the document is the company with it."""

    handed: Import
    document: Document
    locale: Locale
    today: date
    past: Past = field(default_factory=Past)
    sheets: list[Sheet] = field(default_factory=list)
    counted: Counted | None = None
    _before: Document = field(default_factory=dict)
    _named: dict[Kind, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def is_several(self) -> bool:
        """Whether there are several sheets to tell apart."""
        return len(self.tables) > 1 or any(has_needs(table, self._known_first) for table in self.tables)

    @cached_property
    def tables(self) -> list[TableFile]:
        """The sheets that hold something."""
        return sheets_in(self.handed.table)

    @property
    def taken(self) -> list[tuple[Sheet, Answered]]:
        """The sheets whose rows are taken over."""
        return [(sheet, sheet.read) for sheet in self.sheets if sheet.read is not None and not sheet.why]

    @property
    def known(self) -> Known:
        """The names of the company as far as it is read."""
        known = known_in(self.document, self.locale, self.today, self.past)
        if self.counted is None:
            return known
        return replace(known, lot=self.counted.lot(self.lots_answer or self.counted.question.likely))

    @cached_property
    def _known_first(self) -> Known:
        """The names of the company before anything is read."""
        return self.known

    def read_all(self) -> None:
        """Read resources and offers, then whatever names them."""
        self._before = self.document
        currency = currency_in(self.handed.table)
        if currency and not self.document["offers"]:
            # The first prices say in what the company counts.
            self.document = {**self.document, "company": {**self.document["company"], "currency": currency}}
        known = self._known_first
        tables = [(_name(table, number), table) for number, table in enumerate(self.tables)]
        kinds = {name: self._chosen(name) or kind_of(table, known) for name, table in tables}
        inside = {name: table for name, table in tables if not self._is_out(name)}
        self.counted = counted_in(inside, kinds, known, self.document)
        read = {
            name: self._read(name, table, kind)
            for kind in FIRST
            for name, table in tables
            if kinds[name] is kind and not self._is_out(name)
        }
        beside = [
            self._read(_beside(name), table, Kind.NEEDS)
            for name, table in tables
            if kinds[name] is Kind.OFFERS and name in read and not read[name].why and self._has_needs(name, table)
        ]
        later = {name: self._settled(name, table, kinds[name]) for name, table in tables if name not in read}
        for kind in COMPANY_KINDS:
            read |= {
                name: self._read(name, table, kind) for name, table in tables if later.get(name, (None,))[0] is kind
            }
        self.sheets = [*(read.get(name) or Sheet(name, why=later[name][1]) for name, _ in tables), *beside]

    def _has_needs(self, name: str, table: TableFile) -> bool:
        return self.is_several and not self._is_out(_beside(name)) and has_needs(table, self.known)

    def _settled(self, name: str, table: TableFile, kind: Kind | None) -> tuple[Kind | None, str]:
        if self._is_out(name):
            return None, _(LEFT_OUT)
        return (kind, "") if self._chosen(name) else settled(table, kind, self.known)

    @property
    def lots_answer(self) -> str:
        """What one unit is, as its person said it now or for the last workbook of this shape."""
        if self.counted is None:
            return ""
        before = answers_for(self.handed.workspace, LOTS, self._lots_shape) if self.handed.workspace else {}
        known = before.get(LOTS, "")
        return answer_to(self.counted.question, self.handed.form, {}) or (
            known if known in self.counted.question.options else ""
        )

    @property
    def needs_kept(self) -> list[str]:
        """The offers whose unit becomes another one, while what they need stays as it was."""
        named = {row["offer"] for sheet, one in self.taken if sheet.kind is Kind.NEEDS for row in one.preview.rows}
        units = {offer["name"]: offer.get("unit") for offer in self.document["offers"]}
        return [
            offer["name"]
            for offer in self._before["offers"]
            if offer.get("needs") and offer["name"] not in named and units[offer["name"]] != offer.get("unit")
        ]

    @cached_property
    def _lots_shape(self) -> str:
        return digest([_shape(table) for table in self.tables])

    def remember(self, *, now: datetime) -> None:
        """The next workbook of these shapes is read in the same way."""
        self.handed.remember(*(sheet.read for sheet in self.sheets if sheet.read), now=now)
        workspace = self.handed.workspace
        if workspace and self.lots_answer:
            remember_answers(workspace, LOTS, self._lots_shape, {LOTS: self.lots_answer}, now=now)
        for number, table in enumerate(self.tables):
            chosen = self.handed.form[kind_field(_name(table, number))]
            if workspace and chosen:
                remember_answers(workspace, SHEET, _shape(table), {SHEET: chosen}, now=now)

    def _chosen(self, name: str) -> Kind | None:
        chosen = self._choice(name)
        return Kind(chosen) if chosen in COMPANY_KINDS else None

    def _is_out(self, name: str) -> bool:
        return self._choice(name) == OUT

    def _choice(self, name: str) -> str:
        """What a sheet is as its person says, now or for the last one of its shape."""
        return self.handed.form[kind_field(name)] or self._choices.get(name, "")

    @cached_property
    def _choices(self) -> Mapping[str, str]:
        workspace = self.handed.workspace
        if workspace is None:
            return {}
        tables = [(_name(table, number), table) for number, table in enumerate(self.tables)]
        return {name: answers_for(workspace, SHEET, _shape(table)).get(SHEET, "") for name, table in tables}

    def _read(self, name: str, table: TableFile, kind: Kind) -> Sheet:
        read = self.handed.read_sheet(table, kind, self.known, name if self.is_several else "")
        again = self._again(name, kind, read) if self.is_several else None
        if again is not None:
            answer = answer_to(again, self.handed.form, read.answers)
            kept = () if answer else (again,)
            preview = replace(read.preview, questions=(*read.preview.questions, *kept))
            answers = {**read.answers, "again": answer} if answer else read.answers
            read = replace(read, preview=preview, asked=(*read.asked, again), answers=answers)
        if read.is_left_out:
            return Sheet(name, kind, _(LEFT_OUT), read)
        self._named[kind] = {
            **dict.fromkeys((row.get("name", "") for row in read.preview.rows), name),
            **self._named.get(kind, {}),
        }
        try:
            after = with_rows(self.document, kind, read.preview.rows)
            if self.is_several and not read.is_open:
                company_in(_whole(after), name)
        except Refused as refused:
            return self._refused(Sheet(name, kind, read=read), read, refused)
        self.document = after
        return Sheet(name, kind, read=read)

    def _again(self, name: str, kind: Kind, read: Answered) -> Question | None:
        """What another sheet of the file has said already counts as this one says it, unless it is left out."""
        known = self._named.get(kind, {})
        twice = [row["name"] for row in read.preview.rows if row.get("name") in known]
        if not twice:
            return None
        others = twice[0] + (_(" and {count} more", count=len(twice) - 1) if len(twice) > 1 else "")
        sentence = _("{others} stands in the sheet {known}, too: what counts?", others=others, known=known[twice[0]])
        return of_sheet(Question("again", sentence, {"this": _("What this sheet says")}, likely="this"), name)

    def _refused(self, sheet: Sheet, read: Answered, refused: Refused) -> Sheet:
        """What is wrong in one of several sheets is said, and the others can be taken over without it."""
        if not self.is_several:
            raise refused
        question = of_sheet(Question("refused", worded(refused.sentence, sheet.name)), sheet.name)
        answer = answer_to(question, self.handed.form, read.answers)
        if answer == SHEET_OUT:
            answered = replace(read, asked=(*read.asked, question), answers={**read.answers, "refused": answer})
            return Sheet(sheet.name, sheet.kind, _(LEFT_OUT), answered)
        asking = replace(read.preview, rows=(), questions=(*read.preview.questions, question))
        return replace(sheet, read=replace(read, preview=asking, asked=(*read.asked, question)))


def kind_field(name: str) -> str:
    """The field of a form that says which table a sheet is."""
    return f"sheet{digest(name)}"


def _shape(table: TableFile) -> str:
    """A sheet by the row of its first ones that has most texts: its titles, whatever they mean."""
    texts = ([cell for cell in row if isinstance(cell, str) and cell] for row in table.grids[0].rows[:MOST_LOOKED])
    return digest((SHEET, max(texts, key=len)))


def _beside(name: str) -> str:
    return f"{name} (needs)"


def _name(table: TableFile, number: int) -> str:
    return table.grids[0].name or _("Table {number}", number=number + 1)


def _whole(document: Document) -> Document:
    """The company without what is not answered yet: that is asked for by its own sheet."""
    offers: Sequence[Document] = [each for each in document["offers"] if {"list_price", "unit_cost"} <= each.keys()]
    names = {each["name"] for each in offers}
    kept = [
        {**each, "substitutes": [other for other in each.get("substitutes", ()) if other in names]} for each in offers
    ]
    return {**document, "offers": kept}
