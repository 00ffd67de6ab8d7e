"""Ways to yes, looked for a moment after the answer; a search that breaks leaves what was shown without ways."""

import logging

from handlers.deals.ways_view import NONE, ways_blocks
from handlers.slack.ids import Act, Target
from handlers.slack.replies import Say
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


def ways_said(checked: Checked, target: Target, way_on: str | None) -> Say:
    """The ways that are left when what was pressed does not fit any more, with the button of whoever may take one."""
    ways = search_now(checked)
    sentence = (f"{len(ways)} way{'s' if len(ways) != 1 else ''} to yes." if ways else NONE[0],)
    return Say(sentence, ways_blocks(ways, Act(way_on) if way_on else None, target))
