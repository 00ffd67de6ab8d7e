"""Encodings and dialects of text files."""

from models.sheets.fields import Kind
from tests.models.sheets.cases import (
    HEADER,
    PLAIN,
    USUAL,
    Case,
    long,
    text,
)


def _encodings() -> list[Case]:
    german = "Produktfamilie;Monat;Stückzahl Aufträge;Auftragseingang"
    line = "{f};{m}.2026;Größe;{n}"
    return [
        Case("utf-16 without mark", long("family\tmonth\tbookings", "{f}\t2026-{m}\t{n}", encoding="utf-16-le"), USUAL),
        Case("utf-16 big", b"\xfe\xff" + long(HEADER, PLAIN, encoding="utf-16-be"), USUAL),
        Case("utf-32", long(HEADER, PLAIN, encoding="utf-32"), USUAL),
        Case("windows-1252", long(german, line, encoding="cp1252"), USUAL, locale="de-DE"),
        Case("dos", long(german, line, encoding="cp850"), USUAL, locale="de-DE"),
        Case("mac", long(german, line, encoding="mac_roman"), USUAL, locale="de-DE"),
        Case("carriage returns", long(HEADER, PLAIN, newline="\r"), USUAL),
        Case("windows lines", long(HEADER, PLAIN, newline="\r\n"), USUAL),
        Case("no last line break", long(HEADER, PLAIN).rstrip(), USUAL),
        Case(
            "umlaut name in windows-1252",
            text("Arbeitsplatz;KW;Verfügbar", "Näherei Süd;KW 1/2027;80,5", encoding="cp1252"),
            [{"resource": "Näherei Süd", "week": "2027-01-04", "available": "80.5"}],
            Kind.WEEKS,
            "de-DE",
        ),
        Case(
            "umlauts written out",
            text("Arbeitsplatz;Woche;Verfuegbar", "Naeherei Sued;04.01.2027;80,5"),
            [{"resource": "Näherei Süd", "week": "2027-01-04", "available": "80.5"}],
            Kind.WEEKS,
            "de-DE",
        ),
        Case(
            "umlaut of two signs",
            text("Arbeitsplatz;Woche;Verfügbar", "Na\u0308herei Su\u0308d;04.01.2027;80,5"),
            [{"resource": "Näherei Süd", "week": "2027-01-04", "available": "80.5"}],
            Kind.WEEKS,
            "de-DE",
        ),
    ]


def _dialects() -> list[Case]:
    return [
        Case("sep line", b"sep=;\r\n" + long("family;month;bookings", "{f};2026-{m};{n}"), USUAL),
        Case("quoted sep line", b'"sep=|"\n' + long("family|month|bookings", "{f}|2026-{m}|{n}"), USUAL),
        Case("sep line after mark", b"\xef\xbb\xbfsep=,\n" + long(HEADER, PLAIN), USUAL),
        Case("pipes", long("family|month|bookings", "{f}|2026-{m}|{n}"), USUAL),
        Case("tabs", long("family\tmonth\tbookings", "{f}\t2026-{m}\t{n}"), USUAL, file="a.tsv"),
        Case("carets", long("family^month^bookings", "{f}^2026-{m}^{n}"), USUAL),
        Case("lines quoted as a whole", long('"family,month,bookings"', '"{f},2026-{m},{n}"'), USUAL),
        Case(
            "semicolons with commas in a note", long("family;month;bookings;comment", "{f};2026-{m};{n};a, b, c"), USUAL
        ),
        Case("quoted commas", long("family,month,bookings,note", '{f},2026-{m},{n},"one, two"'), USUAL),
        Case("line breaks in cells", long("family,month,bookings,note", '{f},2026-{m},{n},"one\ntwo"'), USUAL),
        Case("spaces around", long("family , month , bookings", " {f} , 2026-{m} ,  {n} "), USUAL),
        Case("text formulas", long(HEADER, '="{f}",="2026-{m}",="{n}"'), USUAL),
        Case("apostrophes", long(HEADER, "'{f},'2026-{m},'{n}"), USUAL),
        Case("single quotes", long("'family';'month';'bookings'", "'{f}';'2026-{m}';'{n}'"), USUAL),
        Case(
            "short lines",
            text("family,month,bookings,note", *[r.decode() for r in long("", PLAIN).splitlines()[1:]]),
            USUAL,
        ),
        Case("invisible marks", long(HEADER, "\u200b{f}\u00a0,2026-{m},{n}\u200e"), USUAL),
        Case("empty lines between", long(HEADER, PLAIN, newline="\n\n"), USUAL),
        Case("empty first column", long(",family,month,bookings", ",{f},2026-{m},{n}"), USUAL),
    ]


ENCODING_CASES = [*_encodings(), *_dialects()]
