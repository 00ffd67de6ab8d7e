"""Roles as views: who has which, who asks for one, and what one may do with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, UserMultiSelectElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, action_id, block_id
from handlers.slack.text import Bold, Code, Sentence, as_sentence
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.language import N_, _, at_the_head
from models.workspace.roles import Role

MOST_SHOWN = 100
MEANINGS = {
    Role.SALES: N_("They propose deals."),
    Role.OPERATIONS: N_("They approve deals and counter-propose."),
    Role.FINANCE: N_("They agree to deals below the lowest margin, and see cost and margin."),
    Role.LEADERSHIP: N_("As finance, and they may decline at once."),
    Role.DATA: N_("They keep offers, resources and customers."),
}
FIRST_STEPS = {
    Role.SALES: N_("`/deal` proposes a deal and says at once whether it fits."),
    Role.OPERATIONS: N_("Deals come to your channel with buttons to approve or counter; `/capacity` shows the weeks."),
    Role.FINANCE: N_("You are asked where a deal is below the lowest margin."),
    Role.LEADERSHIP: N_("`/belay scoreboard` shows how sales and operations do, `/sop` how the monthly plan stands."),
    Role.DATA: N_("`/belay company` holds what is sold, what it takes and who buys."),
}


@dataclass(frozen=True)
class RolesTarget(Target):
    """The form of all roles; `seen` are those that it began with."""

    seen: str = ""


@dataclass(frozen=True)
class AskedTarget(Target):
    """Who asked for a role, and which an admin gives."""

    member: int = 0
    role: str = ""

    @property
    def key(self) -> str:
        """One of several in a message."""
        return f"{self.member}-{self.role}"


def roles_view(
    people: Mapping[Role, Sequence[str]],
    seen: str,
    revision: int = 0,
    told: Sequence[Sentence] = (),
    *,
    has_groups: bool = False,
) -> View:
    """Everybody who has a role, many at once."""
    blocks: list[Block] = [line(*told)] if told else []
    if has_groups:
        blocks += actions([button(Act.FROM_GROUPS, _("Fill in from user groups"), RolesTarget(revision=revision))])
    for role in Role:
        known = list(people.get(role, ()))[:MOST_SHOWN]
        act = action_id(Act.EDIT, role.name.lower())
        element = UserMultiSelectElement(action_id=act, initial_users=known or None, placeholder=_("Choose people"))
        label, meaning = at_the_head(_(role)), _(MEANINGS[role])
        name = block_id(role.name.lower(), revision)
        blocks.append(field(name, label, element, is_optional=True, hint=meaning))
    target = RolesTarget(revision=revision, seen=seen)
    return modal(Callback.ROLES, _("Roles"), blocks, target=target, submit=_("Save"))


def welcome_sentences(roles: Sequence[Role], example: str = "") -> list[Sentence]:
    """What a person can do from now on; for sales with an example of a deal in what the company sells."""
    names = _(" and ").join(_(role) for role in roles)
    first: Sentence = (Bold(_("You speak for {names} in Belay now.", names=names)), _(" Here is how to begin:"))
    if list(roles) == [Role.DATA]:
        first = (Bold(_("You keep the company’s data in Belay now.")),)
    steps = [as_sentence(f"• {_(FIRST_STEPS[role])}") for role in roles]
    if example and Role.SALES in roles:
        place = list(roles).index(Role.SALES)
        steps[place] = (*steps[place], _(" For example: "), Code(example))
    return [first, *steps, (_("Ask me here in plain words, too: "), Code("what waits for me?"))]


def asked_blocks(name: str, member: int) -> list[Block]:
    """Somebody asks for a role, for whoever can give one."""
    buttons = [button(Act.GIVE_ROLE, at_the_head(_(role)), AskedTarget(member=member, role=role)) for role in Role]
    return [line((Bold(name), _(" would like a role in Belay. For whom do they speak?"))), *actions(buttons)]


def ask_blocks() -> list[Block]:
    """A way on for who has no role."""
    return actions([button(Act.ASK_ROLE, _("Ask for a role"), Target())])
