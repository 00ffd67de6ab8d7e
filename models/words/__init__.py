"""What people write about a deal, read by rules: customer, lines, quantities, prices, discounts and dates."""

from models.words.reading import read
from models.words.values import Catalogue, CatalogueOffer, Question, Reader, Reading, ReadLine

__all__ = ["Catalogue", "CatalogueOffer", "Question", "ReadLine", "Reader", "Reading", "read"]
