"""A check without posting: does it fit, what would it leave, which ways are there, and who would have to agree."""

from handlers.api.deal_documents import Checked as CheckedDocument
from handlers.api.deal_terms import given_terms
from handlers.api.deal_writing import checked_document, way_documents
from handlers.api.endpoints import Act, Later, serves
from handlers.api.given import GivenTerms
from handlers.deals.ways import search_now
from models.api.tokens import Scope
from models.deals.approvals import whom_to_ask
from models.deals.card_steps import foreseen_steps
from models.deals.rules import check_may_propose, may_see_numbers
from models.deals.terms import Checked, Terms, check_terms, searchable
from models.deals.ways import needs_ways


@serves("POST", "/checks", Scope.READ_DEALS, is_writing=False)
def check_deal(act: Act, deal: GivenTerms) -> CheckedDocument | Later:
    """Check terms as they would be posted now; nothing is kept. The search for ways may take some seconds."""
    check_may_propose(act.by)
    terms = given_terms(act.workspace, deal)
    checked = check_terms(act.workspace, terms, now=act.now, customer=deal.customer, campaign=deal.campaign)
    asked = _asked(act, checked, terms, deal.customer)
    document = checked_document(act.workspace, checked, asked, by=act.by)
    if not needs_ways(checked):
        return document
    whole = searchable(act.workspace, checked, now=act.now, campaign=deal.campaign)
    places, offers = act.workspace.places, {key: name for name, key in whole.ids.items()}
    return Later(lambda: document.model_copy(update={"ways": way_documents(search_now(whole), offers, places)}))


def _asked(act: Act, checked: Checked, terms: Terms, customer: str) -> list[str]:
    asked = whom_to_ask(act.workspace, checked, seller=act.by, customer=customer, clauses=terms.clauses)
    return [step.name for step in foreseen_steps(act.workspace, asked, sees_numbers=may_see_numbers(act.by))]
