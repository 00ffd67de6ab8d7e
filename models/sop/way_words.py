"""A way out of a gap in words, as one would propose it in the meeting."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.numbers import format_decimal

from models.base.language import N_, _
from models.base.months import months_between
from models.base.words import HasCurrency, month_text, whole_money_text
from models.sop.ways_out import WayOut, WayOutKind

MOST_CUSTOMER = 40
WORDS = {
    WayOutKind.MORE: (N_("make {units} more in {months}"), N_("{spend} to make{carried}")),
    WayOutKind.OVERTIME: (N_("make {units} more with overtime in {months}"), N_("{spend} to make, {extra} on top")),
    WayOutKind.SHIFT: (N_("make {units} more in {months}, fewer of {other}"), N_("{spend} to make{carried}")),
    WayOutKind.RETIME: (N_("{customer} takes {units} in {months}"), N_("{extra} of lateness")),
    WayOutKind.SHRINK: (N_("{customer} takes {units} fewer"), N_("{extra} not sold")),
    WayOutKind.LAUNCH_LATER: (N_("launch in {months}"), N_("{extra} not sold")),
    WayOutKind.TAKE_BACK: (N_("promise {units} fewer in {months}"), N_("{extra} not sold")),
    WayOutKind.LESS: (N_("make {units} fewer in {months}"), N_("{spend} not spent")),
}
# What a scenario of it is called.
NAMES = {
    WayOutKind.MORE: N_("make more"),
    WayOutKind.OVERTIME: N_("overtime"),
    WayOutKind.SHIFT: N_("shift from another family"),
    WayOutKind.RETIME: N_("deliver later"),
    WayOutKind.SHRINK: N_("deliver fewer"),
    WayOutKind.LAUNCH_LATER: N_("launch later"),
    WayOutKind.TAKE_BACK: N_("promise fewer"),
    WayOutKind.LESS: N_("make fewer"),
}


def way_out_text(company: HasCurrency, way: WayOut, locale: Locale) -> str:
    """What is done, with what it costs."""
    return ": ".join(way_out_words(company, way, locale))


def way_out_words(company: HasCurrency, way: WayOut, locale: Locale, *, has_money: bool = True) -> tuple[str, str]:
    """What is done, and what that costs and leaves in stock; what it costs is not for everybody."""
    done, cost = WORDS[way.kind]
    extra = whole_money_text(company, way.extra, locale)
    words = {
        "units": format_decimal(way.units, locale=locale),
        "spend": whole_money_text(company, abs(way.spend), locale),
        "extra": extra,
        "carried": _(", {extra} to keep it in stock", extra=extra) if way.extra else "",
        "months": months_text(way.months, locale),
        "other": way.other,
        "customer": f"#{way.deal.deal} {way.deal.customer[:MOST_CUSTOMER]}" if way.deal else "",
    }
    left = _left_text(way, locale)
    return _(done, **words), f"{_(cost, **words)}; {left}" if has_money else left


def _left_text(way: WayOut, locale: Locale) -> str:
    """What the month is left with: in stock, or, where none is kept, waiting."""
    if way.keeps_stock:
        return _("net stock {net}", net=format_decimal(way.net, locale=locale).replace("-", "−"))
    return (
        _("{waiting} left waiting", waiting=format_decimal(-way.net, locale=locale))
        if way.net < 0
        else _("nothing left waiting")
    )


def months_text(months: Sequence[date], locale: Locale) -> str:
    """One month, or the first and the last of several."""
    if not months:
        return ""
    first, last = min(months), max(months)
    joint = "–" if months_between(first, last) + 1 == len(set(months)) else _(" to ")
    return month_text(first, locale) if first == last else joint.join(month_text(m, locale) for m in (first, last))
