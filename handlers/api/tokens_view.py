"""Tokens of the API as an admin sees them: a list, the form of a new one, and its secret, once."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, CheckboxesElement, Option, PlainTextInputElement, UserSelectElement
from slack_sdk.models.views import View

from handlers.api.targets import TokenTarget, WebhookTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Code, Sentence, When, clip
from handlers.slack.view_parts import actions, button, confirmation, field, fixed, line, modal, small
from models.api.tokens import MOST_NAME, MOST_TOKENS, ApiToken, Scope
from models.base.language import N_, _

SCOPES: Mapping[Scope, str] = {
    Scope.READ_DEALS: N_("Read and check deals"),
    Scope.PROPOSE: N_("Propose deals"),
    Scope.ANSWER: N_("Answer deals: accept, withdraw, won, lost, delivered"),
    Scope.READ_CAPACITY: N_("Read capacity"),
    Scope.WRITE_CAPACITY: N_("Write weeks and commitments"),
    Scope.READ_COMPANY: N_("Read offers, customers, resources"),
    Scope.WRITE_COMPANY: N_("Write offers, customers, resources"),
    Scope.WRITE_PLANNING: N_("Write actuals and the budget"),
}
WHERE = N_(
    "The API is where Belay serves HTTP, at /api/v1; its page is /api/v1/docs. With Socket "
    "Mode, whoever runs Belay sets BELAY_API=1."
)


def tokens_view(rows: Sequence[ApiToken]) -> View:
    """Which there are, for whom, for what, and when each was used last."""
    blocks: list[Block] = [line((_("Other tools read and write by a token, as the person for whom it was made."),))]
    for row in rows:
        sure = confirmation(_("Revoke it?"), _("Whatever uses it is refused from now on."), _("Revoke"))
        blocks.append(line(*_token(row)))
        blocks += actions(
            [button(Act.REVOKE_ACCESS, _("Revoke"), TokenTarget(token=row.id), confirm=sure, style="danger")]
        )
    if not rows:
        blocks.append(line((_("There is none yet."),)))
    new = (
        button(Act.NEW_ACCESS, _("Make a token…"), TokenTarget(), style="primary") if len(rows) < MOST_TOKENS else None
    )
    blocks += actions([new, button(Act.WEBHOOKS, _("Webhooks…"), WebhookTarget())])
    blocks.append(small(_(WHERE)))
    return modal(Callback.ACCESS, "API", blocks, submit=None)


def _token(row: ApiToken) -> list[Sentence]:
    used: Sentence = (_("used "), When(row.used_at)) if row.used_at else (_("never used"),)
    known = [_(SCOPES[Scope(scope)]) for scope in row.scopes if scope in set(Scope)]
    return [
        (
            Bold(clip(row.name, MOST_NAME)),
            _(", for {name} · ", name=row.member.name),
            Code(f"{row.begins}…"),
            " · ",
            *used,
        ),
        (clip("; ".join(known), 400),),
    ]


def new_token_view(user_id: str) -> View:
    """What it is for, as whom it acts, and what it may do at most."""
    name = PlainTextInputElement(action_id=Act.EDIT, max_length=MOST_NAME, placeholder=_("Salesforce"))
    options = [Option(text=_(label), value=scope) for scope, label in SCOPES.items()]
    blocks = [
        field("name", _("What is it for?"), name),
        field(
            "person",
            _("As whom?"),
            UserSelectElement(action_id=Act.EDIT, initial_user=user_id),
            hint=_("It may do what they may, and what it does stands there as theirs."),
        ),
        field("scopes", _("What may it be used for?"), CheckboxesElement(action_id=Act.EDIT, options=options)),
    ]
    return modal(Callback.NEW_ACCESS, _("A new token"), blocks, submit=_("Make it"))


def secret_view(name: str, person: str, secret: str) -> View:
    """The token, this once."""
    blocks = [
        line((Bold(clip(name, MOST_NAME)), _(", for {person}. Copy it now: nobody sees it again.", person=person))),
        fixed([secret]),
        line((_("Send it with each request: "), Code("Authorization: Bearer …"), ".")),
        small(_(WHERE)),
    ]
    return modal(Callback.ACCESS, _("The new token"), blocks, submit=None)
