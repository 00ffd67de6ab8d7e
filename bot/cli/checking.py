"""`belay check`: deals against a company, from files."""

import argparse
import json
from datetime import date

from models.base.arithmetic import amount_text
from models.base.words import company_locale, money_text
from models.files import read_company, read_deal
from models.promise import Check, Company, Ways, check, report, ways_to_yes
from models.promise.words import concession_text, shortage_sentence, way_text


def check_deals(arguments: argparse.Namespace) -> None:
    """Check each deal alone; nothing is printed unless all can be read."""
    company = read_company(arguments.company).company
    results = [check(company, read_deal(path, company)) for path in arguments.deals]
    for checked in results:
        ways = ways_to_yes(company, checked)
        as_json = json.dumps(report(company, checked, ways), ensure_ascii=False)
        print(as_json if arguments.json else _for_a_person(company, checked, ways))


def _for_a_person(company: Company, checked: Check, ways: Ways) -> str:
    locale = company_locale(company.country)
    margin = checked.margin

    def money(minor: int) -> str:
        return money_text(company, minor, locale)

    rows = [
        f"{checked.deal.customer}: {checked.verdict}{', tight' if checked.tight else ''}",
        f"revenue {money(margin.revenue)}, cost {money(margin.cost)}, margin {money(margin.margin)} ({margin.band})",
        *(shortage_sentence(s, company.resources[s.resource].unit, locale) for s in checked.shortages),
        *(f"overtime: {u.resource}, {u.week}: {amount_text(u.quantity)} for {money(u.cost)}" for u in checked.overtime),
        *(
            f"done: {name}, {week}: {amount_text(n)}"
            for (name, week), n in sorted(checked.placed.items(), key=_by_week)
        ),
        *(f"beyond standard terms: {d.kind} {d.offer or ''}".rstrip() for d in checked.deviations),
        *_table(company, checked, ways),
    ]
    return "\n  ".join(rows)


def _by_week(placed: tuple[tuple[str, date], int]) -> tuple[date, str]:
    (name, week), _ = placed
    return week, name


def _table(company: Company, checked: Check, ways: Ways) -> list[str]:
    locale = company_locale(company.country)
    rows = [
        (way.kind, concession_text(company, way, locale), way_text(company, checked, way, locale))
        for way in ways.options
    ]
    kind, cost = (max((len(row[n]) for row in rows), default=0) for n in range(2))
    table = [f"  {row[0]:<{kind}}  {row[1]:<{cost}}  {row[2]}" for row in rows]
    return ["ways to yes:", *table] if table else []
