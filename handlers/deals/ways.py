"""Ways to yes, looked for a moment after the answer; a search that breaks leaves what was shown without ways."""

import logging
from functools import partial

from handlers.deals.targets import DealTarget
from handlers.deals.ways_view import NONE, ways_blocks
from handlers.slack.ids import Act
from handlers.slack.refusals import explains
from handlers.slack.replies import Say
from handlers.slack.text import as_sentence
from handlers.slack.view_parts import actions, button
from models.base.errors import Refused
from models.base.language import _, ngettext
from models.deals.committing import DoesNotFit
from models.deals.deciding import NeedsWhy
from models.deals.terms import Checked
from models.deals.ways import KnownWay, known_ways, ways_of

log = logging.getLogger("belay")


def search_now(checked: Checked) -> tuple[KnownWay, ...]:
    """Search, or remember; none when the search breaks."""
    try:
        return known_ways(checked, ways_of(checked).options)
    except Exception:
        log.exception("a search for ways broke")
        return ()


@explains
def explain(refused: Refused, carried: str) -> Say | None:
    """What is left to do: the ways to yes of terms that do not fit any more, or a counter where one must come first."""
    target = DealTarget.decode(carried)
    sentence = as_sentence(refused.sentence)
    if isinstance(refused, DoesNotFit):
        return Say(sentence, later=partial(ways_said, refused.checked, target, refused.way_on))
    if isinstance(refused, NeedsWhy):
        return Say(sentence, actions([button(Act.APPROVE_WHY, _("Approve…"), target, style="primary")]))
    if refused.way_on != Act.COUNTER:
        return None
    return Say(sentence, actions([button(Act.COUNTER, _("Counter…"), target, style="primary")]))


def ways_said(checked: Checked, target: DealTarget, way_on: str | None) -> Say:
    """The ways that are left when what was pressed does not fit any more, with the button of whoever may take one."""
    ways = search_now(checked)
    sentence = (
        ngettext("{count} way to yes.", "{count} ways to yes.", len(ways), count=len(ways)) if ways else _(NONE),
    )
    return Say(sentence, ways_blocks(ways, Act(way_on) if way_on else None, target))
