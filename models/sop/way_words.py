"""A way out of a gap in words, as one would propose it in the meeting."""

from babel import Locale
from babel.numbers import format_decimal

from models.base.words import HasCurrency, month_text, whole_money_text
from models.sop.ways_out import WayOut, WayOutKind

MOST_CUSTOMER = 40
WORDS = {
    WayOutKind.STOCK: ("stock covers {units}", "nothing to make"),
    WayOutKind.MORE: ("supply {units} more", "{spend} to make"),
    WayOutKind.EARLIER: ("make {units} in {month}", "{spend} in stock for {apart}"),
    WayOutKind.OVERTIME: ("overtime for {units}", "{extra} on top of {spend} to make"),
    WayOutKind.LATER: ("deliver {units} in {month}", "{extra} of lateness"),
    WayOutKind.RETIME: ("{customer} takes {units} in {month}", "{extra} of lateness"),
    WayOutKind.SHRINK: ("{customer} takes {units} fewer", "{extra} not sold"),
    WayOutKind.CATCH_UP: ("{units} of it work off the backlog", "nothing to change"),
    WayOutKind.LESS: ("supply {units} fewer", "{spend} not spent"),
    WayOutKind.KEEP: ("keep {units} for {month}", "{spend} in stock for {apart}"),
}


def way_out_text(company: HasCurrency, way: WayOut, locale: Locale) -> str:
    """What is done, with what it costs."""
    return ": ".join(way_out_words(company, way, locale))


def way_out_words(company: HasCurrency, way: WayOut, locale: Locale) -> tuple[str, str]:
    """What is done, and what that costs."""
    done, cost = WORDS[way.kind]
    words = {
        "units": format_decimal(way.units, locale=locale),
        "spend": whole_money_text(company, abs(way.spend), locale),
        "extra": whole_money_text(company, way.extra, locale),
        "month": month_text(way.month, locale) if way.month else "",
        "apart": "a month" if way.apart == 1 else f"{way.apart} months",
        "customer": f"#{way.deal.deal} {way.deal.customer[:MOST_CUSTOMER]}" if way.deal else "",
    }
    return done.format(**words), cost.format(**words)
