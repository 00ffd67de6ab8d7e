"""What words about a deal may name, from a company's file."""

from decimal import Decimal

from models.base.working_time import WorkingHours
from models.promise.facts import Company
from models.words import Catalogue, CatalogueOffer


def catalogue_of(company: Company) -> Catalogue:
    """The offers of a company, with prices in units of its currency."""
    offers = (
        CatalogueOffer(offer.name, offer.family, offer.unit, Decimal(offer.list_price).scaleb(-company.places))
        for offer in company.offers.values()
    )
    hours = WorkingHours(company.timezone, company.country)
    return Catalogue(tuple(offers), company.currency, company.places, hours)
