"""What a baseline saw, in a line: "36 months, seasonal, +4 % a year"."""

from models.sop.baseline import Baseline, Method, Seen

ENDINGS = {
    Method.NONE: ["nothing known"],
    Method.MEAN: ["too short for more than its mean"],
    Method.ENDED: ["no sale for a year"],
}


def seen_text(made: Baseline) -> str:
    """Months, season, closed and unknown months, and growth; of a slow mover the units of a year."""
    seen = made.seen
    parts = [_months(seen.months), *(["seasonal"] if seen.is_seasonal else [])]
    parts += [f"closed {_months(seen.closed)} a year"] if seen.closed else []
    parts += [f"{_months(seen.unknown)} unknown or left out"] if seen.unknown else []
    return ", ".join(parts + (ENDINGS.get(made.method) or _pace(made.method, seen)))


def accuracy_text(accuracy: float | None) -> str:
    """How good it was on months that it did not see."""
    return "" if accuracy is None else f"{accuracy:.0%} accurate on the last 6 months, unseen".replace("%", " %")


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _pace(method: Method, seen: Seen) -> list[str]:
    if method is Method.INTERMITTENT:
        return [f"now and then, about {seen.units_a_year:.0f} a year"]
    percent = None if seen.growth is None else round(100 * seen.growth)
    return [] if percent is None else [f"{'−' if percent < 0 else '+'}{abs(percent)} % a year" if percent else "level"]
