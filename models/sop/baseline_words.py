"""What a baseline saw, in a line: "36 months, seasonal, +4 % a year"."""

from models.base.language import N_, _, ngettext
from models.sop.baseline import Baseline, Method, Seen

ENDINGS = {
    Method.NONE: [N_("nothing known")],
    Method.MEAN: [N_("too short for more than its mean")],
    Method.ENDED: [N_("no sale for a year")],
}


def seen_text(made: Baseline) -> str:
    """Months, season, closed and unknown months, and growth; of a slow mover the units of a year."""
    seen = made.seen
    parts = [_months(seen.months), *([_("seasonal")] if seen.is_seasonal else [])]
    parts += [_("closed {months} a year", months=_months(seen.closed))] if seen.closed else []
    parts += [_("{months} unknown or left out", months=_months(seen.unknown))] if seen.unknown else []
    return ", ".join(parts + ([*map(_, ENDINGS.get(made.method, ()))] or _pace(made.method, seen)))


def accuracy_text(accuracy: float | None) -> str:
    """How good it was on months that it did not see."""
    return (
        ""
        if accuracy is None
        else _("{percent} % accurate on the last 6 months, unseen", percent=f"{100 * accuracy:.0f}")
    )


def _months(count: int) -> str:
    return ngettext("1 month", "{count} months", count, count=count)


def _pace(method: Method, seen: Seen) -> list[str]:
    if method is Method.INTERMITTENT:
        return [_("now and then, about {units_a_year:.0f} a year", units_a_year=seen.units_a_year)]
    percent = None if seen.growth is None else round(100 * seen.growth)
    return (
        []
        if percent is None
        else [
            _("{sign}{percent} % a year", sign="−" if percent < 0 else "+", percent=abs(percent))
            if percent
            else _("level")
        ]
    )
