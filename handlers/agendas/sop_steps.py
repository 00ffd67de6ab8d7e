"""What the S&OP cycle wants of a person: steps that wait for an answer, and decisions whose day has come."""

from datetime import datetime

from handlers.agendas.agenda_view import StepItem
from handlers.slack.ids import Act, Target
from handlers.slack.text import Sentence, When, clip
from handlers.sop.standing_view import STEPS
from handlers.sop.targets import ResolutionTarget
from models.base.language import N_, _
from models.base.words import company_locale, month_text, week_text
from models.sop.resolutions import resolutions_due
from models.sop.steps import Step
from models.sop.tasks import tasks_of
from models.workspace.members import Member

STEP_ACTS = {
    Step.DEMAND: (Act.FORECAST, N_("Submit forecast…")),
    Step.SUPPLY: (Act.SUPPLY, N_("Submit supply…")),
}


def steps_of(member: Member, *, now: datetime) -> list[StepItem]:
    """Steps first, then decisions, each with the button that answers it."""
    locale = company_locale(member.workspace.country)
    steps = []
    for task in tasks_of(member, now=now):
        act, label = STEP_ACTS.get(task.step, (Act.PAGE, N_("Show the page")))
        title = _(
            "S&OP {month}: {split}",
            month=month_text(task.cycle.month, locale),
            split=_(STEPS[task.step]).split(" · ")[-1],
        )
        due: Sentence = (_("overdue since ") if task.due_at < now else _("due "), When(task.due_at))
        owed = _("Your answer") if act is not Act.PAGE else _("Your decision")
        steps.append(StepItem(title, owed, due, act, _(label), Target()))
    for row in resolutions_due(member, now=now):
        is_past = row.due < member.workspace.today(now)
        due = (_("overdue since {week}", week=week_text(row.due, locale)) if is_past else _("due today"),)
        target = ResolutionTarget(resolution=row.id)
        steps.append(
            StepItem(
                _("Decided: {text}", text=clip(row.text, 200)), row.family, due, Act.CLOSE, _("It is done"), target
            )
        )
    return steps
