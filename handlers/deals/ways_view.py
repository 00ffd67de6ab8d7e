"""Ways to yes as a list: what each changes, what it gives up, and the button that takes it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, PlainTextObject, SectionBlock

from handlers.deals.targets import DealTarget, TakenLine, WayTarget
from handlers.slack.ids import Act, action_id
from handlers.slack.text import Bold, clip
from handlers.slack.view_parts import button, line
from models.base.language import N_, _
from models.deals.terms import MOST_LINES
from models.deals.ways import KnownWay
from models.promise import WayKind

MOST_ON_CARD = 3
MOST_SAID = 300
COUNTER_BACK = N_("Counter back with this…")
LABELS = {Act.TAKE: N_("Take this"), Act.COUNTER: N_("Counter with this…"), Act.REVISE: N_("Revise to this…")}
NONE = N_("No way to yes was found within the horizon.")
UNENDED = N_("No way to yes was found in the time that a search may take.")
SEEKING = N_("Looking for ways to yes…")


def ways_blocks(
    ways: Sequence[KnownWay] | None, act: Act | None, target: DealTarget, *, most: int = 99, is_complete: bool = True
) -> list[Block]:
    """The ways, the best first; None while they are looked for."""
    if ways is None:
        return [line((_(SEEKING),))]
    if not ways:
        return [line((_(NONE if is_complete else UNENDED),))]
    heading = line((Bold(_("Ways to yes")),))
    return [heading, *(_way(number, way, act, target) for number, way in enumerate(ways[:most], 1))]


def _way(number: int, way: KnownWay, act: Act | None, target: DealTarget) -> SectionBlock:
    # Overtime changes no term: it says its price itself, and is agreed to with Approve.
    is_as_asked = way.kind is WayKind.OVERTIME
    words = f"{number}   {way.said}" if is_as_asked else f"{number}   {way.said}  ·  {way.cost}"
    label = PlainTextObject(text=clip(words, MOST_SAID), emoji=False)
    if act is None or is_as_asked or len(way.lines) > MOST_LINES:
        return SectionBlock(text=label)
    carried = WayTarget(deal=target.deal, version=target.version, taken=_taken(way))
    take = button(act, _(LABELS.get(act, COUNTER_BACK)), carried)
    take.action_id = action_id(act, f"{target.deal}.{way.kind}")
    return SectionBlock(text=label, accessory=take)


def _taken(way: KnownWay) -> tuple[TakenLine, ...]:
    return tuple((line.offer_id, line.quantity, line.unit_price, line.week.isoformat()) for line in way.lines)
