"""Months and days as people write them."""

from tests.models.sheets.cases import AMOUNTS, HEADER, USUAL, Case, long, text


def _periods() -> list[Case]:
    forms = {
        "first of month": "{f},2026-{m}-01,{n}",
        "last day": "{f},2026-{m}-30,{n}",
        "six digits": "{f},2026{m},{n}",
        "eight digits": "{f},2026{m}01,{n}",
        "slashes": "{f},2026/{m},{n}",
        "month point year": "{f},{m}.2026,{n}",
        "M": "{f},2026M{m},{n}",
        "american days": "{f},{m}/15/2026,{n}",
        "american firsts": "{f},{m}/1/2026,{n}",
        "with clock": "{f},{m}/01/2026 12:00:00 AM,{n}",
        "zulu": "{f},2026-{m}-01T00:00:00Z,{n}",
        "milliseconds": "{f},2026-{m}-01 00:00:00.000,{n}",
        "points": "{f},01.{m}.2026,{n}",
        "short points": "{f},01.{m}.26,{n}",
        "slashed short": "{f},{m}/26,{n}",
    }
    cases = [Case(name, long(HEADER, form), USUAL) for name, form in forms.items()]
    names = {
        "short names": ("Aug-26", "Sep-26", "Oct-26", "en-US"),
        "names": ("August 2026", "September 2026", "October 2026", "en-US"),
        "names with point": ("Aug. 26", "Sept. 26", "Oct. 26", "en-US"),
        "year first": ("2026 Aug", "2026 Sep", "2026 Oct", "en-US"),
        "apostrophe": ("Aug '26", "Sep '26", "Oct '26", "en-US"),
        "turned by excel": ("26-Aug", "26-Sep", "26-Oct", "en-US"),
        "days with names": ("1-Aug-26", "1-Sep-26", "1-Oct-26", "en-US"),
        "days in words": ("Aug 1, 2026", "Sep 1, 2026", "Oct 1, 2026", "en-US"),
        "german names": ("Aug 26", "Sep 26", "Okt 26", "de-DE"),
        "long german names": ("August 2026", "September 2026", "Oktober 2026", "de-DE"),
        "german days": ("1. August 2026", "1. September 2026", "1. Oktober 2026", "de-DE"),
        "french names": ("août 2026", "sept. 2026", "oct. 2026", "fr-FR"),
        "british days": ("01/08/2026", "01/09/2026", "01/10/2026", "en-GB"),
        "capitals": ("AUG-26", "SEP-26", "OCT-26", "en-US"),
        "serials": ("46235", "46266", "46296", "en-US"),
        "weekdays": ("Sat 1 Aug 2026", "Tue 1 Sep 2026", "Thu 1 Oct 2026", "en-US"),
    }
    for name, (*written, locale) in names.items():
        lines = [f"{f};{m};{n}" for f, ns in AMOUNTS for m, n in zip(written, ns, strict=True)]
        cases.append(Case(name, text("family;month;bookings", *lines), USUAL, locale=locale))
        across = text(f"Family;{';'.join(written)}", *[";".join((f, *ns)) for f, ns in AMOUNTS])
        cases.append(Case(f"{name} across", across, USUAL, locale=locale, measure="bookings"))
    return [
        *cases,
        Case(
            "british days read in America", text(HEADER, "Tents,01/08/2026,1", "Tents,01/09/2026,2"), [], asks=["day"]
        ),
        Case("year and month apart", long("family,year,month,bookings", "{f},2026,{m},{n}"), USUAL),
        Case(
            "year and name of the month",
            text(
                "Familie;Jahr;Monat;Auftragseingang",
                "Tents;2026;August;1180",
                "Tents;2026;Sept;940",
                "Tents;2026;Okt;1320",
            ),
            USUAL[:3],
            locale="de-DE",
        ),
        Case("months without year", text(HEADER, "Tents,August,1180", "Tents,September,940"), [], asks=["year"]),
        Case(
            "months without year, asked",
            text(HEADER, "Tents,August,1180", "Tents,September,940"),
            USUAL[:2],
            answers={"year": "2026"},
        ),
        Case(
            "year in the title", text("Bookings 2026,,", HEADER, "Tents,August,1180", "Tents,September,940"), USUAL[:2]
        ),
        Case(
            "dates of orders",
            text(
                "order no,order date,family,qty",
                "1,2026-08-03,Tents,1000",
                "2,2026-08-21,Tents,180",
                "3,2026-09-01,Tents,940",
            ),
            USUAL[:2],
            measure="bookings",
        ),
        Case(
            "by week",
            text("family,week,bookings", "Tents,2026-W32,1000", "Tents,2026-W33,180", "Tents,2026-W37,940"),
            USUAL[:2],
        ),
        Case(
            "by calendar week number",
            text("family;KW;bookings", "Tents;202632;1000", "Tents;202633;180"),
            USUAL[:1],
            locale="de-DE",
        ),
        Case("quarters are no months", text(HEADER, "Tents,Q3 2026,3440"), [], asks=["Q3 2026"]),
        Case("years are no months", text(HEADER, "Tents,2026,3440"), [], asks=["2026"]),
        Case("a month that is not over", text(HEADER, "Tents,2026-08,1180", "Tents,2026-11,5"), USUAL[:1]),
        Case("days without year", text(HEADER, "Tents,Aug 14,10", "Tents,Aug 21,20"), [], asks=["year"]),
    ]


PERIOD_CASES = [*_periods()]
