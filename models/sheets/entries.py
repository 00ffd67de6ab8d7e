"""What a table of the company's own says of each entry, and what a new one still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.base.language import N_, _, in_quotes
from models.sheets.cells import fold
from models.sheets.context import Context
from models.sheets.entry_columns import NONE_YET
from models.sheets.fields import Field, Kind, Of
from models.sheets.margins import without_actual_margins
from models.sheets.questions import LEAVE_OUT
from models.sheets.rows import Rows

MOST_NAMED = 5
PARTS = frozenset(["labour", "labor", "wages", "overhead", "lohn", "arbeit", "fertigungslohn", "gemeinkosten"])
SAVE_IT = N_("Open the workbook in a spreadsheet program, save it, and bring it again.")
Read = Sequence[Mapping[str, str]]


def completed(read: Read, rows: Rows, context: Context) -> Read:
    """The rows with what counts where nothing stands; a new offer without a price or a cost is asked about."""
    _note_unsaved(context)
    past = context.request.known.past
    if past.renamed.get(context.request.kind) or past.retired.get(context.request.kind):
        read = [named for row in read if (named := _named_now(row, rows, context))]
    if context.request.kind is not Kind.OFFERS:
        return read
    _note_parts(context)
    return _Entries(context, rows).completed(without_actual_margins(read, context))


def _note_parts(context: Context) -> None:
    """A cost that is one of several parts is said to be one: whoever brings it knows whether that is all."""
    taken = {column.index for column in context.layout.amounts}
    parts = [
        column.title
        for column in context.layout.header.columns
        if column.index not in taken and PARTS & set(fold(column.title).split())
    ]
    if parts and any(column.amount == "unit_cost" for column in context.layout.amounts):
        context.asking.note(_("{names} is not counted in the cost.", names=", ".join(f"“{title}”" for title in parts)))


def _named_now(row: Mapping[str, str], rows: Rows, context: Context) -> Mapping[str, str] | None:
    """A row under the name that counts; what was renamed or retired is asked about, and may be left out."""
    kind, past, name = context.request.kind, context.request.known.past, row["name"]
    renamed = past.renamed.get(kind, {}).get(fold(name), "")
    retired = past.retired.get(kind, {}).get(fold(name), "")
    if retired:
        sentence, options, likely = (
            _("“{name}” is retired: is it brought back?", name=name),
            {"back": _("Bring it back")},
            "",
        )
    elif renamed:
        sentence = _("“{name}” was renamed to “{renamed}”: which one is meant?", name=name, renamed=renamed)
        options, likely = {"now": renamed, "new": _("A new one: {name}", name=name)}, "now"
    else:
        return row
    answer = context.asking.ask(f"was:{name[:80]}", sentence, options, likely=likely)
    if answer == LEAVE_OUT:
        rows.left_out[rows.keys[(name,)]] = (
            _("“{name}” is retired", name=name[:40]) if retired else _("“{name}” is left out", name=name[:40])
        )
        return None
    now = {"back": retired, "now": renamed}.get(answer, name)
    rows.keys.setdefault((now,), rows.keys[(name,)])
    return {**row, "name": now}


def _note_unsaved(context: Context) -> None:
    """What a formula without a stored value would say is not read, and that is said."""
    for name, columns in context.layout.fields.items():
        if name not in context.shape.key and any(
            (row, column.index) in context.grid.unsaved for column in columns for row in range(len(context.grid.rows))
        ):
            titles = ", ".join(in_quotes(column.title) for column in columns)
            context.asking.note(
                _(
                    "{titles} holds formulas without stored values, which are not read. {save_it}",
                    titles=titles,
                    save_it=_(SAVE_IT),
                )
            )


@dataclass(frozen=True)
class _Entries:
    context: Context
    rows: Rows
    _known: dict[str, bool] = field(default_factory=dict)

    def completed(self, read: Read) -> Read:
        kept = [
            row for row in read if self.rows.keys.get((row["name"],)) not in self.rows.left_out or self._is_known(row)
        ]
        for each in self.context.shape.fields:
            if each.is_asked and self.context.request.known.must_be_whole:
                kept = self._with_amount(kept, each)
            elif each.default:
                kept = self._with_default(kept, each)
        return kept

    def _is_known(self, row: Mapping[str, str]) -> bool:
        name = row["name"]
        if name not in self._known:
            self._known[name] = self.context.request.known.names[Of.OFFER].is_known(name)
        return self._known[name]

    def _lacking(self, read: Read, field: Field) -> list[str]:
        return [row["name"] for row in read if field.name not in row and not self._is_known(row)]

    def _with_amount(self, read: list[Mapping[str, str]], field: Field) -> list[Mapping[str, str]]:
        lacking = self._lacking(read, field)
        has_column = any(column.amount == field.name for column in self.context.layout.amounts)
        if not lacking or (not has_column and f"which:{field.name}" in self.context.asking.questions):
            return read
        answer = NONE_YET
        if has_column:
            sentence = _("“{label}” is empty for {named}: what counts?", label=field.label, named=_named(lacking))
            answer = self.context.asking.ask(f"blank:{field.name}", sentence, {NONE_YET: _("0 for now")})
        if answer == LEAVE_OUT:
            self.rows.left_out.update({self.rows.keys[(name,)]: _("no {said}", said=field.said) for name in lacking})
            names = set(lacking)
            return [row for row in read if row["name"] not in names]
        if answer == NONE_YET:
            self.context.asking.note(
                _("“{label}” is 0 for {named} until you say it.", label=field.label, named=_named(lacking))
            )
        names = set(lacking)
        return [{**row, field.name: answer} if answer and row["name"] in names else row for row in read]

    def _with_default(self, read: list[Mapping[str, str]], field: Field) -> list[Mapping[str, str]]:
        lacking = self._lacking(read, field)
        if lacking:
            whose = _("each new one") if len(lacking) == len(read) else _named(lacking)
            self.context.asking.note(
                _("No {said} is said: {whose} gets “{default}”.", said=field.said, whose=whose, default=field.default)
            )
        names = set(lacking)
        return [{**row, field.name: field.default} if row["name"] in names else row for row in read]


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (_(" and {more} more", more=more) if more > 0 else "")
