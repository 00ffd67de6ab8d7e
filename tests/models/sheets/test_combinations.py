"""Faults in combination: tables made of many ways to write the same; none is read wrong, and few are asked about."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from models.sheets.fields import Kind
from models.sheets.preview import TableFile, preview
from tests.models.sheets.cases import known

SEEDS = 400
MONTHS = [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
FORMS: dict[str, list[Callable[[date, Locale], str]]] = {
    "any": [
        lambda day, _: f"{day:%Y-%m}",
        lambda day, _: f"{day:%Y-%m-%d}",
        lambda day, _: f"{day:%m/%Y}",
        lambda day, _: f"{day:%m.%Y}",
        lambda day, _: f"{day:%Y%m}",
        lambda day, _: f"{day:%Y-%m-%d} 00:00:00",
        lambda day, locale: format_date(day, "MMM yyyy", locale=locale),
        lambda day, locale: format_date(day, "MMMM yyyy", locale=locale),
        lambda day, locale: format_date(day, "MMM yy", locale=locale),
        lambda day, locale: format_date(day, "d MMM yyyy", locale=locale),
    ],
    "de": [lambda day, _: f"{day:%d.%m.%Y}", lambda day, _: f"{day:%d.%m.%y}"],
    "en": [lambda day, _: f"{day.month}/{day.day + 14}/{day.year}"],
}
NAMES = {
    "en": (
        ["Family", "Product family", "product line", "Category"],
        ["Month", "Period", "Date"],
        ["Bookings", "Order intake", "Bookings (pcs)", "Sum of Bookings"],
    ),
    "de": (
        ["Produktfamilie", "Warengruppe", "Familie"],
        ["Monat", "Periode", "Datum"],
        ["Auftragseingang", "Auftragseingang (Stk.)", "Summe von Auftragseingang"],
    ),
}
TOTALS = {"en": ["Total", "Grand Total", "Sum"], "de": ["Summe", "Gesamt", "Gesamtergebnis"]}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@dataclass
class Maker:
    """Makes one table by chance that can be repeated."""

    seed: int

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.language = self.chance.choice(["en", "de"])
        self.locale = Locale("en", "US") if self.language == "en" else Locale("de", self.chance.choice(["DE", "AT"]))
        forms = FORMS["any"] + FORMS[self.language]
        self.form = self.chance.choice(forms)
        self.delimiter = ";" if self.language == "de" else self.chance.choice([",", ";", "\t", "|"])
        self.amounts = {
            (family, month): self.chance.choice([0, 7, 36, 940, 1180, 12345])
            for family in ("Tents", "Shelters")
            for month in MONTHS
        }
        self.is_grouped = self.chance.random() < 0.5

    def number(self, amount: int) -> str:
        """A number as the locale writes it, quoted where the delimiter stands in it."""
        written = format_decimal(amount, locale=self.locale) if self.is_grouped else str(amount)
        return f'"{written}"' if self.delimiter in written else written

    def month(self, month: date) -> str:
        """A month as the table writes it."""
        return self.form(month, self.locale).replace("\u202f", " ")

    def lines(self) -> Iterator[list[str]]:
        """The cells of the table."""
        chance = self.chance
        if chance.random() < 0.3:
            yield [chance.choice(["Report", "Auswertung", "Company Ridgeline"])]
            yield [""]
        yield from self.wide() if chance.random() < 0.4 else self.long()
        if chance.random() < 0.3:
            yield [""]

    def long(self) -> Iterator[list[str]]:
        """A line for each family and month, with columns in any order and others between them."""
        families, months, amounts = (self.chance.choice(names) for names in NAMES[self.language])
        order = self.chance.sample(range(3), 3)
        others = self.chance.choice([[], ["Owner"], ["Plant", "Owner"]])
        has_total = self.chance.random() < 0.4
        yield [*others, *[[families, months, amounts][n] for n in order]]
        for (family, month), amount in self.amounts.items():
            written = [
                self.chance.choice([family, family.upper(), f" {family}"]),
                self.month(month),
                self.number(amount),
            ]
            yield [*(f"{other} 1" for other in others), *[written[n] for n in order]]
            if has_total and month == MONTHS[-1]:
                sum_ = sum(n for (name, _), n in self.amounts.items() if name == family)
                total = [f"{family} {TOTALS[self.language][0]}", "", self.number(sum_)]
                yield [*("" for _ in others), *[total[n] for n in order]]
        if has_total:
            total = [self.chance.choice(TOTALS[self.language]), "", self.number(sum(self.amounts.values()))]
            yield [*("" for _ in others), *[total[n] for n in order]]

    def wide(self) -> Iterator[list[str]]:
        """A line for each family and a column for each month, or the other way round, with a total or without."""
        is_turned, has_total = self.chance.random() < 0.3, self.chance.random() < 0.5
        families, months, _ = (self.chance.choice(names) for names in NAMES[self.language])
        title = self.chance.choice(TOTALS[self.language])
        down, across = (MONTHS, ["Tents", "Shelters"]) if is_turned else (["Tents", "Shelters"], MONTHS)

        def amount(one: object, other: object) -> int:
            return next(n for (f, m), n in self.amounts.items() if {one, other} == {f, m})

        def text(key: date | str) -> str:
            return self.month(key) if isinstance(key, date) else key

        yield [months if is_turned else families, *map(text, across), *([title] if has_total else [])]
        for one in down:
            row = [amount(one, other) for other in across]
            yield [text(one), *map(self.number, [*row, *([sum(row)] if has_total else [])])]
        if has_total:
            sums = [sum(amount(one, other) for one in down) for other in across]
            yield [title, *map(self.number, [*sums, sum(sums)])]

    def data(self) -> bytes:
        """The file."""
        rows = list(self.lines())
        width = max(map(len, rows))
        text = "\r\n".join(self.delimiter.join([*row, *[""] * (width - len(row))]) for row in rows)
        return text.encode(self.chance.choice(ENCODINGS))


@pytest.mark.parametrize("block", range(4))
def test_combination_is_read_right_or_asked_about(block: int) -> None:
    asked = []
    for seed in range(block * SEEDS // 4, (block + 1) * SEEDS // 4):
        maker = Maker(seed)
        data = maker.data()
        read = preview(TableFile.open(data, "a.csv"), Kind.ACTUALS, known(str(maker.locale)), measure="bookings")
        rows = [{"family": f, "month": f"{m:%Y-%m}", "bookings": str(n)} for (f, m), n in maker.amounts.items()]
        if read.questions:
            asked.append((seed, [question.sentence for question in read.questions]))
        else:
            assert (seed, [dict(row) for row in read.rows]) == (seed, rows)
    assert len(asked) <= SEEDS // 4 * 0.05, asked
