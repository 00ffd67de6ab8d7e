"""Weeks, down and across."""

from models.sheets.fields import Kind
from tests.models.sheets.cases import (
    WEEKS,
    Case,
    text,
)


def _weeks() -> list[Case]:
    def of(header: str, *weeks: str, locale: str = "en-US", delimiter: str = ",") -> bytes:
        places = (("Assembly", weeks[0], "320"), ("Assembly", weeks[1], "400"), ("Sewing", weeks[0], "280.5"))
        return text(header, *[delimiter.join(place) for place in places])

    forms = [
        ("iso", "resource,week,available", "2027-W01", "2027-W02", "en-US"),
        ("iso with day", "resource,week,available", "2027-W01-1", "2027-W02-1", "en-US"),
        ("kw", "Ressource,KW,Kapazität", "KW 1/2027", "KW 2/2027", "de-DE"),
        ("kw with zero", "Ressource,Kalenderwoche,Kapazität (h)", "KW01 2027", "KW02 2027", "de-DE"),
        ("cw", "Work center,Calendar week,Hours", "CW01/2027", "CW02/2027", "en-GB"),
        ("six digits", "Work center,Week,Hours", "202701", "202702", "en-US"),
        ("slashed", "Work center,KW,Hours", "1/2027", "2/2027", "de-DE"),
        ("any day", "Work center,Due date,Hours", "2027-01-06", "2027-01-12", "en-US"),
        ("friday ending", "Work center,W/E,Hours", "1/8/2027", "1/15/2027", "en-US"),
        ("sunday ending", "Work center,Week ending,Hours", "2027-01-10", "2027-01-17", "en-US"),
        ("saturday ending", "Work center,Week ending,Hours", "1/9/2027", "1/16/2027", "en-US"),
        ("sunday beginning", "Work center,Week beginning,Hours", "1/3/2027", "1/10/2027", "en-US"),
        ("week of", "Work center,Week,Hours", "Week of 2027-01-04", "Week of 2027-01-11", "en-US"),
        ("w/c", "Work center,Week,Hours", "w/c 4 Jan 2027", "w/c 11 Jan 2027", "en-GB"),
        ("w/e", "Work center,Week,Hours", "w/e 8 Jan 2027", "w/e 15 Jan 2027", "en-GB"),
        ("range", "Work center,Week,Hours", "04.01.2027 - 10.01.2027", "11.01.2027 - 17.01.2027", "de-DE"),
        ("short range", "Work center,Week,Hours", "04.01.-10.01.2027", "11.01.-17.01.2027", "de-DE"),
        ("british", "Work centre,Week commencing,Hours", "04/01/2027", "11/01/2027", "en-GB"),
        ("named", "Work centre,Week,Hours", "4-Jan-27", "11-Jan-27", "en-GB"),
        ("serial", "Work centre,Week,Hours", "46391", "46398", "en-GB"),
    ]
    cases = [
        Case(f"weeks {name}", of(header, *weeks), WEEKS, Kind.WEEKS, locale) for name, header, *weeks, locale in forms
    ]
    for name, _, first, second, locale in forms:
        if name not in {
            "any day",
            "six digits",
            "slashed",
            "friday ending",
            "sunday ending",
            "saturday ending",
            "sunday beginning",
        }:
            across = text(f"Work center;{first};{second}", "Assembly;320;400", "Sewing;280.5;")
            cases.append(Case(f"weeks across {name}", across, WEEKS, Kind.WEEKS, locale))
    return [
        *cases,
        Case(
            "british weeks read in America",
            of("resource,week,available", "04/01/2027", "11/01/2027"),
            [],
            Kind.WEEKS,
            asks=["day"],
        ),
        Case(
            "sundays of nobody knows",
            of("resource,week,available", "2027-01-03", "2027-01-10"),
            [],
            Kind.WEEKS,
            "en-GB",
            asks=["Sundays"],
        ),
        Case("week without year", of("resource,week,available", "KW 1", "KW 2"), [], Kind.WEEKS, asks=["year"]),
        Case(
            "year and week apart",
            text("Arbeitsplatz;Jahr;KW;Stunden", "Assembly;2027;1;320", "Assembly;2027;2;400", "Sewing;2027;1;280,5"),
            WEEKS,
            Kind.WEEKS,
            "de-DE",
        ),
        Case(
            "a month is no week",
            text("resource,week,available", "Assembly,Jan 2027,320"),
            [],
            Kind.WEEKS,
            asks=["Jan 2027"],
        ),
        Case(
            "overtime and reason",
            text("Machine,Week,Regular,OT,Comment", "Assembly,2027-01-04,320,40,Holiday"),
            [{"resource": "Assembly", "week": "2027-01-04", "available": "320", "overtime": "40", "reason": "Holiday"}],
            Kind.WEEKS,
        ),
        Case(
            "days of a week",
            text(
                "resource,date,available",
                "Assembly,2027-01-04,64",
                "Assembly,2027-01-05,64",
                "Assembly,2027-01-06,64",
                "Assembly,2027-01-07,64",
                "Assembly,2027-01-08,64",
                "Assembly,2027-01-11,400",
                "Sewing,2027-01-04,280.5",
            ),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "a week twice",
            text("resource,week,available", "Assembly,2027-01-04,320", "Assembly,2027-01-04,300"),
            [],
            Kind.WEEKS,
            asks=["both"],
        ),
        Case(
            "fields down",
            text(
                "resource,Assembly,Assembly,Sewing", "week,2027-01-04,2027-01-11,2027-01-04", "available,320,400,280.5"
            ),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "resources across",
            text("week,Assembly,Sewing", "2027-01-04,320,280.5", "2027-01-11,400,"),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "overtime across",
            text("Overtime hours,,", "Work center,2027-01-04,2027-01-11", "Assembly,32,40"),
            [
                {"resource": "Assembly", "week": "2027-01-04", "overtime": "32"},
                {"resource": "Assembly", "week": "2027-01-11", "overtime": "40"},
            ],
            Kind.WEEKS,
        ),
    ]


WEEK_CASES = [*_weeks()]
