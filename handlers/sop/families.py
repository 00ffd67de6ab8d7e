"""The families of a form: who may choose which, in the reviews and in a decision."""

from collections.abc import Sequence

from handlers.slack.ids import Act
from handlers.slack.listening import listens
from handlers.slack.refusals import EARLIER
from handlers.slack.replies import Reply, Suggest
from handlers.sop.family_view import family_key, family_options
from handlers.sop.review_forms import FORMS, ReviewForms
from models.base.errors import Refused
from models.base.language import _
from models.company.offers import families as families_of_catalogue
from models.sop.rows import Cycle
from models.sop.rules import check_may
from models.sop.steps import Move
from models.workspace.members import Member, check_admin
from models.workspace.workspaces import Workspace


def families_for(cycle: Cycle, by: Member, callback: str) -> list[str]:
    """The families that a person may choose in a form, by name."""
    return FORMS[callback].review.families(cycle, by) if callback in FORMS else cycle.families


def form_named(callback: str) -> ReviewForms:
    """The form of a review; another form has no families of its own to go through."""
    if callback not in FORMS:
        raise Refused(_(EARLIER))
    return FORMS[callback]


def chosen_family(families: Sequence[str], key: str, *, field: str = "family") -> str:
    """The family of a key."""
    for family in families:
        if family_key(family) == key:
            return family
    raise Refused(_("Choose a family."), field=field)


@listens(suggests=Act.OWNED)
@listens(suggests=Act.TARGETED)
@listens(suggests=Act.BEGINNING)
@listens(suggests=Act.LIKE)
@listens(suggests=Act.MARKED)
def suggest_of_catalogue(workspace: Workspace, by: Member, text: str, admins: frozenset[str]) -> Reply:
    """Families that are sold and hold what was typed, for whoever plans; what is saved is checked by its form."""
    if not by.roles:
        check_admin(by, admins)
    return Suggest(family_options(families_of_catalogue(workspace), text))


@listens(suggests=Act.FAMILY)
@listens(suggests=Act.DECIDING)
def suggest_families(cycle: Cycle, by: Member, callback: str, text: str) -> Reply:
    """Families that hold what was typed, for whoever may use the form."""
    check_may(cycle, form_named(callback).review.move if callback in FORMS else Move.DECIDE, by=by)
    return Suggest(family_options(families_for(cycle, by, callback), text))
