"""Numbers as people, spreadsheets and ERPs write them."""

from models.sheets.fields import Kind
from tests.models.sheets.cases import (
    HEADER,
    LOADS,
    MONTH_NUMBERS,
    USUAL,
    WEEKS,
    Case,
    long,
    months,
    text,
)


def _numbers() -> list[Case]:
    def of(form: str, locale: str = "en-US", delimiter: str = ";") -> bytes:
        return long(delimiter.join(("family", "month", "bookings")), delimiter.join(("{f}", "2026-{m}", form)))

    def as_written(*numbers: str, delimiter: str = ";") -> bytes:
        places = [(f, m) for f in ("Tents", "Shelters") for m in MONTH_NUMBERS]
        lines = [f"{f}{delimiter}2026-{m}{delimiter}{n}" for (f, m), n in zip(places, numbers, strict=False)]
        return text(delimiter.join(("family", "month", "bookings")), *lines)

    return [
        Case("quoted thousands", as_written('"1,180"', "940", '"1,320"', "36", "41", "29", delimiter=","), USUAL),
        Case(
            "german decimals",
            as_written("1.180,00", "940,00", "1.320,00", "36,00", "41,00", "29,00"),
            USUAL,
            locale="de-DE",
        ),
        Case(
            "german decimals read in America",
            as_written("1.180,00", "940,00", "1.320,00", "36,00", "41,00", "29,00"),
            USUAL,
        ),
        Case("german thousands read in America", as_written("1.180", "940", "1.320", "36", "41", "29"), USUAL),
        Case(
            "points among commas read in America",
            as_written("1.180", "940", "1.320", "36", "41", "29", delimiter=","),
            [],
            asks=["1.180"],
        ),
        Case("swiss apostrophes", as_written("1'180", "940", "1'320", "36", "41", "29"), USUAL, locale="de-CH"),
        Case("plain spaces", as_written("1 180", "940", "1 320", "36", "41", "29"), USUAL, locale="fr-FR"),
        Case("decimal zeros", of("{n},0"), USUAL, locale="de-DE"),
        Case("pieces", of("{n} Stk."), USUAL, locale="de-DE"),
        Case("pieces in english", of("{n} units"), USUAL),
        Case("own unit", of("{n} pieces"), USUAL),
        Case("thousands by k", as_written("1.18k", "0.94k", "1.32k", "0.036k", "0.041k", "0.029k"), USUAL),
        Case(
            "thousands by Tsd",
            as_written("1,18 Tsd.", "0,94 Tsd.", "1,32 Tsd.", "36", "41", "29"),
            USUAL,
            locale="de-DE",
        ),
        Case(
            "thousands in the title",
            text("family,month,bookings (k)", "Tents,2026-08,1.18", "Tents,2026-09,0.94"),
            USUAL[:2],
        ),
        Case(
            "dozens", text("family,month,bookings (dozen)", "Tents,2026-08,10", "Tents,2026-09,12.5"), months(120, 150)
        ),
        Case(
            "a column of units",
            text("family,month,bookings,UoM", "Tents,2026-08,10,dozen", "Tents,2026-09,150,pcs"),
            months(120, 150),
        ),
        Case("signs", as_written("+1180", "+940", "+1320", "+36", "+41", "+29"), USUAL),
        Case("brackets", as_written("1180", "(12)"), months(1180, -12)),
        Case("minus behind", as_written("1180", "12-"), months(1180, -12)),
        Case("long minus", as_written("1180", "−12"), months(1180, -12)),
        Case("returns within a month", text(HEADER, "Tents,2026-08,1200", "Tents,2026-08,-20"), months(1180)),
        Case("no numbers", as_written("1180", "tbd"), months(1180), asks=["tbd"]),
        Case("a broken formula", as_written("1180", "#REF!"), months(1180), asks=["#REF!"]),
        Case("not available", as_written("1180", "#N/A", "1320", "n/a", "k.A.", "–"), [USUAL[0], USUAL[2]]),
        Case("zero is a number", as_written("1180", "0"), months(1180, 0)),
        Case("lost digits", as_written("1.18E+03", "940"), [USUAL[1]], asks=["lost"]),
        Case("halves of a unit", as_written("1180.5", "940"), [USUAL[1]], asks=["1180.5"]),
        Case("pallets", as_written("12 pallets"), [], asks=["pallets"]),
        Case("percent of what", as_written("12 %", "940"), [USUAL[1]], asks=["12 %"]),
        Case("money", as_written("$1,180", "940"), [USUAL[1]], asks=["money"]),
        Case("indian groups", text("family;month;bookings", "Tents;2026-08;1,18,000"), months(118000), locale="en-IN"),
        Case(
            "hours with comma",
            text(
                "resource;week;available",
                "Assembly;2027-01-04;320,0",
                "Assembly;2027-01-11;400",
                "Sewing;2027-01-04;280,5",
            ),
            WEEKS,
            Kind.WEEKS,
            "de-DE",
        ),
        Case(
            "three decimals of hours",
            text(
                "resource,week,available",
                "Assembly,2027-01-04,320.000",
                "Assembly,2027-01-11,400.000",
                "Sewing,2027-01-04,280.500",
            ),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "three decimals of hours in Germany",
            text("resource;week;available", "Assembly;04.01.2027;1.200"),
            [{"resource": "Assembly", "week": "2027-01-04", "available": "1200"}],
            Kind.WEEKS,
            "de-DE",
        ),
        Case(
            "three decimals of nobody knows",
            text("resource;week;available", "Assembly;04.01.2027;1.200"),
            [],
            Kind.WEEKS,
            asks=["1.200"],
        ),
        Case(
            "minutes",
            text("resource,week,Load (min),ref", "Assembly,2027-01-04,15480,SO-1881", "Sewing,2027-01-04,5790,SO-1882"),
            LOADS,
            Kind.COMMITMENTS,
        ),
        Case(
            "days of work",
            text("resource,week,Capacity (days)", "Assembly,2027-01-04,5"),
            [{"resource": "Assembly", "week": "2027-01-04", "available": "5"}],
            Kind.WEEKS,
            asks=["days"],
        ),
    ]


NUMBER_CASES = [*_numbers()]
