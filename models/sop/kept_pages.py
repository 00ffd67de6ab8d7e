"""The page as a version keeps it: every number, word and name that it showed when it was signed."""

from dataclasses import dataclass, replace
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from models.sop.exact_documents import exact_converter
from models.sop.page import Page
from models.sop.page_making import page_of
from models.sop.rows import Signed
from models.sop.settings import planning_of
from models.workspace.workspaces import Workspace

# A workbook of more gaps is read by nobody.
MOST_WITH_WAYS = 50


@dataclass(frozen=True)
class KeptPage:
    """A page with the currency and country that its money and months are written in, and who signed it.

    `shows_money`: whether it is published with money, in all.
    """

    page: Page
    currency: str
    places: int
    country: str | None
    signed_by: str
    shows_money: bool = False


def keep_page(page: Page, workspace: Workspace, *, signed_by: str, version: int) -> dict[str, Any]:
    """The page as a document, with the ways out of its gaps; nothing of it is looked up again."""
    ways = tuple(page.ways_out(number) for number in range(min(len(page.gaps), MOST_WITH_WAYS)))
    frozen = replace(page, version=version, remedies=None, ways=ways)
    planning = planning_of(workspace)
    shows_money = planning is not None and planning.shows_money
    kept = KeptPage(frozen, workspace.currency, workspace.places, workspace.country, signed_by, shows_money)
    document: dict[str, Any] = CONVERTER.unstructure(kept)
    return document


def kept_page(signed: Signed) -> KeptPage:
    """What a version keeps; one that was signed before pages were kept shows the plan as it is."""
    if signed.page:
        return CONVERTER.structure(signed.page, KeptPage)
    workspace = signed.workspace
    page = replace(page_of(signed.cycle), version=signed.version, remedies=None)
    return KeptPage(page, workspace.currency, workspace.places, workspace.country, signed.by.name)


def _converter() -> Converter:
    """Ways out are kept, and not what they are looked for in."""
    converter = exact_converter()
    is_looked_up = override(omit=True)
    converter.register_unstructure_hook(Page, make_dict_unstructure_fn(Page, converter, remedies=is_looked_up))
    converter.register_structure_hook(Page, make_dict_structure_fn(Page, converter, remedies=is_looked_up))
    return converter


CONVERTER = _converter()
