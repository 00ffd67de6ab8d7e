"""What the cycle wants of a person, at its longest."""

from datetime import datetime

from handlers.agendas.agenda_view import StepItem, agenda_blocks, agenda_text
from handlers.slack.ids import Act, Target
from handlers.slack.text import When
from handlers.sop.page_messages import late_blocks
from models.base.language import _
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.world import NOW


def test_steps_in_an_agenda_are_accepted(slack: Slack) -> None:
    at: datetime = NOW
    due = (_("due "), When(at))
    steps = [StepItem(long(300), long(200), due, Act.FORECAST, _("Submit forecast…"), Target())] * 30
    blocks = [block.to_dict() for block in agenda_blocks([], steps)]
    slack.post(agenda_text([], steps), blocks, is_updated=True)
    late = [(long(80), _("2 · Demand review"), at)] * 60
    slack.post("late", [block.to_dict() for block in late_blocks(late)])
