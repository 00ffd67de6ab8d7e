"""`/deal Acme 200 Summit tent by 18 Jan at 10% off`: what is understood fills the form, the rest is said."""

import re
from datetime import date, datetime, time

import dateparser
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.forms import LineDraft, TermsDraft
from models.catalog import OfferRow, search_offers
from models.workspaces import Workspace

PRICE = re.compile(
    r"\s+(?:at|for)\s+(?P<at>\S*\d\S*(?:\s*%)?)(?:\s+off)?(?=\s|$)|\s+(?P<off>\d+(?:[.,]\d+)?\s*%)\s+off\b",
    re.IGNORECASE,
)
DATE = re.compile(r"\s+(?:by|on)\s+(?P<day>.+)$", re.IGNORECASE)
AMBIGUOUS = re.compile(r"^\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?$")
SETTINGS = {"PREFER_DATES_FROM": "future", "REQUIRE_PARTS": ["day", "month"]}


def read_one_line(session: Session, workspace: Workspace, text: str, today: date) -> tuple[TermsDraft, list[str]]:
    """Read a deal from one line; the second part says what was not understood."""
    missed: list[str] = []
    text, price = _take(f" {text.strip()}", PRICE)
    text, when = _take(text, DATE)
    day = read_date(when, today) if when else None
    if when and day is None:
        missed.append(f"“{when}” as a date; choose one below, or write it like 18 Jan or 2027-01-18")
    customer, quantity, offer, unknown = _split(session, workspace, text.strip())
    if unknown:
        missed.append(unknown)
    line = LineDraft(
        offer=str(offer.id) if offer else "",
        offer_name=offer.name if offer else "",
        quantity=quantity,
        price=price.replace(" ", ""),
        day=day.isoformat() if day else "",
    )
    return TermsDraft(customer=customer, lines=(line,)), missed


def read_date(text: str, today: date) -> date | None:
    """A day that is named without doubt: `18 Jan`, `2027-01-18`, `next Friday`; 3/4 is two days."""
    if AMBIGUOUS.match(text.strip()):
        return None
    base = datetime.combine(today, time())
    found = dateparser.parse(text, languages=["en"], settings={**SETTINGS, "RELATIVE_BASE": base})
    return found.date() if found else None


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    found = pattern.search(text)
    if not found:
        return text, ""
    taken = next(group for group in found.groups() if group is not None)
    return text[: found.start()] + text[found.end() :], taken.strip()


def _split(session: Session, workspace: Workspace, text: str) -> tuple[str, str, OfferRow | None, str]:
    """Customer, quantity and offer: the number after which an offer follows parts them."""
    words = text.split()
    numbers = [n for n, word in enumerate(words) if word.replace(",", "").isdigit() and n > 0]
    for n in numbers:
        offer = _offer(session, workspace, " ".join(words[n + 1 :]))
        if offer:
            return " ".join(words[:n]), words[n].replace(",", ""), offer, ""
    if not numbers:
        return text, "", None, "how many of what; write it like: Acme 200 Summit tent by 18 Jan at 10% off"
    first = numbers[0]
    named = " ".join(words[first + 1 :])
    return " ".join(words[:first]), words[first].replace(",", ""), None, _no_offer(session, workspace, named)


def _offer(session: Session, workspace: Workspace, name: str) -> OfferRow | None:
    sought = name.lower()
    spellings = {sought, sought.removesuffix("s"), sought.removesuffix("es")}
    known = select(OfferRow).where(OfferRow.workspace_id == workspace.id, func.lower(OfferRow.name).in_(spellings))
    exact = session.scalars(known.limit(2)).all()
    found = exact or search_offers(session, workspace, sought.removesuffix("s"), limit=2) if sought else []
    return found[0] if len(found) == 1 else None


def _no_offer(session: Session, workspace: Workspace, name: str) -> str:
    found = search_offers(session, workspace, name.lower().removesuffix("s"), limit=4) if name else []
    if not found:
        return f"“{name}” as an offer; choose one below"
    return f"which offer “{name}” is: {', '.join(offer.name for offer in found[:3])}{', …' if len(found) > 3 else ''}"
