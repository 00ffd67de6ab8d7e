"""The command `belay`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from models.errors import Refused
from models.files import read_company, read_deal
from models.promise import check, report


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 2 and one line on standard error for what is wrong with the input."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.command(arguments) or 0)
    except Refused as refused:
        print(f"belay: {_on_one_line(refused.sentence)}", file=sys.stderr)
        return 2


def _on_one_line(sentence: str) -> str:
    # What people wrote in a file may hold line breaks and worse; a terminal must not obey them.
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in sentence)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="belay", description="The deal desk of sales and operations, in Slack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="check deals against a company, from files")
    checking.add_argument("company", type=Path, metavar="COMPANY.toml")
    checking.add_argument("deals", type=Path, nargs="+", metavar="DEAL.json")
    checking.add_argument("--json", action="store_true", help="one line of JSON for each deal")
    checking.set_defaults(command=_check)
    return parser


def _check(arguments: argparse.Namespace) -> None:
    company = read_company(arguments.company).company
    reports = [report(company, check(company, read_deal(path, company))) for path in arguments.deals]
    for found in reports:
        print(json.dumps(found, ensure_ascii=False))
