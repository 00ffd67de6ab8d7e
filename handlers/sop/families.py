"""The families of a form: who may choose which, in the reviews, in a decision, and when owners are named."""

from collections.abc import Callable, Mapping, Sequence

from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Suggest
from handlers.sop.family_view import family_key, family_options
from models.base.errors import Refused
from models.sop.answers import families_of
from models.sop.forecasting import forecasts_due
from models.sop.rows import Cycle
from models.sop.settings import find_cycle
from models.sop.supplying import supplies_due
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

CHOICES: Mapping[str, Callable[[Cycle, Member], Sequence[str]]] = {
    Callback.FORECAST: lambda cycle, by: [row.family for row in forecasts_due(cycle, by)],
    Callback.SUPPLY: lambda cycle, by: [row.family for row in supplies_due(cycle, by)],
    Callback.DECIDE: lambda cycle, _: families_of(cycle),
}


def families_for(cycle: Cycle, by: Member, callback: str) -> list[str]:
    """The families that a person may choose in a form, by name."""
    return sorted(CHOICES[callback](cycle, by))


def chosen_family(families: Sequence[str], key: str) -> str:
    """The family of a key."""
    for family in families:
        if family_key(family) == key:
            return family
    raise Refused("Choose a family.", field="family")


@listens(suggests=Act.FAMILY)
@listens(suggests=Act.DECIDING)
def suggest_families(workspace: Workspace, by: Member, target: Target, callback: str, text: str) -> Reply:
    """Families that hold what was typed."""
    return Suggest(family_options(families_for(find_cycle(workspace, target.cycle), by, callback), text))
