"""The terms beyond the lines as an admin defines them: a list, and the form of one."""

from collections.abc import Sequence

from babel import Locale
from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from handlers.deals.clauses_view import clause_element, clause_text
from handlers.policy.targets import ClauseTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, clip
from handlers.slack.values import read_choice
from handlers.slack.view_parts import actions, button, confirmation, field, line, modal, small
from models.base.language import N_, _
from models.company.clauses import MOST_CLAUSES, ClauseRow
from models.policy.clauses import (
    MOST_CHOICE,
    MOST_CHOICES,
    MOST_NAME,
    ClauseKind,
    GivenClause,
    plain_value,
    value_words,
)

KINDS = {
    ClauseKind.CHOICE: N_("One of a few choices"),
    ClauseKind.NUMBER: N_("A number"),
    ClauseKind.DATE: N_("A date"),
    ClauseKind.TEXT: N_("Text"),
}
MOST_SHOWN = 200


def clauses_view(rows: Sequence[ClauseRow], locale: Locale) -> View:
    """Each term with its standard; what departs from it is beyond standard terms."""
    blocks: list[Block] = [line((_("What every deal says besides offers, quantities, prices and dates."),))]
    for row in rows:
        target, standard = ClauseTarget(clause=row.id), value_words(row.kind, row.standard, locale)
        others = [one for one in row.choices if one != row.standard]
        more = _("; or {others}", others=clip(", ".join(others), MOST_SHOWN)) if others else ""
        blocks.append(
            line(
                (
                    Bold(clip(row.name, MOST_SHOWN)),
                    _(": {standard} is standard{more}", standard=clip(standard, MOST_SHOWN), more=more),
                )
            )
        )
        sure = confirmation(_("Remove it?"), _("New deals do not have it. Those that have it keep it."), _("Remove"))
        blocks += actions(
            [button(Act.CLAUSE, _("Change…"), target), button(Act.DROP_CLAUSE, _("Remove"), target, confirm=sure)]
        )
    if not rows:
        blocks.append(line((_("There is none yet. Payment terms or a warranty are usual ones."),)))
    if len(rows) < MOST_CLAUSES:
        blocks += actions([button(Act.CLAUSE, _("Add a term…"), ClauseTarget(), style="primary")])
    blocks.append(
        small(_("What departs from the standard is beyond standard terms, and a rule may ask somebody for it."))
    )
    return modal(Callback.CLAUSES, _("Other terms of deals"), blocks, submit=None)


def clause_view(target: ClauseTarget, row: ClauseRow | None, kind: ClauseKind, locale: Locale) -> View:
    """A term to define: its kind decides the field of its standard; a kind is for good."""
    blocks: list[Block] = [line((Bold(clip(row.name, MOST_SHOWN)),))] if row else [_name(), _kinds(kind)]
    standard = clause_text(kind, row.standard, locale) if row else ""
    if kind is ClauseKind.CHOICE:
        listed = "\n".join(row.choices) if row else None
        most = MOST_CHOICES * (MOST_CHOICE + 1)
        choices = PlainTextInputElement(action_id=Act.EDIT, multiline=True, initial_value=listed, max_length=most)
        blocks.append(field("choices", _("Choices, a line each"), choices, hint=_("The first one is the standard.")))
    else:
        element = clause_element(kind, standard)
        element.dispatch_action_config = None  # type: ignore[attr-defined]
        blocks.append(
            field(
                "standard",
                _("Standard"),
                element,
                is_optional=True,
                hint=_("What holds unless a deal says otherwise; empty: none."),
            )
        )
    return modal(Callback.CLAUSE, _("A term") if row else _("A new term"), blocks, target=target, submit=_("Save"))


def read_clause(form: Filled, row: ClauseRow | None, kind: ClauseKind, locale: Locale) -> GivenClause:
    """The term that was filled in; of choices the first one is the standard."""
    name = row.name if row else form["name"]
    choices = tuple(dict.fromkeys(" ".join(one.split()) for one in form["choices"].splitlines() if one.strip()))
    if kind is ClauseKind.CHOICE:
        return GivenClause(name, kind, choices[0] if choices else "", choices)
    return GivenClause(name, kind, plain_value(kind, form["standard"], locale, field="standard"))


def read_kind(form: Filled) -> ClauseKind:
    """Which kind was chosen."""
    return read_choice(ClauseKind, form["kind"], "kind")


def _name() -> Block:
    element = PlainTextInputElement(action_id=Act.EDIT, max_length=MOST_NAME, placeholder=_("Payment terms"))
    return field("name", _("What is it called?"), element)


def _kinds(kind: ClauseKind) -> Block:
    options = [Option(text=_(label), value=value) for value, label in KINDS.items()]
    chosen = next(option for option in options if option.value == kind)
    select = StaticSelectElement(action_id=Act.CLAUSE_KIND, options=options, initial_option=chosen)
    return field("kind", _("What is it?"), select, is_live=True)
