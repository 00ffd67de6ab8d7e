"""Where, by whom and on which days the cycle goes, and who answers for which family, as forms."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.text import Bold, Person, Sentence, clip
from handlers.slack.view_parts import field, line, modal
from handlers.sop.family_view import family_select
from models.base.language import N_, _

MOST_OWNERS, IN_ALL = 40, "in_all"
WHO_SEES = N_("Operations, finance and leadership see money by family, for themselves.")


@dataclass(frozen=True)
class PlanningMoney:
    """What stock costs a year, in percent, and whether the published page shows money in all."""

    carrying: str = "20"
    is_shown: bool = False


def planning_view(
    channel: str, coordinator: str, days: dict[str, int], labels: dict[str, str], money: PlanningMoney
) -> View:
    """Where the page goes, who coordinates, on which working days; what stock costs, and who sees money."""
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    where = ConversationSelectElement(action_id=Act.EDIT, initial_conversation=channel or None, filter=only)
    who = UserSelectElement(action_id=Act.EDIT, initial_user=coordinator or None)
    blocks: list[Block] = [field("channel", _("S&OP channel"), where), field("coordinator", _("Coordinator"), who)]
    for name, label in labels.items():
        element = PlainTextInputElement(action_id=Act.EDIT, initial_value=str(days[name]), max_length=2)
        blocks.append(field(name, _(label), element))
    carrying = PlainTextInputElement(action_id=Act.EDIT, initial_value=money.carrying, max_length=6)
    options = [
        Option(text=_("Not in the S&OP channel"), value="none"),
        Option(text=_("In all, not by family"), value=IN_ALL),
    ]
    shown = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=options[money.is_shown])
    blocks.append(field("carrying", _("Stock costs so much of its value a year, in %"), carrying))
    blocks.append(field("money", _("Money on the published page"), shown, hint=_(WHO_SEES)))
    return modal(Callback.PLANNING, _("S&OP schedule"), blocks, submit=_("Save"))


def owners_view(owners: Mapping[str, str], family: str = "", revision: int = 0) -> View:
    """Who answers for the supply of which family, and one to change."""
    named: list[Sentence] = [(Bold(clip(name, 60)), ": ", Person(user)) for name, user in owners.items()]
    sentences = named[:MOST_OWNERS] or [(_("No family has an owner: whoever in operations answers first, answers."),)]
    if len(named) > MOST_OWNERS:
        sentences.append((_("And {count} more.", count=len(named) - MOST_OWNERS),))
    who = UserSelectElement(action_id=Act.EDIT, initial_user=owners.get(family))
    blocks: list[Block] = [
        line(*sentences),
        field(block_id("family", revision), _("Family"), family_select(Act.OWNED, family), is_live=True),
        field(block_id("owner", revision), _("Owner"), who, is_optional=True, hint=_("Nobody: all of operations.")),
    ]
    return modal(Callback.OWNERS, _("Owners of families"), blocks, target=Target(revision=revision), submit=_("Save"))
